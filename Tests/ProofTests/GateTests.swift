import Cases
import GoldenStore
import Spec
import Testing

@testable import Proof

/// Cases, catalogues and proofs for the gates.
struct GateSample {
  static let yaml = """
    operator: Add
    versions: [14]
    accuracy: {class: %CLASS%}
    constraints:
      C1: the sum
    groups:
      - name: random-values
        intent: a wrong sum
        covers: [C1]
        trivial: [%TRIVIAL%]
        for: {T: [f32], n: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}
        inputs: {A: {shape: [$n], fill: normal}, B: {shape: [$n], fill: normal}}
    """

  let entries: [CaseEntry]
  var proofs: [ProofJournal.Place: CaseProof] = [:]

  init(trivial: String = "", accuracyClass: AccuracyClass = .rounded) throws {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    let standard = try Standard.load(from: root + "/conformance-cases/standard")
    let own =
      trivial.isEmpty
      ? Self.yaml.split(separator: "\n").filter { !$0.contains("TRIVIAL") }.joined(separator: "\n")
      : Self.yaml.split(separator: "%TRIVIAL%").joined(separator: trivial)
    let yaml = own.split(separator: "%CLASS%").joined(separator: accuracyClass.rawValue)
    entries = try CaseCatalogue(texts: [("math/Add.yaml", yaml)], standard: standard).entries
    for entry in entries { set(CaseProof(caseID: "\(entry.id)", key: "k")) }
  }

  /// Two groups of Softsign, each with a case of one node and one of the body.
  init(bodiesOf groups: [String]) throws {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    let standard = try Standard.load(from: root + "/conformance-cases/standard")
    let head = """
      operator: Softsign
      versions: [22]
      accuracy: {class: elementwise}
      constraints:
        C1: the quotient
      groups:
      """
    let items = groups.map { name in
      """
        - name: \(name)
          intent: a wrong quotient
          covers: [C1]
          for: {T: [f16]}
          inputs: {input: {shape: [9], fill: normal}}
      """
    }
    let body = """
      #! versions: 22
      Softsign (x) => (y) {
        one = Constant<value = $T {1.0}>()
        size = Abs(x)
        below = Add(one, size)
        y = Div(x, below)
      }
      """
    entries = try CaseCatalogue(
      texts: [("math/Softsign.yaml", ([head] + items).joined(separator: "\n"))],
      functions: [("functions/Softsign.onnxtxt", body)], standard: standard
    ).entries
    for entry in entries { set(CaseProof(caseID: "\(entry.id)", key: "k")) }
  }

  mutating func set(_ proof: CaseProof) {
    proofs[ProofJournal.Place(caseID: proof.caseID, seed: proof.seed)] = proof
  }

  /// Changes the proofs of the cases at these positions.
  mutating func change(_ positions: some Sequence<Int>, _ body: (inout CaseProof) -> Void) {
    for position in positions {
      let place = ProofJournal.Place(caseID: "\(entries[position].id)", seed: nil)
      if var proof = proofs[place] {
        body(&proof)
        proofs[place] = proof
      }
    }
  }

  func summary(
    _ faults: [VariantEntry], witnesses: [VariantEntry] = [], of suite: [CaseEntry]? = nil
  ) -> ProofSummary {
    ProofSummary(
      selection: ProofSelection(entries, of: suite ?? entries),
      catalogues: Catalogues(
        faults: VariantCatalogue(variants: faults),
        witnesses: VariantCatalogue(variants: witnesses)),
      proofs: proofs)
  }
}

@Suite("Gates of a proof")
struct GateTests {
  private static func fault(_ severity: FaultSeverity) -> VariantEntry {
    VariantEntry(name: "spoilt", kind: .fault(severity), number: 6)
  }

  @Test("A gross fault that one case passes is a survivor with its distance from the bound")
  func gross() throws {
    var sample = try GateSample()
    sample.change(0..<9) { $0.killed = ["value.exact": ["spoilt"]] }
    sample.change(9..<10) {
      var passage = CaseProof.Passage()
      passage.ratio = 0.25
      $0.survived = ["spoilt": passage]
    }
    let summary = sample.summary([Self.fault(.gross)])
    #expect(summary.findings.map(\.kind) == [.gross])
    #expect(summary.findings.first?.subject == "onnx/Add-14/f32/random-values#009")
    #expect(summary.findings.first?.message.contains("0.25 of the bound") ?? false)
    #expect((summary.passed, summary.failed, summary.skipped) == (9, 1, 0))
  }

  @Test(
    "A precision fault may live in body forms, not in those of one node; a gross one in neither")
  func faultsInBodies() throws {
    let survived: (inout CaseProof) -> Void = { $0.survived = ["spoilt": CaseProof.Passage()] }
    for form in [ParameterForm.body, .inputs] {
      var sample = try GateSample(bodiesOf: ["first", "second"])
      let places = sample.entries.indices.filter { sample.entries[$0].form == form }
      try #require(places.count == 2)
      sample.change(places, survived)
      let precision = sample.summary([Self.fault(.precision)]).findings
      #expect(precision.contains { $0.kind == .precision } == (form == .inputs))
      let gross = sample.summary([Self.fault(.gross)]).findings
      #expect(gross.count { $0.kind == .gross } == 2)
    }
  }

  @Test("A precision fault may live in one case of ten, not in two, and not in all")
  func precision() throws {
    for (survivors, isFinding) in [(1, false), (2, true), (10, true)] {
      var sample = try GateSample()
      sample.change(0..<survivors) { $0.survived = ["spoilt": CaseProof.Passage()] }
      sample.change(survivors..<10) { $0.killed = ["value.bound": ["spoilt"]] }
      let findings = sample.summary([Self.fault(.precision)]).findings
      #expect(findings.contains { $0.kind == .precision } == isFinding, "\(survivors) survivors")
    }
  }

  @Test("A special fault has to die once in its operator")
  func special() throws {
    var sample = try GateSample()
    sample.change(0..<5) { $0.survived = ["spoilt": CaseProof.Passage()] }
    #expect(sample.summary([Self.fault(.special)]).findings.map(\.kind) == [.special])
    sample.change(5..<6) { $0.killed = ["value.class": ["spoilt"]] }
    #expect(sample.summary([Self.fault(.special)]).findings == [])
  }

  @Test("Rules over groups and operators wait until all of their cases are selected")
  func incompleteSelection() throws {
    var sample = try GateSample()
    sample.change(0..<10) { $0.survived = ["spoilt": CaseProof.Passage()] }
    let whole = sample.entries
    let part = GateSample(entries: Array(whole.prefix(5)), proofs: sample.proofs)
    for severity in [FaultSeverity.precision, .special] {
      #expect(part.summary([Self.fault(severity)], of: whole).findings == [])
      #expect(!sample.summary([Self.fault(severity)]).findings.isEmpty)
    }
  }

  @Test("A witness that fails is a false alarm; without one the bound is three over the count")
  func witnesses() throws {
    let witness = VariantEntry(name: "reversed", kind: .witness)
    var sample = try GateSample()
    sample.change(0..<10) { $0.witnesses = ["reversed": CaseProof.Passage()] }
    let clean = sample.summary([], witnesses: [witness])
    #expect((clean.judgements, clean.falseAlarms) == (10, 0))
    #expect(ProofConsole(clean).text.contains("rate below 0.3 with 95 % confidence"))
    sample.change(3..<4) {
      $0.witnesses = [:]
      $0.falseAlarms = ["reversed": "fail value.bound: Y[0]"]
    }
    let alarmed = sample.summary([], witnesses: [witness])
    #expect(alarmed.findings.map(\.kind) == [.falseAlarm])
    #expect((alarmed.judgements, alarmed.falseAlarms, alarmed.failed) == (10, 1, 1))
  }

  @Test("A data finding needs a declaration, and a declaration needs a finding")
  func data() throws {
    var bare = try GateSample()
    bare.change(2..<3) { $0.dataFindings = [.zeros: "all zeros would pass"] }
    #expect(bare.summary([]).findings.map(\.kind) == [.data])
    var declared = try GateSample(trivial: "zeros")
    #expect(declared.summary([]).findings.map(\.kind) == [.idleExemption])
    declared.change(2..<3) { $0.dataFindings = [.zeros: "all zeros would pass"] }
    #expect(declared.summary([]).findings == [])
  }

  @Test("A case that the bundled backend fails is not provable")
  func broken() throws {
    var sample = try GateSample()
    sample.change(0..<1) { $0.subject = .broken("fail shape: too long") }
    sample.change(1..<2) { $0.subject = .exempt("must-reject") }
    let summary = sample.summary([])
    #expect(summary.findings.map(\.kind) == [.broken])
    #expect((summary.passed, summary.failed, summary.skipped) == (8, 1, 1))
  }
}

extension GateSample {
  fileprivate init(entries: [CaseEntry], proofs: [ProofJournal.Place: CaseProof]) {
    (self.entries, self.proofs) = (entries, proofs)
  }
}

import Testing

@testable import Proof

@Suite("What is left to prove")
struct RemainingProofTests {
  private static let key = ProofKey(faults: "f", witnesses: "w")

  private static var known: CaseProof {
    var proof = CaseProof(caseID: "c", key: key)
    proof.equivalent = ["same"]
    proof.killed = ["value.bound": ["dead"]]
    proof.witnesses = ["right": CaseProof.Passage()]
    proof.refused = ["dead-too": "no", "right-too": "no"]
    proof.dataFindings = [.copy: "a copy"]
    return proof
  }

  private static func remaining(
    _ key: ProofKey = key, schemes: Bool = false, isFresh: Bool = false, known: CaseProof? = known
  ) -> RemainingProof {
    RemainingProof(known: known, key: key, recordsSchemes: schemes, isFresh: isFresh)
  }

  private static func start(_ remaining: RemainingProof) -> CaseProof {
    remaining.start(CaseProof(caseID: "c", key: key)) { $0.hasPrefix("right") }
  }

  @Test("Equal keys leave nothing, and no earlier proof leaves everything")
  func ends() {
    #expect(Self.remaining().isNothing)
    let first = Self.remaining(known: nil)
    #expect(first.faults == .everything && first.witnesses == .everything)
    #expect(Self.start(first) == CaseProof(caseID: "c", key: Self.key))
  }

  @Test("A change of witnesses keeps what faults showed, and the other way round")
  func halves() {
    let witnesses = Self.remaining(ProofKey(faults: "f", witnesses: "other"))
    #expect(witnesses.faults == .nothing && witnesses.witnesses == .everything)
    let kept = Self.start(witnesses)
    #expect(kept.killed == Self.known.killed && kept.dataFindings == Self.known.dataFindings)
    #expect(kept.witnesses.isEmpty && kept.refused == ["dead-too": "no"])
    let faults = Self.remaining(ProofKey(faults: "other", witnesses: "w"))
    #expect(faults.faults == .everything && faults.witnesses == .nothing)
    let other = Self.start(faults)
    #expect(other.killed.isEmpty && other.equivalent.isEmpty && other.dataFindings.isEmpty)
    #expect(other.witnesses == Self.known.witnesses && other.refused == ["right-too": "no"])
  }

  @Test("Other suites are asked about different results only, and only once")
  func schemes() {
    let asked = Self.remaining(schemes: true)
    #expect(asked.faults == .different && asked.witnesses == .different)
    #expect(asked.wants(fault: "dead") && asked.wants(fault: "dead-too"))
    #expect(!asked.wants(fault: "same") && !asked.wants(fault: "inapplicable"))
    #expect(asked.wants(witness: "right") && !asked.wants(witness: "inapplicable"))
    #expect(Self.start(asked).equivalent == ["same"])
    #expect(Self.start(asked).killed.isEmpty)
    var complete = Self.known
    complete.hasSchemes = true
    #expect(Self.remaining(schemes: true, known: complete).isNothing)
    #expect(Self.remaining(known: complete).isNothing)
  }

  @Test("With fresh inputs there are witnesses alone, and other suites are not asked")
  func fresh() {
    #expect(Self.remaining(schemes: true, isFresh: true).isNothing)
    let first = Self.remaining(isFresh: true, known: nil)
    #expect(first.faults == .nothing && first.witnesses == .everything)
    #expect(!first.wants(fault: "dead") && first.wants(witness: "right"))
  }
}

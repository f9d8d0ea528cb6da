import BackendHost
import Cases
import Spec
import Tensors
import Testing
import Verification

@testable import Proof

@Suite("Outcomes of one case")
struct SubjectTests {
  private static func subject() throws -> SubjectUnderProof {
    let entry = try #require(try GateSample().entries.first)
    let golden = Golden(outputs: [
      GoldenOutput(
        name: "C",
        alternatives: [
          .tensor(
            GoldenTensor(
              type: .f32, shape: [1], columns: .rounded(RealColumn(high: [1.5]))))
        ])
    ])
    return SubjectUnderProof(
      entry: entry, golden: golden, inputs: [], proof: CaseProof(caseID: "c", key: "k"))
  }

  private static func outputs(_ value: Double) throws -> CaseObservation {
    let tensor = try #require(Tensor(type: .f32, shape: [1], rounding: [value]))
    return .outputs([.tensor(tensor)], ExecutionFacts())
  }

  private static let fault = VariantEntry(name: "spoilt", kind: .fault(.gross))
  private static let pass = Judgement(verdict: .pass)

  @Test("A rule that is too generous lets a fault through, and that is a survivor")
  func looseRule() throws {
    let subject = try Self.subject()
    subject.settlePlain(try Self.outputs(1.5), Self.pass)
    subject.settle(Self.fault, try Self.outputs(1.25)) { Self.pass }
    #expect(subject.proof.survived.keys.sorted() == ["spoilt"])
    let strict = try Self.subject()
    strict.settlePlain(try Self.outputs(1.5), Self.pass)
    strict.settle(Self.fault, try Self.outputs(1.25)) {
      Judgement(verdict: .fail(.valueExact))
    }
    #expect(strict.proof.killed == ["value.exact": ["spoilt"]])
  }

  @Test("A witness whose mode decides nothing is no alarm and no judgement; a refusal is a finding")
  func undecidedMode() throws {
    let witness = VariantEntry(name: "narrow", kind: .witness)
    let verdict = Judgement(verdict: .unsupported(.numericMode), message: "not judged")
    let subject = try Self.subject()
    subject.settlePlain(try Self.outputs(1.5), Self.pass)
    subject.settle(witness: witness, try Self.outputs(1.25)) { verdict }
    #expect(subject.proof.undecided == ["narrow"])
    #expect(subject.proof.falseAlarms.isEmpty && subject.proof.witnesses.isEmpty)
    #expect(subject.proof.refused.isEmpty)
    let other = try Self.subject()
    other.settle(witness: witness, try Self.outputs(1.25)) {
      Judgement(verdict: .unsupported(.operator), message: "declined")
    }
    #expect(other.proof.undecided.isEmpty)
    #expect(other.proof.refused.keys.sorted() == ["narrow"])
  }

  @Test("Another sample is no change by a fault of values, but one of draws has to be noticed")
  func samples() throws {
    for (number, isOpen) in [(55, true), (58, true), (100, false), (102, false)] {
      let fault = VariantEntry(name: "spoilt", kind: .fault(.special), number: number)
      let golden = Golden(outputs: [
        GoldenOutput(
          name: "C",
          alternatives: [
            .tensor(
              GoldenTensor(
                type: .f32, shape: [1], columns: .random(.normal(mean: 0, deviation: 1))))
          ])
      ])
      let subject = SubjectUnderProof(
        entry: try #require(try GateSample().entries.first), golden: golden, inputs: [],
        proof: CaseProof(caseID: "c", key: "k"))
      subject.settlePlain(try Self.outputs(1.5), Self.pass)
      subject.settle(fault, try Self.outputs(1.25)) { Self.pass }
      #expect(subject.proof.open == (isOpen ? ["spoilt": .sample] : [:]), "\(number)")
      #expect(subject.proof.survived.isEmpty == isOpen, "\(number)")
    }
  }

  @Test(
    "One case has one seed: a stream that ignores it is left to altered runs, coarse draws are not")
  func seeds() {
    func repetitions(_ number: Int) -> Int? {
      VariantEntry(name: "spoilt", kind: .fault(.special), number: number).repetitions
    }
    #expect(repetitions(101) == nil)
    #expect(repetitions(100) == 1)
    #expect(repetitions(102) == 2)
  }

  @Test("Equal bits are equivalent without a judgement, unless something else was done")
  func equivalent() throws {
    let subject = try Self.subject()
    subject.settlePlain(try Self.outputs(1.5), Self.pass)
    subject.settle(Self.fault, try Self.outputs(1.5)) {
      Issue.record("equal bits need no judgement")
      return Self.pass
    }
    #expect(subject.proof.equivalent == ["spoilt"])
    guard case .outputs(let values, var facts) = try Self.outputs(1.5) else { return }
    facts.inputsMutated = true
    subject.settle(Self.fault, .outputs(values, facts)) {
      Judgement(verdict: .fail(.inputMutated))
    }
    #expect(subject.proof.killed == ["inputMutated": ["spoilt"]])
  }

  @Test("A fault that does not apply leaves no trace; one that declines otherwise does")
  func refusals() throws {
    let subject = try Self.subject()
    subject.settlePlain(try Self.outputs(1.5), Self.pass)
    let declined = Judgement(verdict: .unsupported(.other), message: "unsupported: no")
    for message in ["not applicable: no bias", "no such kernel"] {
      subject.settle(
        Self.fault, .refused(Refusal(.unsupported, message: message), .compile)
      ) { declined }
    }
    #expect(subject.proof.changed == 0 && subject.proof.equivalent == [])
    #expect(subject.proof.refused.count == 1)
  }

  @Test("Nothing is proven where the plain results fail")
  func broken() throws {
    let subject = try Self.subject()
    subject.settlePlain(
      try Self.outputs(1.25), Judgement(verdict: .fail(.valueExact), message: "C[0]"))
    subject.settle(Self.fault, try Self.outputs(1)) { Judgement(verdict: .fail(.valueExact)) }
    #expect(subject.proof.subject == .broken("fail value.exact: C[0]"))
    #expect(subject.proof.killed == [:])
  }

  @Test("A witness that is late is asked once more, with more time; a fault may hang")
  func lateness() throws {
    func step(_ question: ProofStep.Question) throws -> ProofStep {
      ProofStep(
        subject: try Self.subject(), question: question,
        request: CaseRequest(model: [], inputs: [], runLimit: .seconds(1)))
    }
    let witness = VariantEntry(name: "slow", kind: .witness)
    let again = try #require(try step(.witness(witness)).askedAgain)
    #expect(again.request.runLimit == .seconds(10))
    #expect(again.askedAgain == nil)
    #expect(try step(.fault(Self.fault)).askedAgain == nil)
    #expect(try step(.plain).askedAgain == nil)
  }
}

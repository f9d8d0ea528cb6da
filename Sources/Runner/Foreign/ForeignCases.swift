package import BackendHost
import Cases
import ModelFormat
package import Oracle
package import Spec
import Tensors
package import Verification

/// A foreign suite, judged by its own tolerance and, where the oracle knows the operators, by ours.
package struct ForeignCases: CaseSource {
  /// What starts the line of a record's details that holds our own verdict.
  package static let ownVerdict = "Assay verdict: "

  private let suite: ForeignSuite
  private let oracle: Oracle
  private let mode: NumericMode

  package init(suite: ForeignSuite, oracle: Oracle, mode: NumericMode) {
    self.suite = suite
    self.oracle = oracle
    self.mode = mode
  }

  package var count: Int { suite.entries.count }

  /// SHA-256 (hex) over the names of all cases in order.
  package var planDigest: String {
    var hash = SHA256()
    hash.update(separated: "assay.foreign-plan.v1")
    for position in 0..<count { hash.update(separated: caseID(at: position)) }
    return SHA256.hexadecimal(hash.digest())
  }

  package func caseID(at position: Int) -> String { "interop/\(suite.entries[position].name)" }

  package func request(
    at position: Int, after observations: [CaseObservation]
  ) throws -> PreparedRequest? {
    guard observations.isEmpty else { return nil }
    let content = try ForeignContent(suite.entries[position])
    let digest = CaseDigest.digest(of: content.inputs)
    return PreparedRequest(
      model: content.modelBytes, inputs: content.inputs, digest: SHA256.hexadecimal(digest))
  }

  package func record(ofDefect reason: String, at position: Int) -> CaseRecord {
    record(
      position, verdict: .inconclusive(.golden), message: "the case cannot be read: \(reason)")
  }

  package func record(
    of observations: [CaseObservation], at position: Int, digest: String
  ) -> CaseRecord? {
    guard let observation = observations.first else { return nil }
    let entry = suite.entries[position]
    var result: CaseRecord
    switch observation {
    case .unstarted: return nil
    case .died(let end), .timedOut(let end):
      let judgement = WorkerEndings.judgement(of: end)
      result = record(position, verdict: judgement.verdict, message: judgement.message)
    case .refused(let refusal, let phase):
      let isDeclined = refusal.status == .unsupported || refusal.status == .outOfMemory
      result = record(
        position,
        verdict: isDeclined ? .unsupported(refusal.reason.verdict) : .fail(.backendError),
        message: "\(phase.rawValue): \(refusal.message)")
    case .outputs(let values, _):
      do { result = try judged(values, entry, position) } catch {
        result = record(ofDefect: "\(error)", at: position)
      }
    }
    result.caseDigest = digest
    return result
  }

  private func judged(
    _ values: [Value], _ entry: ForeignSuite.Entry, _ position: Int
  ) throws -> CaseRecord {
    let content = try ForeignContent(entry)
    let expected = try content.outputs(of: entry)
    var difference: String?
    if values.count != expected.count {
      difference = "\(values.count) outputs, expected \(expected.count)"
    }
    for (index, (value, golden)) in zip(values, expected).enumerated() where difference == nil {
      difference = entry.tolerance.difference(value, golden).map { "output \(index): \($0)" }
    }
    var result = record(
      position, verdict: difference == nil ? .pass : .fail(.valueBound),
      message: difference ?? "within the tolerance of the suite")
    let own = ownJudgement(values, content)
    result.details = own.details
    result.worst = own.worst
    result.metrics = own.metrics
    return result
  }

  /// Our verdict over the same outputs, as far as the oracle evaluates the model.
  private func ownJudgement(_ values: [Value], _ content: ForeignContent) -> Judgement {
    let named = Dictionary(zip(content.inputNames, content.inputs)) { first, _ in first }
    do throws(EvaluationError) {
      let golden = try oracle.golden(for: content.model, inputs: named)
      let context = JudgementContext(mode: mode, twin: .adversarial)
      var judgement = Verifier.judge(values, against: golden, in: context)
      let text = [judgement.verdict.text, judgement.message].filter { !$0.isEmpty }
      judgement.details.insert(Self.ownVerdict + text.joined(separator: ": "), at: 0)
      return judgement
    } catch {
      return Judgement(verdict: .pass, details: [Self.ownVerdict + "none, \(error)"])
    }
  }

  private func record(_ position: Int, verdict: Verdict, message: String) -> CaseRecord {
    let name = suite.entries[position].name
    var record = CaseRecord(
      caseID: caseID(at: position), caseDigest: "", domain: "interop",
      operatorName: ForeignContent.subject(of: name), sinceVersion: 0, types: "",
      intent: "agree with the suite's stored outputs", accuracyClass: "interop", verdict: verdict)
    record.message = message
    return record
  }
}

package import BackendHost
import Cases
package import GoldenStore
import ModelFormat
package import Spec
package import Verification

/// The planned cases of the suite, judged against stored goldens.
package struct SuiteCases: CaseSource {
  private let plan: RunPlan
  private let suite: Suite
  private let mode: NumericMode
  private let judge: CaseJudge

  /// `recordsMetrics` adds informative metrics and the verdicts of other schemes to every record.
  package init(plan: RunPlan, suite: Suite, mode: NumericMode, recordsMetrics: Bool = false) {
    self.plan = plan
    self.suite = suite
    self.mode = mode
    let store = suite.goldens
    judge = CaseJudge(mode: mode, recordsMetrics: recordsMetrics) { entry in
      try store.golden(for: entry)
    }
  }

  package var count: Int { plan.entries.count }

  package func caseID(at position: Int) -> String { "\(plan.entries[position].id)" }

  package func request(
    at position: Int, after observations: [CaseObservation]
  ) throws -> PreparedRequest? {
    let entry = plan.entries[position]
    // Only relations have more than one execution.
    guard observations.isEmpty || entry.isRelation else { return nil }
    let made = try suite.materialise(entry)
    guard let step = try CaseSteps(made).next(after: observations) else { return nil }
    return PreparedRequest(
      model: step.model, inputs: step.inputs, digest: try digest(of: made, step.model, entry))
  }

  /// A single execution's model is encoded already.
  private func digest(
    of made: Case, _ model: [UInt8], _ entry: CaseEntry
  ) throws(ModelError) -> String {
    let golden = suite.goldens.digest(for: entry)
    guard made.relation == nil else {
      return try CaseDigest.hexadecimal(
        of: made, accuracyClass: entry.group.accuracyClass, goldenDigest: golden)
    }
    return CaseDigest.hexadecimal(
      model: model, inputs: made.inputs, accuracyClass: entry.group.accuracyClass,
      goldenDigest: golden)
  }

  package func record(
    of observations: [CaseObservation], at position: Int, digest: String
  ) -> CaseRecord? {
    let entry = plan.entries[position]
    do {
      return try judgement(of: observations, entry).map {
        CaseRecord(entry: entry, digest: digest, judgement: $0)
      }
    } catch {
      return record(ofDefect: "\(error)", at: position)
    }
  }

  private func judgement(
    of observations: [CaseObservation], _ entry: CaseEntry
  ) throws -> Judgement? {
    guard entry.isRelation else {
      return observations.first.flatMap { judge.judge($0, of: entry) }
    }
    return judge.judge(observations, of: entry, made: try suite.materialise(entry))
  }

  package func record(ofDefect reason: String, at position: Int) -> CaseRecord {
    let judgement = Judgement(
      verdict: .inconclusive(.golden), message: "the case cannot be made: \(reason)")
    return CaseRecord(entry: plan.entries[position], digest: "", judgement: judgement)
  }

  package func pooledFailures(_ records: [CaseRecord]) -> [String: String] {
    GroupPooling.failures(records, entries: plan.entries, mode: mode)
  }
}

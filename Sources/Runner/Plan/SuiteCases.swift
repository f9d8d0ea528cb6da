package import BackendHost
import Cases
package import GoldenStore
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

  package func request(at position: Int) throws -> PreparedRequest {
    let entry = plan.entries[position]
    let made = try suite.catalogue.materialise(entry)
    let model = try made.encodedModel()
    let digest = CaseDigest.hexadecimal(
      model: model, inputs: made.inputs, accuracyClass: entry.group.accuracyClass,
      goldenDigest: suite.goldens.digest(for: entry))
    return PreparedRequest(model: model, inputs: made.inputs.map(\.value), digest: digest)
  }

  package func record(
    of observation: CaseObservation, at position: Int, digest: String
  ) -> CaseRecord? {
    let entry = plan.entries[position]
    return judge.judge(observation, of: entry).map {
      CaseRecord(entry: entry, digest: digest, judgement: $0)
    }
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

import BackendHost
import Cases
import GoldenStore
import Reports
import Runner
import Verification

/// One case on one worker of its own.
struct SingleCase {
  let suite: Suite
  let entry: CaseEntry
  let options: RunOptions

  /// Executes and judges the case.
  ///
  /// The observation is that of the execution the golden belongs to; nil when it never ran.
  func judge() throws -> (Judgement, CaseObservation?) {
    let made = try suite.materialise(entry)
    let session: WorkerSession
    do throws(RunError) { session = try SessionStart.start(options).session } catch {
      throw CommandStop(.usage, "\(error)")
    }
    let steps = CaseSteps(made)
    var observations: [CaseObservation] = []
    while let next = try steps.next(after: observations) {
      let request = CaseRequest(
        model: next.model, inputs: next.inputs, repetitions: options.repetitions)
      observations.append(session.run(request))
    }
    if session.end == nil { _ = session.close() }
    let store = suite.goldens
    let judge = CaseJudge(mode: options.mode, recordsMetrics: true) { entry in
      try store.golden(for: entry)
    }
    guard let judgement = judge.judge(observations, of: entry, made: made) else {
      throw CommandStop(.harness, "the worker never came to the case")
    }
    let golden = made.relation?.goldenStep ?? 0
    return (judgement, golden < observations.count ? observations[golden] : nil)
  }

  /// Verdict, worst element and derivation as text.
  static func card(
    _ entry: CaseEntry, _ made: Case, _ judgement: Judgement, mode: String
  ) -> String {
    var lines = ["\(judgement.verdict.text.uppercased())  \(entry.id)  (\(mode))"]
    if !judgement.message.isEmpty { lines.append("  \(judgement.message)") }
    if let worst = judgement.worst {
      let index = worst.index.map { "\($0)" }.joined(separator: ", ")
      let place = index.isEmpty ? worst.output : "\(worst.output)[\(index)]"
      lines.append("  \(place) = \(worst.observed)   golden \(worst.golden)")
      lines.append("  bound \(worst.bound), ratio \(worst.ratio)")
      lines += worst.neighbours.map { "    \($0)" }
    }
    lines.append("  intent: \(entry.group.intent)")
    lines += made.bodyLines + judgement.details.map { "  \($0)" }
    for metrics in judgement.metrics {
      lines.append(
        "  \(metrics.output): \(metrics.elements) elements, \(metrics.wrong) wrong, "
          + "worst ratio \(metrics.worstRatio), max ulp \(metrics.maximumUlp)")
    }
    let table = MetricsTable(judgement.metrics, schemes: judgement.schemes)
    lines += table.lines.map { "  " + $0 }
    return lines.joined(separator: "\n") + "\n"
  }
}

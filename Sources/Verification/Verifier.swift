package import Spec
package import Tensors

/// Judges outputs: a pure function of golden, numeric mode and outputs (numerics §2.4).
package enum Verifier {
  /// Judges the outputs of one execution, in the order of the golden's outputs.
  ///
  /// The first failing stage of numerics §7 names the verdict; later stages are still evaluated
  /// and stand in the details. A golden that is inconsistent in itself gives `inconclusive`.
  package static func judge(
    _ outputs: [Value], against golden: Golden, in context: JudgementContext
  ) -> Judgement {
    do {
      var judgement = try judged(outputs, golden, context)
      // Only information: the verdict stands before any scheme is asked.
      let isFailure = judgement.verdict != .pass && !context.isTerse
      if isFailure || context.recordsInformativeMetrics {
        judgement.schemes = Scheme.verdicts(outputs, against: golden, mode: context.mode)
      }
      return judgement
    } catch {
      return Judgement(
        verdict: .inconclusive(.golden), message: "the golden cannot be judged against: \(error)",
        details: ["make the goldens of this case anew"])
    }
  }

  private static func judged(
    _ outputs: [Value], _ golden: Golden, _ context: JudgementContext
  ) throws(GoldenFault) -> Judgement {
    var first: Judgement?
    for candidate in candidates(golden, context.mode) {
      let findings = try ValueComparison(context: context).findings(outputs, candidate)
      let judgement = JudgementSummary(findings).judgement
      if judgement.verdict == .pass { return judgement }
      first = first ?? judgement
    }
    return first ?? Judgement(verdict: .inconclusive(.golden), message: "no golden")
  }

  /// The goldens a mode may follow, each for the whole case (numerics §2.3).
  ///
  /// Flushing inputs and outputs changes results as the flushed golden says. Flushing outputs only
  /// leaves inputs alone but not intermediate values, so either golden may be met as a whole.
  private static func candidates(_ golden: Golden, _ mode: NumericMode) -> [[GoldenOutput]] {
    guard let flushed = golden.flushedOutputs else { return [golden.outputs] }
    switch mode.subnormals {
    case .preserve: return [golden.outputs]
    case .flushBoth: return [flushed]
    case .flushOutput: return [golden.outputs, flushed]
    }
  }
}

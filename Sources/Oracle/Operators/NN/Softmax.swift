import ExtendedArithmetic

/// The exponential of each element divided by the sum of exponentials along an axis.
///
///     y[i] = exp(x[i] − m) / Σ_j exp(x[j] − m),   m = max_j x[j]
///
/// - (C2) `axis` lies in [−rank, rank).
/// - (C3) Version 13 normalises one axis (default −1); versions 1 and 11 flatten the trailing axes
///   from `axis` on (default 1).
/// - (C4) The maximum is subtracted first.
/// - (C5) A row of all −Inf is NaN; one +Inf makes its row NaN (register A14).
/// - Source: onnx/onnx docs/Operators.md, Softmax.
enum SoftmaxEvaluator: Evaluator {
  static let name = "Softmax"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    return [
      .composite(
        try x.mapLanes(try call.softmaxLanes(of: x)) { row in
          let m = row.maximum
          let e = row.map { call.trace.primitive(.exp, call.trace.subtract($0, m)) }
          let total = call.trace.sum(e)
          return e.map { call.trace.divide($0, by: total) }
        })
    ]
  }
}

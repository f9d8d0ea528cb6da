import ExtendedArithmetic

/// The logarithm of Softmax, without its underflow.
///
///     y[i] = (x[i] − m) − ln Σ_j exp(x[j] − m),   m = max_j x[j]
///
/// - (C1) Version 13 normalises one axis (default −1); versions 1 and 11 flatten the trailing axes
///   from `axis` on (default 1).
/// - (C2) The result is finite for finite inputs: log(softmax(x)) is not a legal decomposition.
/// - Source: onnx/onnx docs/Operators.md, LogSoftmax.
enum LogSoftmaxEvaluator: Evaluator {
  static let name = "LogSoftmax"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let trace = call.trace
    let y = try x.mapLanes(try call.softmaxLanes(of: x)) { row in
      let shifted = row.map { [m = row.maximum] in trace.subtract($0, m) }
      let logarithm = trace.primitive(.log, trace.sum(shifted.map { trace.primitive(.exp, $0) }))
      return shifted.map { trace.subtract($0, logarithm) }
    }
    return [.composite(y)]
  }
}

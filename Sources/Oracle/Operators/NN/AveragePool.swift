import ExtendedArithmetic
import Tensors

/// The mean of each window.
///
///     y = (Σ_{window} x) / n
///
/// - (C1) n counts the elements inside the input, or with `count_include_pad` also its padding; what
///   `ceil_mode` adds beyond the padding never counts.
/// - (C2) A window that lies in the padding altogether is left open (register A21).
/// - (C3) Dilations exist from version 19 on.
/// - Source: onnx/onnx docs/Operators.md, AveragePool.
enum AveragePoolEvaluator: Evaluator {
  static let name = "AveragePool"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    guard x.rank >= 3, let kernel = try call.ints("kernel_shape") else {
      throw .invalid("AveragePool needs a kernel_shape and an input of rank 3 or more")
    }
    let windows = try Windows(call, input: Shape(x.shape[2...]), kernel: kernel)
    let countsPadding = try call.flag("count_include_pad")
    let values = try x.reals()
    let area = windows.input.reduce(1, *)
    var output = AccumulatedTensor(hasProducts: false)
    var isOpen: [Bool] = []
    for plane in 0..<(x.shape[0] * x.shape[1]) {
      for place in 0..<(windows.output.elementCount ?? 0) {
        let index = windows.output.index(ofLinear: place)
        let terms = windows.taps(at: index).map { values[plane * area + $0.position] }
        let count = countsPadding ? windows.paddedCount(at: index) : terms.count
        output.append(
          ExactSum(terms), height: Swift.max(0, terms.count - 1), dividedBy: Swift.max(1, count))
        isOpen.append(terms.isEmpty)
      }
    }
    var outcome = output.outcome(x.type, [x.shape[0], x.shape[1]] + windows.output)
    outcome.undefined = OpenElements.mask(isOpen)
    return [outcome]
  }
}

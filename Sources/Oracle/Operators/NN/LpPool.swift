import ExtendedArithmetic
import Tensors

/// The Lp norm of each window.
///
///     y = (Σ_{window} |x|^p)^(1/p)
///
/// - (C1) The padding adds nothing; a window that lies in it altogether is left open (register A21).
/// - (C2) p is an integer, 2 without the attribute.
/// - (C3) `ceil_mode` and `dilations` exist from version 18 on.
/// - Source: onnx/onnx docs/Operators.md, LpPool.
enum LpPoolEvaluator: Evaluator {
  static let name = "LpPool"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    guard x.rank >= 3, let kernel = try call.ints("kernel_shape") else {
      throw .invalid("LpPool needs a kernel_shape and an input of rank 3 or more")
    }
    let windows = try Windows(call, input: Shape(x.shape[2...]), kernel: kernel)
    let planes = try Planes(call, x)
    let values = try x.reals()
    let norm = try LpNorm(call, x.type)
    var norms: [DoubleDouble] = []
    var isOpen: [Bool] = []
    for plane in 0..<planes.count {
      for place in 0..<(windows.output.elementCount ?? 0) {
        let taps = windows.taps(at: windows.output.index(ofLinear: place))
        norms.append(norm(taps.map { values[plane * planes.area + $0.position] }))
        isOpen.append(taps.isEmpty)
      }
    }
    let shape = [x.shape[0], x.shape[1]] + windows.output
    var outcome = Outcome.composite(ExactTensor(x.type, shape, reals: norms))
    outcome.undefined = OpenElements.mask(isOpen)
    return [outcome]
  }
}

import ExtendedArithmetic
import Tensors

/// One at the first maximum of each lane, zero elsewhere.
///
/// - (C1) Of equal maxima the first one counts.
/// - (C2) Version 13 looks along one axis (default −1); versions 1 and 11 flatten the trailing axes
///   from `axis` on (default 1).
/// - (C3) Lanes that hold a NaN are left open (register A2).
/// - Source: onnx/onnx docs/Operators.md, Hardmax.
enum HardmaxEvaluator: Evaluator {
  static let name = "Hardmax"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let lanes = try call.softmaxLanes(of: x)
    let order = try SortKeys(x)
    var marks = [DoubleDouble](repeating: .zero, count: x.count)
    var isOpen = [Bool](repeating: false, count: x.count)
    for lane in lanes.starts.indices {
      let positions = lanes.positions(lane)
      guard var best = positions.first else { continue }
      for position in positions where order.precedes(best, position) { best = position }
      marks[best] = .one
      guard positions.contains(where: { order.isNaN($0) }) else { continue }
      for position in positions { isOpen[position] = true }
    }
    var outcome = Outcome.exact(ExactTensor(x.type, x.shape, reals: marks), signedZero: false)
    outcome.undefined = OpenElements.mask(isOpen)
    return [outcome]
  }
}

import Tensors

/// The first operand with its bits moved by the second, under multidirectional broadcasting.
///
///     LEFT:   z[i] = x[i] · 2^y[i] mod 2^w       (w bits of T)
///     RIGHT:  z[i] = ⌊x[i] / 2^y[i]⌋             (so the sign fills from above)
///
/// - (C1) The shape of the output is the broadcast of the inputs' shapes.
/// - (C2) Bits that leave the type are lost.
/// - (C3) From version 28 on, shifts below zero or of w and more leave what the sign alone gives:
///   −1 for a right shift of a negative number, else 0. Version 11 does not say.
/// - (C4) From version 28 on, signed integers shift right arithmetically.
/// - (C5) `direction` is LEFT or RIGHT.
/// - Source: onnx/onnx docs/Operators.md, BitShift; the text of version 28.
enum BitShiftEvaluator: Evaluator {
  static let name = "BitShift"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (x, y, shape) = try call.operands()
    guard case .integer(let bits, _) = x.type.meaning else {
      throw .invalid("BitShift of \(x.type.onnxName)")
    }
    let direction = try call.string("direction", default: "")
    guard ["LEFT", "RIGHT"].contains(direction) else {
      throw .invalid("BitShift to \"\(direction)\", LEFT or RIGHT is needed")
    }
    let amounts = try y.integers()
    let isInside = amounts.map { $0 >= 0 && $0 < Int128(bits) }
    let results = zip(try x.integers(), zip(amounts, isInside)).map { value, shift -> Int128 in
      let (amount, isInside) = shift
      guard direction == "LEFT" else { return value >> (isInside ? amount : 127) }
      return isInside ? value << amount : 0
    }
    var outcome = Outcome.exact(try ExactTensor(x.type, shape, integers: results).wrapped())
    if call.version < 28 { outcome.undefined = OpenElements.mask(isInside.map { !$0 }) }
    return [outcome]
  }
}

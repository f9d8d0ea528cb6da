/// The indices of the elements that are not zero, in row-major order.
///
/// - (C1) The output has one row per axis and one column per element found.
/// - (C2) NaN is not zero; −0 is. A complex number is zero where both of its parts are.
/// - Source: onnx/onnx docs/Operators.md, NonZero.
enum NonZeroEvaluator: Evaluator {
  static let name = "NonZero"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let isSet: [Bool]
    switch x.elements {
    case .reals(let values): isSet = values.map { $0.high != 0 }
    case .integers(let values): isSet = values.map { $0 != 0 }
    case .strings(let values): isSet = values.map { !$0.isEmpty }
    case .complex(let values):
      isSet = values.map { $0.real.high != 0 || $0.imaginary.high != 0 }
    }
    // A scalar is taken as one element of rank 1 by the reference implementation of the standard.
    let shape = x.rank == 0 ? [1] : x.shape
    let found = isSet.indices.filter { isSet[$0] }.map { shape.index(ofLinear: $0) }
    let rows = shape.indices.flatMap { axis in found.map { Int128($0[axis]) } }
    return [.exact(ExactTensor(.i64, [shape.count, found.count], integers: rows))]
  }
}

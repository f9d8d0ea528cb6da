import ExtendedArithmetic
import Tensors

/// A sum of products over named indices.
///
///     output[o…] = Σ_{summed indices} Π_operands operand[its indices]
///
/// - (C1) Without `->` the output names, in alphabetical order, the indices that occur once.
/// - (C2) `...` stands for broadcast axes; they come first in an implicit output.
/// - (C3) An index repeated within one operand takes its diagonal.
/// - Source: onnx/onnx docs/Operators.md, Einsum.
enum EinsumEvaluator: Evaluator {
  static let name = "Einsum"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let operands = try call.tensors()
    let equation = try EinsumEquation(
      try call.string("equation", default: ""), shapes: operands.map(\.shape))
    guard let type = operands.first?.type else { throw .invalid("Einsum without operands") }
    let loops = equation.loops
    if operands.allSatisfy(\.isIntegral) {
      var factors: [[Int128]] = []
      for operand in operands { factors.append(try operand.integers()) }
      let sums = loops.map { terms in
        terms.reduce(Int128(0)) { sum, positions in
          sum &+ zip(factors, positions).reduce(Int128(1)) { $0 &* $1.0[$1.1] }
        }
      }
      return [.exact(try ExactTensor(type, equation.shape, integers: sums).wrapped())]
    }
    var factors: [[DoubleDouble]] = []
    for operand in operands { factors.append(try operand.reals()) }
    var output = AccumulatedTensor(hasProducts: operands.count > 1)
    for terms in loops {
      let products = terms.map { positions in
        zip(factors, positions).reduce(DoubleDouble.one) { $0 * $1.0[$1.1] }
      }
      // Products of n factors round n − 1 times before they are summed.
      output.append(ExactSum(products), height: terms.count + Swift.max(0, operands.count - 2))
    }
    return [output.outcome(type, equation.shape)]
  }
}

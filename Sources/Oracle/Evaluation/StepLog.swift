import ExtendedArithmetic
import NumericFormats
package import Tensors

/// A run in which every result is rounded to its type, as a backend rounds that evaluates a graph
/// node by node.
final class StepLog {
  /// Whether a finite result lay outside of the normal range of its type, or that of an elementary
  /// function was zero or infinite, as results beyond the range of double-double are.
  private(set) var leavesRange = false
  /// Whether a result was infinite or subnormal, which modes that saturate or flush do not keep.
  private(set) var meetsEdges = false

  /// Whether a Cast changed a value, be it a parameter's.
  private(set) var roundsInCasts = false

  func noteRoundingCast() { roundsInCasts = true }

  /// What the following nodes read of a result.
  func rounded(_ value: ExactValue, isElementary: Bool) throws(EvaluationError) -> ExactValue {
    try value.mapTensors { (tensor) throws(EvaluationError) in
      guard case .reals(let reals) = tensor.elements else { return tensor }
      if let format = tensor.type.floatFormat {
        meetsEdges = meetsEdges || reals.contains { isAtEdge($0, of: format) }
        leavesRange = leavesRange || reals.contains { lies($0, outside: format, isElementary) }
      }
      return try tensor.materialised()
    }
  }

  private func isAtEdge(_ x: DoubleDouble, of format: FloatFormat) -> Bool {
    let size = x.high.magnitude
    return size > format.greatestFinite || size > 0 && size < format.smallestNormal
  }

  private func lies(
    _ x: DoubleDouble, outside format: FloatFormat, _ isElementary: Bool
  ) -> Bool {
    let size = x.high.magnitude
    if size == 0 || size == .infinity { return isElementary }
    return size > format.greatestFinite || size < format.smallestNormal
  }
}

/// What came of a run in which every result is rounded to its type.
package struct StepwiseRun: Sendable {
  /// The model's outputs.
  package let values: [Value]
  /// Whether a finite result lay outside of the normal range of its type.
  package let leavesRange: Bool
  /// Whether a result was infinite or subnormal.
  package let meetsEdges: Bool
  /// Whether a Cast changed a value.
  package let roundsInCasts: Bool
}

import ExtendedArithmetic
import Tensors

extension ExactTensor {
  /// Codes minus their zero point: one for all, one per row (the second axis from the end) or one
  /// per column (the last axis).
  func shifted(
    by zeroPoint: ExactTensor?, perRow: Bool
  ) throws(EvaluationError) -> ExactTensor {
    guard let zeroPoint else { return self }
    var shape = zeroPoint.shape
    if shape.elementCount == 1 { shape = [] } else if perRow, shape.count == 1 { shape += [1] }
    let offsets = try zeroPoint.reshaped(shape).broadcast(to: self.shape).integers()
    let differences = zip(try integers(), offsets).map { $0 - $1 }
    return ExactTensor(.i32, self.shape, integers: differences)
  }

  /// The same integers called int32, as products of codes are.
  func widened() throws(EvaluationError) -> ExactTensor {
    ExactTensor(.i32, shape, integers: try integers())
  }
}

extension ExactTensor {
  /// The elements as reals, whether they are integers or floats.
  func integersOrReals() throws(EvaluationError) -> [DoubleDouble] {
    isIntegral ? try integers().map { DoubleDouble($0) } : try reals()
  }
}

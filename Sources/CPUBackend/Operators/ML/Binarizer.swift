import Tensors

/// One for each element above the threshold, zero for the others, NaN included.
///
/// Integers are compared with the largest integer that is not above the threshold, so that no
/// number is rounded.
enum BinarizerKernel: OperatorKernel {
  static let name = "Binarizer"
  static let domain = "ai.onnx.ml"
  static let versions = [1]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let threshold = Double(try call.float("threshold", default: 0))
    guard x.type.isFloat else {
      let isAbove = test(threshold.rounded(.down))
      return [
        .tensor(try .wrapping(x.wideIntegers.map { isAbove($0) ? 1 : 0 }, to: x.type, x.shape))
      ]
    }
    let results = try x.reals(Double.self).map { $0 > threshold ? 1.0 : 0 }
    return [.tensor(try .rounding(results, to: x.type, x.shape))]
  }

  /// Whether an integer is above a whole number, an infinity or NaN.
  private static func test(_ bound: Double) -> (Int64) -> Bool {
    if let whole = Int64(exactly: bound) { return { $0 > whole } }
    return { _ in bound < 0 }
  }
}

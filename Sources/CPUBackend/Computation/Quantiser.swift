import NumericFormats
import Tensors

/// Rounds real numbers to the codes of a quantised type.
///
/// Integer types take `limit(round(x) + zero)` with ties to even, float types the nearest value.
/// The standard leaves NaN open: here integer types take the zero point.
struct Quantiser {
  let type: ElementType
  /// What becomes of values beyond a float8 type: its largest value, or else infinity or NaN.
  let overflow: FloatFormat.Overflow

  /// The quantised tensor of values and the zero point of each; nil when there is none.
  ///
  /// - Throws: `unsupported` for a type that is neither an integer nor a float of up to 8 bits.
  func tensor(
    _ values: [Double], zeros: [Double]?, _ shape: Shape
  ) throws(KernelError) -> Tensor {
    switch type.meaning {
    case .integer(let bits, let signed) where bits <= 32:
      let low = signed ? -Double(1 << (bits - 1)) : 0
      let high = signed ? Double(1 << (bits - 1)) - 1 : Double(1 << bits) - 1
      var codes = [Int64](repeating: 0, count: values.count)
      for (index, value) in values.enumerated() {
        let rounded = value.isNaN ? 0 : value.rounded(.toNearestOrEven)
        // A zero point is a value of the type, so that the limited sum is a number in its range.
        codes[index] = Int64(min(max(rounded + (zeros?[index] ?? 0), low), high))
      }
      return try .wrapping(codes, to: type, shape)
    case .float(let format) where format.bitWidth <= 8:
      var codes = [UInt8](repeating: 0, count: values.count)
      for (index, value) in values.enumerated() {
        let zero = zeros?[index] ?? 0
        // Adding zero would turn -0 into 0.
        let sum = zero == 0 ? value : Double(Float(value + zero))
        codes[index] = UInt8(truncatingIfNeeded: format.encode(sum, overflow: overflow))
      }
      return try .packing(codes, as: type, shape)
    default: throw .unsupported(.type, "quantisation to \(type.onnxName)")
    }
  }
}

extension Tensor {
  /// The values of an integer or float tensor of at most 32 bits, exactly.
  func exactDoubles() throws(KernelError) -> [Double] {
    type.isFloat ? try reals(Double.self) : wideIntegers.map { Double($0) }
  }
}

import Tensors

/// Real numbers from quantised ones, with a scale and a zero point for the tensor, each slice along
/// an axis, or each block.
///
///     y = (x - zero point) · scale
///
/// The difference is exact; the product is rounded once, to the output type.
enum DequantizeLinearKernel: OperatorKernel {
  static let name = "DequantizeLinear"
  static let versions = [10, 13, 19, 21, 23, 24, 25, 28]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    if let type = try statedType(declaration.attributes) { return [.tensor(type)] }
    return [declaration.inputTypes.count > 1 ? declaration.inputTypes[1] : nil]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (x, scale) = (try call.tensor(0), try call.tensor(1))
    let zero = try call.optionalTensor(2)
    let type = try statedType(call.attributes) ?? scale.type
    guard [.f32, .f16, .bf16].contains(type) else {
      throw .invalidModel("the output would be \(type.onnxName); output_dtype must say the type")
    }
    guard call.version >= 13 || scale.count == 1 else {
      throw .invalidInput("the scale has \(scale.count) elements, one is needed")
    }
    try ScaleGrid.check(zeroPoint: zero, scale: scale)
    let grid = try ScaleGrid(
      x.shape, scale: scale.shape, axis: try call.int("axis", default: 1),
      blockSize: try call.int("block_size", default: 0))
    let (values, scales) = (try x.exactDoubles(), try scale.exactDoubles())
    let points = try zero?.exactDoubles()
    var differences = values
    var factors = [Double](repeating: 0, count: values.count)
    grid.forEach { element, group in
      if let points { differences[element] -= points[group] }
      factors[element] = scales[group]
    }
    return [.tensor(try products(differences, factors, of: x.type, to: type, x.shape))]
  }

  private static func products(
    _ a: [Double], _ b: [Double], of source: ElementType, to type: ElementType, _ shape: Shape
  ) throws(KernelError) -> Tensor {
    guard source == .i32, let format = type.floatFormat else {
      // 17 bits of difference and 24 of scale fit a float64.
      return try .rounding(zip(a, b).map { $0 * $1 }, to: type, shape)
    }
    // 33 bits and 24 do not, so the rest of the product takes part in the one rounding.
    let codes = zip(a, b).map { x, y in
      let high = x * y
      return format.encode(high: high, low: (-high).addingProduct(x, y))
    }
    guard let tensor = Tensor(type: type, shape: shape, codes: codes) else {
      throw .internalError("\(codes.count) codes for shape \(shape)")
    }
    return tensor
  }

  private static func statedType(
    _ attributes: Attributes
  ) throws(KernelError) -> ElementType? {
    try attributes.int("output_dtype", default: 0) == 0
      ? nil : try attributes.elementType("output_dtype")
  }
}

import NumericFormats
import Tensors

/// Quantises with a scale and a zero point for the tensor, each slice along an axis, or each block.
///
///     y = limit(round(x / scale) + zero point)
///
/// The quotient of floating-point operands is rounded to float32, or to the type that `precision`
/// names; int32 operands are divided in float64. Ties go to even. Float types take the nearest value
/// instead and obey `saturate` where they have infinity or NaN.
enum QuantizeLinearKernel: OperatorKernel {
  static let name = "QuantizeLinear"
  static let versions = [10, 13, 19, 21, 23, 24, 25, 28]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try Division(declaration.attributes, inputType: .f32)
  }

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    let stated = try statedType(declaration.attributes)
    guard declaration.inputTypes.count > 2 else { return [.tensor(stated ?? .u8)] }
    guard case .tensor(let type) = declaration.inputTypes[2] else { return [nil] }
    guard stated == nil || stated == type else {
      throw .invalidModel("output_dtype and the type of the zero point differ")
    }
    return [.tensor(type)]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (x, scale) = (try call.tensor(0), try call.tensor(1))
    let zero = try call.optionalTensor(2)
    let stated = try statedType(call.attributes)
    let type = zero?.type ?? stated ?? .u8
    guard stated == nil || stated == type else {
      throw .invalidModel("output_dtype and the type of the zero point differ")
    }
    guard call.version >= 13 || scale.count == 1 else {
      throw .invalidInput("the scale has \(scale.count) elements, one is needed")
    }
    try ScaleGrid.check(zeroPoint: zero, scale: scale)
    let grid = try ScaleGrid(
      x.shape, scale: scale.shape, axis: try call.int("axis", default: 1),
      blockSize: try call.int("block_size", default: 0))
    let division = try Division(call.attributes, inputType: x.type)
    let (values, scales) = (try x.exactDoubles(), try scale.exactDoubles())
    let points = try zero?.exactDoubles()
    var quotients = [Double](repeating: 0, count: values.count)
    var zeros = points.map { _ in [Double](repeating: 0, count: values.count) }
    grid.forEach { element, group in
      quotients[element] = division.quotient(values[element], scales[group])
      if let points { zeros?[element] = points[group] }
    }
    let quantiser = Quantiser(
      type: type,
      overflow: Conversion.overflow(
        saturates: try call.flag("saturate", default: true), version: call.version))
    return [.tensor(try quantiser.tensor(quotients, zeros: zeros, x.shape))]
  }

  /// The type that `output_dtype` names; nil for none or 0.
  private static func statedType(
    _ attributes: Attributes
  ) throws(KernelError) -> ElementType? {
    try attributes.int("output_dtype", default: 0) == 0
      ? nil : try attributes.elementType("output_dtype")
  }

  /// The type that a quotient is rounded to.
  private enum Division {
    case single, double, half, brain

    init(_ attributes: Attributes, inputType: ElementType) throws(KernelError) {
      guard try attributes.int("precision", default: 0) != 0 else {
        self = inputType == .i32 ? .double : .single
        return
      }
      switch try attributes.elementType("precision") {
      case .f32: self = .single
      case .f64: self = .double
      case .f16: self = .half
      case .bf16: self = .brain
      default: throw .invalidModel("attribute precision must name a floating-point type")
      }
    }

    @inline(__always)
    func quotient(_ x: Double, _ scale: Double) -> Double {
      switch self {
      case .single: Double(Float(x) / Float(scale))
      case .double: x / scale
      case .half: Double(Float16(x) / Float16(scale))
      case .brain:
        FloatFormat.bf16.round(FloatFormat.bf16.round(x) / FloatFormat.bf16.round(scale))
      }
    }
  }
}

import Tensors

/// Features moved by an offset and then stretched, in binary64 and rounded once.
enum ScalerKernel: OperatorKernel {
  static let name = "Scaler"
  static let domain = "ai.onnx.ml"
  static let versions = [1]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let offset = try call.attributes.floats("offset")
    let scale = try call.attributes.floats("scale")
    let count = offset?.count ?? scale?.count ?? 1
    guard offset?.count ?? count == count, scale?.count ?? count == count,
      count == 1 || count == x.shape.last
    else {
      throw .invalidModel("\(offset?.count ?? 0) offsets, \(scale?.count ?? 0) scales")
    }
    let values = x.type.isFloat ? try x.reals(Double.self) : x.wideIntegers.map { Double($0) }
    let results = values.enumerated().map { position, value in
      let feature = position % count
      return (value - Double(offset?[feature] ?? 0)) * Double(scale?[feature] ?? 1)
    }
    return [.tensor(try .rounding(results, to: .f32, x.shape))]
  }
}

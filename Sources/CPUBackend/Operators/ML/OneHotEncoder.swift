import Tensors

/// Ones at the places of categories along a new last axis.
enum OneHotEncoderKernel: OperatorKernel {
  static let name = "OneHotEncoder"
  static let domain = "ai.onnx.ml"
  static let versions = [1]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let texts = try call.attributes.strings("cats_strings")
    let numbers = try call.ints("cats_int64s")
    guard (texts == nil) != (numbers == nil), (texts != nil) == (x.type == .string) else {
      throw .invalidModel("categories of the kind of the input are needed, and no others")
    }
    let categories =
      if let texts { try Tensor.of(strings: texts, [texts.count]) } else {
        try Tensor.of(.i64, [numbers?.count ?? 0], (numbers ?? []).map { Int64($0) })
      }
    let shape = x.shape + [categories.count]
    _ = try Allocation.count(of: shape, type: .f32)
    let places = try LabelLookup(categories, .bits).places(of: try whole(x))
    if try !call.flag("zeros", default: true), places.contains(nil) {
      throw .invalidInput("an element is in no category")
    }
    let width = categories.count
    let result = try Tensor.filling(.f32, shape, as: Float.self) { target in
      for (row, place) in places.enumerated() {
        if let place { target[row * width + place] = 1 }
      }
    }
    return [.tensor(result)]
  }

  /// Numbers cut off towards zero; what no integer holds is refused.
  private static func whole(_ x: Tensor) throws(KernelError) -> Tensor {
    guard x.type.isFloat else { return x }
    var values: [Int64] = []
    for value in try x.reals(Double.self) {
      guard let whole = Int64(exactly: value.rounded(.towardZero)) else {
        throw .invalidInput("\(value) is no integer")
      }
      values.append(whole)
    }
    return try .of(.i64, x.shape, values)
  }
}

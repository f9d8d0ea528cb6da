import Tensors

/// Elements that equal one value, or are NaN where that is NaN, replaced by that of their feature.
enum ImputerKernel: OperatorKernel {
  static let name = "Imputer"
  static let domain = "ai.onnx.ml"
  static let versions = [1]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let reals = try call.attributes.floats("imputed_value_floats")
    let integers = try call.ints("imputed_value_int64s")
    guard let features = x.shape.last else { throw .invalidInput("a scalar has no features") }
    guard (reals == nil) != (integers == nil), (reals != nil) == x.type.isFloat else {
      throw .invalidModel("imputed values of the kind of the input are needed, and no others")
    }
    let count = reals?.count ?? integers?.count ?? 0
    guard count == 1 || count == features else {
      throw .invalidModel("\(count) imputed values for \(features) features")
    }
    let values = try list(reals ?? [], integers ?? [], as: x.type)
    let isReplaced = try test(call, x)
    // The values follow the input's own elements, so that what stays keeps every bit.
    let positions = isReplaced.enumerated().map { position, isReplaced in
      isReplaced ? position % count : Selection.filled
    }
    let picked = try Selection(positions).tensor(of: values, shape: x.shape)
    return [.tensor(try Overlay(isReplaced).tensor(of: [x, picked], shape: x.shape))]
  }

  private static func list(
    _ reals: [Float], _ integers: [Int], as type: ElementType
  ) throws(KernelError) -> Tensor {
    if type.isFloat { return try .rounding(reals, to: type, [reals.count]) }
    let wide = integers.map { Int64($0) }
    guard type == .i64 || wide.allSatisfy({ Int32(exactly: $0) != nil }) else {
      throw .invalidModel("imputed values \(integers) are beyond \(type.onnxName)")
    }
    return try .wrapping(wide, to: type, [wide.count])
  }

  private static func test(_ call: Call, _ x: Tensor) throws(KernelError) -> [Bool] {
    guard x.type.isFloat else {
      let replaced = Int64(try call.int("replaced_value_int64", default: 0))
      return x.wideIntegers.map { $0 == replaced }
    }
    let replaced = Double(try call.float("replaced_value_float", default: 0))
    return try x.reals(Double.self).map { $0 == replaced || $0.isNaN && replaced.isNaN }
  }

  /// Elements of the second tensor where a condition holds, of the first elsewhere.
  private struct Overlay: Movement {
    let condition: [Bool]

    init(_ condition: [Bool]) { self.condition = condition }

    func move<Unit>(
      _ sources: [UnsafeBufferPointer<Unit>], to target: UnsafeMutableBufferPointer<Unit>
    ) {
      for (index, holds) in condition.enumerated() { target[index] = sources[holds ? 1 : 0][index] }
    }
  }
}

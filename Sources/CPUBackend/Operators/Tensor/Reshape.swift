import Tensors

/// The same elements under another shape.
///
/// A dimension of -1 is inferred. A dimension of 0 is copied from the input, or from version 14 on
/// stays 0 when `allowzero` is set; -1 and 0 then exclude each other.
enum ReshapeKernel: OperatorKernel {
  static let name = "Reshape"
  static let versions = [5, 13, 14, 19, 21, 23, 24, 25]

  static func check(_ declaration: Declaration) throws(KernelError) {
    guard let shape = declaration.constants[1] else { return }
    let wanted = try shape.indexValues(of: "shape")
    guard wanted.filter({ $0 == -1 }).count <= 1, wanted.allSatisfy({ $0 >= -1 }) else {
      throw .invalidModel("shape \(wanted) has two -1 or a negative dimension")
    }
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    guard let wanted = try call.integers(1) else { throw .invalidInput("shape is missing") }
    let keepsZero = try call.flag("allowzero", default: false)
    return [.tensor(try x.under(try shape(wanted, of: x, keepsZero: keepsZero)))]
  }

  private static func shape(
    _ wanted: [Int], of x: Tensor, keepsZero: Bool
  ) throws(KernelError) -> Shape {
    var shape = wanted
    for (axis, size) in wanted.enumerated() where size == 0 && !keepsZero {
      guard axis < x.shape.count else {
        throw .invalidInput("dimension \(axis) is to be copied from rank \(x.shape.count)")
      }
      shape[axis] = x.shape[axis]
    }
    guard let inferred = wanted.firstIndex(of: -1) else { return shape }
    guard !keepsZero || !wanted.contains(0) else {
      throw .invalidInput("shape \(wanted) has both 0 and -1 while allowzero is set")
    }
    shape[inferred] = 1
    guard let rest = shape.elementCount else {
      throw .invalidInput("shape \(wanted) has two -1 or a negative dimension")
    }
    // Nothing can be inferred beside an empty dimension; the convention is then zero.
    guard rest > 0 else {
      shape[inferred] = 0
      return shape
    }
    guard x.count % rest == 0 else {
      throw .invalidInput("\(x.count) elements do not fit shape \(wanted)")
    }
    shape[inferred] = x.count / rest
    return shape
  }
}

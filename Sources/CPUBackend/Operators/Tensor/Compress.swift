import Tensors

/// The slices along an axis (or elements, without one) where a condition holds.
///
/// A condition that is shorter than the axis drops the rest.
enum CompressKernel: OperatorKernel {
  static let name = "Compress"
  static let versions = [9, 11, 28]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (given, condition) = (try call.tensor(0), try call.tensor(1))
    guard condition.shape.count == 1 else {
      throw .invalidInput("the condition has rank \(condition.shape.count), 1 is needed")
    }
    guard !given.shape.isEmpty else { throw .invalidInput("a scalar has no slices") }
    let stated = try call.attributes.int("axis")
    let x = stated == nil ? try given.under([given.count]) : given
    let axis = try Axes.normalised(stated ?? 0, rank: x.shape.count)
    let kept = condition.bytes.indices.filter { condition.bytes[$0] != 0 }
    guard kept.allSatisfy({ $0 < x.shape[axis] }) else {
      throw .invalidInput("a condition of \(condition.count) for \(x.shape[axis]) elements")
    }
    var axes = x.shape.map { Array(0..<$0) }
    axes[axis] = kept
    let shape = axes.map(\.count)
    return [.tensor(try Selection(axes: axes, of: x.shape).tensor(of: x, shape: shape))]
  }
}

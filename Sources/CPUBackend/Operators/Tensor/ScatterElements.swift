import Tensors

/// A copy of a tensor with single elements along an axis replaced by, or combined with, updates.
///
/// Updates apply in row-major order; see `Scattering`.
enum ScatterElementsKernel: OperatorKernel {
  static let name = "ScatterElements"
  static let versions = [11, 13, 16, 18]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try Scattering.reduction(declaration.attributes, version: declaration.version)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    [
      .tensor(
        try scattered(call, try Scattering.reduction(call.attributes, version: call.version)))
    ]
  }

  /// Scatter and ScatterElements alike.
  static func scattered(
    _ call: Call, _ reduction: Scattering.Reduction
  ) throws(KernelError) -> Tensor {
    let (x, indices, updates) = (try call.tensor(0), try call.tensor(1), try call.tensor(2))
    guard updates.shape == indices.shape else {
      throw .invalidInput("updates of shape \(updates.shape) for indices of \(indices.shape)")
    }
    let starts = try ElementIndices.positions(
      indices, axis: try call.int("axis", default: 0), of: x.shape)
    return try Scattering(starts: starts, size: 1).tensor(x, updates, reduction)
  }
}

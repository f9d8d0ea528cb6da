import Tensors

/// The tensors of a sequence one after the other along an axis, or along a new one.
enum ConcatFromSequenceKernel: OperatorKernel {
  static let name = "ConcatFromSequence"
  static let versions = [11]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    [declaration.typeInsideSequence]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let values = try call.sequence(0).values
    let axis = try call.int("axis", default: 0)
    let isNew = try call.flag("new_axis", default: false)
    var parts: [Tensor] = []
    for value in values {
      guard let part = value.tensor else { throw .invalidInput("\(value.type) is no tensor") }
      guard isNew else {
        parts.append(part)
        continue
      }
      var shape = part.shape
      shape.insert(1, at: try Axes.normalised(axis, rank: shape.count + 1))
      parts.append(try part.under(shape))
    }
    if isNew, let shape = parts.first?.shape, !parts.allSatisfy({ $0.shape == shape }) {
      throw .invalidInput("tensors of different shapes are stacked")
    }
    return [.tensor(try ConcatKernel.concatenated(parts, axis: axis))]
  }
}

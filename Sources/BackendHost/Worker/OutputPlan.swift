import ModelFormat
import Tensors

/// What a model says about its outputs before it runs.
struct OutputPlan {
  /// A dense output whose size is known.
  struct Destination {
    let type: ElementType
    let byteCount: Int
  }

  /// The type of each output, nil where the model does not state it; empty for bytes that cannot
  /// be read as a model.
  let types: [ValueType?]
  /// Nil unless every output is a tensor of numbers of a known shape.
  let destinations: [Destination]?

  init(model: [UInt8]) {
    guard let outputs = try? Model(decoding: model).graph.outputs else {
      (types, destinations) = ([], nil)
      return
    }
    types = outputs.map(\.type)
    let sized = outputs.compactMap(Self.destination)
    destinations = sized.count == outputs.count ? sized : nil
  }

  private static func destination(_ output: ValueInfo) -> Destination? {
    guard case .tensor(let type) = output.type, let dimensions = output.shape else { return nil }
    var shape: Shape = []
    for dimension in dimensions {
      guard case .fixed(let size) = dimension else { return nil }
      shape.append(size)
    }
    guard let count = shape.elementCount, let byteCount = type.byteCount(of: count) else {
      return nil
    }
    return Destination(type: type, byteCount: byteCount)
  }
}

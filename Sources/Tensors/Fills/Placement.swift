/// Special values put on chosen positions of a filled tensor.
package struct Placement: Hashable, Sendable {
  package let value: FillValue
  package let position: Position

  /// Where the value goes.
  package enum Position: Hashable, Sendable {
    /// A position of the whole tensor in row-major order.
    case linear(Fill.LanePosition)
    /// A position in one row along the last axis; rows are counted over all leading axes.
    case row(Int, Fill.LanePosition)
    /// The same position in every row.
    case everyRow(Fill.LanePosition)
    /// A whole row.
    case wholeRow(Int)
    /// One multi-dimensional index; negative entries count from the end.
    case index([Int])
    /// Positions 0, n, 2n …
    case every(Int)
  }

  package init(value: FillValue, position: Position) {
    (self.value, self.position) = (value, position)
  }
}

extension Tensor {
  /// The tensor with the values placed in order; throws for a position outside or a value that
  /// does not fit. Complex tensors are refused.
  package func placing(_ placements: [Placement]) throws(FillError) -> Tensor {
    guard !placements.isEmpty else { return self }
    if type == .string {
      var strings = self.strings
      for placement in placements {
        for position in try placement.positions(in: shape) {
          strings[position] = placement.value.text
        }
      }
      guard let result = Tensor(shape: shape, strings: strings) else { throw .shape(shape) }
      return result
    }
    var codes = self.codes
    for placement in placements {
      let code = try placement.value.code(in: type)
      for position in try placement.positions(in: shape) { codes[position] = code }
    }
    guard let result = Tensor(type: type, shape: shape, codes: codes) else { throw .shape(shape) }
    return result
  }
}

extension Placement {
  /// The linear positions, all inside the tensor.
  func positions(in shape: Shape) throws(FillError) -> [Int] {
    let count = shape.elementCount ?? 0
    let lane = shape.last ?? 1
    let rows = lane > 0 ? count / lane : 0
    let positions: [Int]? =
      switch position {
      case .linear(let at): at.offset(in: count).map { [$0] }
      case .row(let row, let at):
        at.offset(in: lane).flatMap { offset in
          Fill.LanePosition.at(row).offset(in: rows).map { [$0 * lane + offset] }
        }
      case .everyRow(let at):
        at.offset(in: lane).map { offset in (0..<rows).map { $0 * lane + offset } }
      case .wholeRow(let row):
        Fill.LanePosition.at(row).offset(in: rows).map { Array($0 * lane..<($0 + 1) * lane) }
      case .index(let index): Self.linear(index, in: shape).map { [$0] }
      case .every(let step): step > 0 ? Array(stride(from: 0, to: count, by: step)) : nil
      }
    guard let positions else { throw .position("\(position)", shape: shape) }
    return positions
  }

  private static func linear(_ index: [Int], in shape: Shape) -> Int? {
    guard index.count == shape.count else { return nil }
    var linear = 0
    for (axis, entry) in index.enumerated() {
      guard let offset = Fill.LanePosition.at(entry).offset(in: shape[axis]) else { return nil }
      linear = linear * shape[axis] + offset
    }
    return linear
  }
}

import Tensors

/// The tensor repeated along its axes.
///
///     y[i…] = x[i mod dimension …]
///
/// - (C1) Each dimension is multiplied by its number of repeats.
/// - (C2) There is one number of repeats, not negative, for each axis.
/// - Source: onnx/onnx docs/Operators.md, Tile.
enum TileEvaluator: Evaluator {
  static let name = "Tile"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (x, repeats) = (try call.tensor(0), try call.tensor(1).ints())
    guard repeats.count == x.rank, repeats.allSatisfy({ $0 >= 0 && $0 < 1 << 31 }) else {
      throw .invalid("Tile of \(x.shape) by \(repeats)")
    }
    let shape = zip(x.shape, repeats).map { $0 &* $1 }
    _ = try call.boundedCount(of: shape)
    return [.exact(try x.moved(to: shape) { index in zip(index, x.shape).map { $0 % $1 } })]
  }
}

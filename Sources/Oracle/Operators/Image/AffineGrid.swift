import ExtendedArithmetic
import Tensors

/// The positions of a regular grid under an affine map, for each matrix of a batch.
///
///     grid[n, d, h, w, :] = theta[n] · (x_w, y_h, z_d, 1)
///
/// - (C1) The output is (N, H, W, 2) or (N, D, H, W, 3); the first coordinate runs along the last
///   axis of the image.
/// - (C2) With `align_corners` −1 and 1 are the centres of the outermost elements, 2i/(L − 1) − 1;
///   without they are their outer edges, (2i + 1)/L − 1.
/// - (C3) theta is (N, 2, 3) for four sizes and (N, 3, 4) for five.
/// - Open: an axis of one element with aligned corners, whose centre would be −1 and 1 at once.
/// - Source: onnx/onnx docs/Operators.md, AffineGrid.
enum AffineGridEvaluator: Evaluator {
  static let name = "AffineGrid"
  /// The place from start and step, or from one quotient.
  static let decompositions = 2

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (theta, sizes) = (try call.tensor(0), try call.tensor(1))
    let size = try sizes.ints()
    let axes = size.count - 2
    guard sizes.rank == 1, axes == 2 || axes == 3, theta.shape == [size[0], axes, axes + 1] else {
      throw .invalid("AffineGrid of \(theta.shape) for the size \(size)")
    }
    let spatial = Shape(size[2...])
    let shape = [size[0]] + spatial + [axes]
    _ = try call.boundedCount(of: shape)
    let isAligned = try call.flag("align_corners")
    let points = spatial.map { places($0, isAligned, call) }
    let factors = try theta.reals()
    let hasOpenAxis = isAligned && spatial.contains(1)
    var results: [DoubleDouble] = []
    for batch in 0..<size[0] {
      for position in 0..<spatial.reduce(1, *) {
        let index = spatial.index(ofLinear: position)
        let point = (0..<axes).reversed().map { points[$0][index[$0]] } + [.one]
        for row in 0..<axes {
          let start = (batch * axes + row) * (axes + 1)
          results.append(call.trace.dot(Array(factors[start..<(start + axes + 1)]), point))
        }
      }
    }
    var outcome = Outcome.composite(ExactTensor(theta.type, shape, reals: results))
    if hasOpenAxis { outcome.undefined = results.map { _ in true } }
    return [outcome]
  }

  private static func places(_ length: Int, _ isAligned: Bool, _ call: Call) -> [DoubleDouble] {
    let trace = call.trace
    let steps = DoubleDouble(isAligned ? max(1, length - 1) : length)
    return (0..<length).map { index in
      if call.decomposition == 1 {
        let twice = DoubleDouble(isAligned ? 2 * index : 2 * index + 1)
        return trace.subtract(trace.divide(twice, by: steps), .one)
      }
      let step = trace.divide(2, by: steps)
      let start = isAligned ? -DoubleDouble.one : trace.add(-1, step * DoubleDouble(0.5))
      return trace.add(start, trace.multiply(DoubleDouble(index), step))
    }
  }
}

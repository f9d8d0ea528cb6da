import ExtendedArithmetic
import Tensors

/// The boxes that survive greedy suppression by overlap, batch by batch and class by class.
///
/// - (C1) Boxes are taken by falling score; one that overlaps a taken box by more than
///   `iou_threshold` falls away.
/// - (C2) Boxes with a score not above `score_threshold` never count; without the input all do.
/// - (C3) At most `max_output_boxes_per_class` are taken per batch and class; 0 takes none.
/// - (C4) Boxes are corners in either order, or centre and size with `center_point_box`.
/// - (C5) Among equal scores the lower index comes first (register A23).
/// - Source: onnx/onnx docs/Operators.md, NonMaxSuppression.
enum NonMaxSuppressionEvaluator: Evaluator {
  static let name = "NonMaxSuppression"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (boxes, scores) = (try call.tensor(0), try call.tensor(1))
    guard boxes.rank == 3, scores.rank == 3, boxes.shape[2] == 4,
      boxes.shape[0] == scores.shape[0], boxes.shape[1] == scores.shape[2]
    else { throw .invalid("NonMaxSuppression of boxes \(boxes.shape), scores \(scores.shape)") }
    let limit = try call.optionalTensor(2)?.ints().first ?? 0
    let overlap = try call.optionalTensor(3)?.reals().first ?? .zero
    let floor = try call.optionalTensor(4)?.reals().first
    let isCentred = try call.flag("center_point_box")
    let (corners, values) = (try boxes.reals(), try scores.reals())
    let count = boxes.shape[1]
    var rows: [Int128] = []
    for batch in 0..<boxes.shape[0] {
      let areas = (0..<count).map { index in
        let start = (batch * count + index) * 4
        return Box(Array(corners[start..<(start + 4)]), isCentred: isCentred)
      }
      for kind in 0..<scores.shape[1] {
        let base = (batch * scores.shape[1] + kind) * count
        let ranked = (0..<count).filter { floor == nil || values[base + $0] > (floor ?? .zero) }
          .sorted { a, b in
            let (left, right) = (values[base + a], values[base + b])
            return left == right ? a < b : left > right
          }
        var taken: [Int] = []
        for candidate in ranked where taken.count < limit {
          if taken.allSatisfy({ areas[$0].overlap(with: areas[candidate]) <= overlap }) {
            taken.append(candidate)
          }
        }
        for index in taken { rows += [Int128(batch), Int128(kind), Int128(index)] }
      }
    }
    return [.exact(ExactTensor(.i64, [rows.count / 3, 3], integers: rows))]
  }

  /// An axis-parallel box by its least and greatest corner.
  private struct Box {
    let low: (DoubleDouble, DoubleDouble)
    let high: (DoubleDouble, DoubleDouble)

    init(_ numbers: [DoubleDouble], isCentred: Bool) {
      if isCentred {
        let half = (numbers[2].multiplied(by: 0.5), numbers[3].multiplied(by: 0.5))
        low = (numbers[0] - half.0, numbers[1] - half.1)
        high = (numbers[0] + half.0, numbers[1] + half.1)
      } else {
        low = (Swift.min(numbers[0], numbers[2]), Swift.min(numbers[1], numbers[3]))
        high = (Swift.max(numbers[0], numbers[2]), Swift.max(numbers[1], numbers[3]))
      }
    }

    var area: DoubleDouble { (high.0 - low.0) * (high.1 - low.1) }

    /// Intersection over union; 0 when the intersection is empty.
    func overlap(with other: Box) -> DoubleDouble {
      let width = Swift.min(high.0, other.high.0) - Swift.max(low.0, other.low.0)
      let height = Swift.min(high.1, other.high.1) - Swift.max(low.1, other.low.1)
      guard width > .zero, height > .zero else { return .zero }
      let common = width * height
      return common / (area + other.area - common)
    }
  }
}

import Tensors

/// The boxes of each class by falling score, without those that overlap a box selected before.
///
/// A box is a candidate when its score is above `score_threshold`; it is suppressed when its
/// intersection over union with a selected box is above `iou_threshold`. Of equal scores the lower
/// index comes first, NaN comes last. Areas are binary64. The result lists (batch, class, box).
enum NonMaxSuppressionKernel: OperatorKernel {
  static let name = "NonMaxSuppression"
  static let versions = [10, 11]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (boxes, scores) = (try call.tensor(0), try call.tensor(1))
    guard boxes.shape.count == 3, boxes.shape[2] == 4, scores.shape.count == 3,
      scores.shape[0] == boxes.shape[0], scores.shape[2] == boxes.shape[1]
    else {
      throw .invalidInput("boxes of shape \(boxes.shape) and scores of shape \(scores.shape)")
    }
    let limits = try Limits(call)
    let rectangles = try rectangles(call, boxes)
    let values = try scores.reals(Double.self)
    let (classes, count) = (scores.shape[1], scores.shape[2])
    var selected: [Int64] = []
    guard count > 0, limits.most > 0 else { return [.tensor(try .of(.i64, [0, 3], selected))] }
    for batch in 0..<scores.shape[0] {
      for label in 0..<classes {
        let start = (batch * classes + label) * count
        let kept = limits.select(
          values[start..<start + count], rectangles[batch * count..<(batch + 1) * count])
        for box in kept { selected += [Int64(batch), Int64(label), Int64(box)] }
      }
    }
    return [.tensor(try .of(.i64, [selected.count / 3, 3], selected))]
  }

  /// A box by its least and greatest coordinates.
  private struct Rectangle {
    var low: SIMD2<Double>
    var high: SIMD2<Double>

    var area: Double { (high - low).x * (high - low).y }

    /// The area of the intersection divided by that of the union; zero for boxes without area.
    func overlap(_ other: Rectangle) -> Double {
      let sides = pointwiseMin(high, other.high) - pointwiseMax(low, other.low)
      guard sides.x > 0, sides.y > 0 else { return 0 }
      let shared = sides.x * sides.y
      return shared / (area + other.area - shared)
    }
  }

  private static func rectangles(_ call: Call, _ boxes: Tensor) throws(KernelError) -> [Rectangle] {
    let center = try call.int("center_point_box", default: 0)
    guard center == 0 || center == 1 else {
      throw .invalidModel("center_point_box is \(center), it must be 0 or 1")
    }
    let values = try boxes.reals(Double.self)
    return (0..<values.count / 4).map { box in
      let first = SIMD2(values[4 * box], values[4 * box + 1])
      let second = SIMD2(values[4 * box + 2], values[4 * box + 3])
      guard center == 0 else {
        return Rectangle(low: first - second / 2, high: first + second / 2)
      }
      // The corners of any diagonal.
      return Rectangle(low: pointwiseMin(first, second), high: pointwiseMax(first, second))
    }
  }

  private struct Limits {
    /// Boxes selected of a class at most.
    let most: Int
    private let overlap: Double
    /// Nil when every box is a candidate.
    private let score: Double?

    init(_ call: Call) throws(KernelError) {
      let counts = try call.integers(2) ?? [0]
      let overlaps = try call.optionalTensor(3)?.reals(Double.self) ?? [0]
      let scores = try call.optionalTensor(4)?.reals(Double.self)
      guard counts.count == 1, overlaps.count == 1, scores?.count ?? 1 == 1 else {
        throw .invalidInput("the limits must have one element each")
      }
      guard (0...1).contains(overlaps[0]) else {
        throw .invalidInput("iou_threshold is \(overlaps[0]), it must be in 0...1")
      }
      (most, overlap, score) = (counts[0], overlaps[0], scores?[0])
    }

    /// The selected boxes by falling score.
    func select(_ scores: ArraySlice<Double>, _ boxes: ArraySlice<Rectangle>) -> [Int] {
      func value(_ box: Int) -> Double { scores[scores.startIndex + box] }
      func precedes(_ a: Int, _ b: Int) -> Bool {
        if value(a) != value(b), !value(a).isNaN || !value(b).isNaN {
          return value(b).isNaN || value(a) > value(b)
        }
        return a < b
      }
      let candidates = (0..<scores.count).filter { box in score.map { value(box) > $0 } ?? true }
      var kept: [Int] = []
      for box in candidates.sorted(by: precedes) {
        if kept.count >= most { break }
        let rectangle = boxes[boxes.startIndex + box]
        let isFree = kept.allSatisfy {
          !(rectangle.overlap(boxes[boxes.startIndex + $0]) > overlap)
        }
        if isFree { kept.append(box) }
      }
      return kept
    }
  }
}

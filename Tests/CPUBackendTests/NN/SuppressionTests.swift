import ModelFormat
import Tensors
import Testing

@Suite("NonMaxSuppression of the CPU backend")
struct SuppressionTests {
  /// Boxes 0 and 1 overlap by 1/3, box 2 touches nothing.
  private let boxes = floats(.f32, [1, 3, 4], [0, 0, 2, 2, 0, 1, 2, 3, 0, 10, 2, 12])

  private func select(
    _ boxes: Tensor, _ scores: [Double], most: Int128?, overlap: Double? = nil,
    score: Double? = nil, opset: Int64 = 11, attributes: [String: Attribute] = [:]
  ) throws -> [Int128] {
    let y = try run(
      "NonMaxSuppression", opset: opset,
      [
        boxes, floats(.f32, [1, 1, scores.count], scores),
        most.map { integers(.i64, [1], [$0]) }, overlap.map { floats(.f32, [1], [$0]) },
        score.map { floats(.f32, [1], [$0]) },
      ], attributes: attributes, output: .i64)
    #expect(y.shape == [y.count / 3, 3])
    return stride(from: 2, to: y.count, by: 3).map { (y.integers ?? [])[$0] }
  }

  @Test("Boxes come by falling score without overlapping ones", arguments: [10, 11] as [Int64])
  func order(opset: Int64) throws {
    let scores = [0.5, 0.9, 0.7]
    #expect(try select(boxes, scores, most: 9, overlap: 0.25, opset: opset) == [1, 2])
    #expect(try select(boxes, scores, most: 9, overlap: 0.5, opset: opset) == [1, 2, 0])
  }

  @Test("Equal scores come by index")
  func ties() throws {
    #expect(try select(boxes, [0.5, 0.5, 0.5], most: 9, overlap: 0.5) == [0, 1, 2])
    #expect(try select(boxes, [0.5, 0.5, 0.5], most: 9, overlap: 0) == [0, 2])
  }

  @Test("Limits: none selected by default, scores above the threshold, Int64.max boxes")
  func limits() throws {
    #expect(try select(boxes, [3, 2, 1], most: nil) == [])
    #expect(try select(boxes, [3, 2, 1], most: 1) == [0])
    #expect(
      try select(boxes, [3, 2, 1], most: Int128(Int64.max), overlap: 1, score: 2) == [0])
    #expect(try select(boxes, [3, .nan, -1], most: 9, overlap: 1) == [0, 2, 1])
  }

  @Test("An overlap equal to the threshold is kept; corners may be in any order")
  func equality() throws {
    // Intersection 1, union 2.
    let half = floats(.f32, [1, 2, 4], [0, 0, 1, 1, 1, 2, 0, 0])
    #expect(try select(half, [2, 1], most: 9, overlap: 0.5) == [0, 1])
    #expect(try select(half, [2, 1], most: 9, overlap: 0.49) == [0])
  }

  @Test("Boxes by centre and size")
  func centers() throws {
    let centers = floats(.f32, [1, 2, 4], [1, 1, 2, 2, 2, 1, 2, 2])
    #expect(
      try select(
        centers, [2, 1], most: 9, overlap: 0.25, attributes: ["center_point_box": .int(1)])
        == [0])
    #expect(
      try select(
        centers, [2, 1], most: 9, overlap: 0.5, attributes: ["center_point_box": .int(1)])
        == [0, 1])
  }

  @Test("Thresholds outside of their range and shapes that do not fit are refused")
  func refused() {
    expectError(.invalidInput) { _ = try select(boxes, [1, 1, 1], most: 1, overlap: 1.5) }
    expectError(.invalidInput) { _ = try select(boxes, [1, 1], most: 1) }
    expectError(.invalidModel) {
      _ = try select(boxes, [1, 1, 1], most: 1, attributes: ["center_point_box": .int(2)])
    }
  }
}

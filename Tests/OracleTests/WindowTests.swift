import ModelFormat
import Spec
import Tensors
import Testing

@Suite("Pooling, resizing and boxes")
struct WindowTests {
  @Test("MaxPool of a window of −Inf is −Inf")
  func infinitePool() throws {
    let x = try Value.reals([-.infinity, -.infinity, 1], [1, 1, 3])
    let call = SingleCall("MaxPool", 12, [x], ["kernel_shape": .ints([2])])
    #expect(try call.reals() == [-.infinity, 1])
    #expect(try call.column().undefined.isEmpty)
  }

  @Test("MaxPool finds NaN at either end of a window and only there")
  func poisonedPool() throws {
    let x = try Value.reals([1, .nan, 3, 4], [1, 1, 4])
    let y = try SingleCall("MaxPool", 12, [x], ["kernel_shape": .ints([2])]).reals()
    #expect(y[0].isNaN && y[1].isNaN)
    #expect(y[2] == 4)
  }

  @Test("MaxPool's indices count over the whole tensor and name the first of equal elements")
  func poolIndices() throws {
    let x = try Value.reals([1, 3, 3, 9, 5, 7], [1, 2, 3])
    let call = SingleCall("MaxPool", 12, [x], ["kernel_shape": .ints([2])], outputs: 2)
    #expect(try call.reals(0) == [3, 3, 9, 7])
    #expect(try call.integers(1) == [1, 1, 3, 5])
  }

  @Test("AveragePool counts padding only on demand")
  func averagePool() throws {
    // Windows (pad, 1), (1, 3), (3, 5).
    let x = try Value.reals([1, 3, 5], [1, 1, 3])
    var attributes: [String: Attribute] = ["kernel_shape": .ints([2]), "pads": .ints([1, 0])]
    #expect(try SingleCall("AveragePool", 19, [x], attributes).reals() == [1, 2, 4])
    attributes["count_include_pad"] = .int(1)
    #expect(try SingleCall("AveragePool", 19, [x], attributes).reals() == [0.5, 2, 4])
  }

  @Test("Resize nearest rounds half down by default, and up where it is told so")
  func nearest() throws {
    // Coordinates (o + ½)/2 − ½ = −¼ ¼ ¾ 1¼.
    let x = try Value.reals([1, 2])
    let twice = SingleCall("Resize", 13, [x, nil, try .reals([2])])
    #expect(try twice.reals() == [1, 1, 2, 2])
    // Halving three to one, asymmetric with scale ½: o/½ = 0 only.
    let half = SingleCall(
      "Resize", 13, [try .reals([1, 2, 3]), nil, try .reals([0.5])],
      ["coordinate_transformation_mode": .string("asymmetric")])
    #expect(try half.reals() == [1])
    // Asymmetric by 2: 0 ½ 1 1½; the halves go down, or up and to the border.
    func modes(_ mode: String) throws -> [Double] {
      try SingleCall(
        "Resize", 13, [x, nil, try .reals([2])],
        [
          "coordinate_transformation_mode": .string("asymmetric"),
          "nearest_mode": .string(mode),
        ]
      ).reals()
    }
    #expect(try modes("round_prefer_floor") == [1, 1, 2, 2])
    #expect(try modes("round_prefer_ceil") == [1, 2, 2, 2])
    #expect(try modes("floor") == [1, 1, 2, 2])
    #expect(try modes("ceil") == [1, 2, 2, 2])
  }

  @Test("Resize linear by hand")
  func linear() throws {
    // −¼ is clamped to the border: 1; ¾·1 + ¼·2; ¼·1 + ¾·2; 2.
    let inputs = [try Value.reals([1, 2]), nil, try Value.reals([2])]
    let centred = SingleCall("Resize", 13, inputs, ["mode": .string("linear")])
    #expect(try centred.reals() == [1, 1.25, 1.75, 2])
    // Corners aligned: 0 ⅓ ⅔ 1.
    let aligned = SingleCall(
      "Resize", 13, inputs,
      [
        "mode": .string("linear"), "coordinate_transformation_mode": .string("align_corners"),
      ])
    #expect(try aligned.reals() == [1, Double(Float(4.0 / 3)), Double(Float(5.0 / 3)), 2])
  }

  @Test("Resize by sizes takes the exact ratio: a coordinate on an element never slips below it")
  func sizes() throws {
    // Asymmetric from 3 to 147 elements: coordinate 49·k·3/147 = k exactly, floor gives k. With a
    // float32 scale 49 all is well, but dividing by multiplying with 1/49 slips.
    let call = SingleCall(
      "Resize", 13, [try .reals([1, 2, 3]), nil, nil, try .integers([147])],
      [
        "coordinate_transformation_mode": .string("asymmetric"),
        "nearest_mode": .string("floor"),
      ])
    let y = try call.reals()
    #expect(y.count == 147)
    #expect([y[0], y[48], y[49], y[97], y[98], y[146]] == [1, 1, 2, 2, 3, 3])
  }

  @Test("NonMaxSuppression drops what overlaps a better box, in order of the scores")
  func suppression() throws {
    // Box 1 lies in box 0 with 0.9 of its area: overlap 0.9. Box 2 lies apart.
    let boxes = try Value.reals([0, 0, 1, 1, 0, 0, 1, 0.9, 2, 2, 3, 3], [1, 3, 4])
    let scores = try Value.reals([0.8, 0.9, 0.7], [1, 1, 3])
    func kept(_ limit: Int128?, _ overlap: Double, _ floor: Double?) throws -> [Int] {
      try SingleCall(
        "NonMaxSuppression", 11,
        [
          boxes, scores, try limit.map { try Value.integers([$0]) }, try .reals([overlap]),
          try floor.map { try Value.reals([$0]) },
        ]
      ).integers()
    }
    #expect(try kept(3, 0.5, nil) == [0, 0, 1, 0, 0, 2])
    #expect(try kept(3, 0.95, nil) == [0, 0, 1, 0, 0, 0, 0, 0, 2])
    #expect(try kept(1, 0.95, nil) == [0, 0, 1])
    #expect(try kept(3, 0.5, 0.75) == [0, 0, 1])
    #expect(try kept(nil, 0.5, nil) == [], "without a limit nothing is selected")
  }
}

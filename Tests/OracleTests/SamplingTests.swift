import ModelFormat
import Spec
import Tensors
import Testing

@Suite("Blocks, regions, grids and moved taps")
struct SamplingTests {
  @Test("Col2Im adds what overlapping blocks hold of an element")
  func columns() throws {
    // Two blocks of 2×2 over an image of 2×3.
    let x = try Value.reals([1, 2, 3, 4, 5, 6, 7, 8], [1, 4, 2])
    let call = SingleCall("Col2Im", 18, [x, try .integers([2, 3]), try .integers([2, 2])])
    #expect(try call.reals() == [1, 5, 4, 5, 13, 8])
    let wrong = SingleCall("Col2Im", 18, [x, try .integers([2, 4]), try .integers([2, 2])])
    #expect(wrong.refusal() == .invalid)
  }

  @Test("Col2Im of texts needs blocks that neither overlap nor leave gaps")
  func texts() throws {
    let x = Value.tensor(
      try #require(Tensor(shape: [1, 2, 2], strings: ["a", "b", "c", "d"])))
    let block = try Value.integers([1, 2])
    let apart = SingleCall(
      "Col2Im", 18, [x, try .integers([1, 4]), block], ["strides": .ints([1, 2])])
    #expect(try apart.tensor().strings == ["a", "c", "b", "d"])
    #expect(SingleCall("Col2Im", 18, [x, try .integers([1, 3]), block]).refusal() == .unsupported)
  }

  @Test("MaxUnpool places elements by their index and refuses one outside")
  func unpooled() throws {
    let x = try Value.reals([1, 2, 3], [1, 1, 3])
    let attributes: [String: Attribute] = ["kernel_shape": .ints([2]), "strides": .ints([2])]
    func call(_ indices: [Int128]) throws -> SingleCall {
      SingleCall("MaxUnpool", 11, [x, try .integers(indices, [1, 1, 3])], attributes)
    }
    #expect(try call([1, 2, 5]).reals() == [0, 1, 2, 0, 0, 3])
    #expect(try call([1, 2, 6]).refusal() == .invalid)
    #expect(try call([1, 2, -1]).refusal() == .invalid)
  }

  @Test("MaxUnpool with an output_shape has two legal results")
  func unpooledToShape() throws {
    let (x, indices) = (try Value.reals([7], [1, 1, 1, 1]), try Value.integers([3], [1, 1, 1, 1]))
    let call = SingleCall(
      "MaxUnpool", 11, [x, indices, try .integers([1, 1, 3, 3])], ["kernel_shape": .ints([2, 2])])
    #expect(try call.reals() == [0, 0, 0, 0, 7, 0, 0, 0, 0])
    #expect(try call.golden().outputs[0].alternatives.count == 2)
  }

  private let image = (0..<16).map { Double(10 * ($0 / 4) + $0 % 4) }

  @Test("MaxRoiPool takes both corners; cells outside are zero, ties of rounding open")
  func regions() throws {
    let x = try Value.reals(image, [1, 1, 4, 4])
    func call(_ roi: [Double]) throws -> SingleCall {
      SingleCall(
        "MaxRoiPool", 22, [x, try .reals(roi, [1, 5])], ["pooled_shape": .ints([2, 2])])
    }
    #expect(try call([0, 0, 0, 3, 3]).reals() == [11, 13, 31, 33])
    #expect(try call([0, 2, 2, 5, 5]).reals() == [33, 0, 0, 0])
    #expect(try call([0, 0.5, 0, 3, 3]).column().undefined == [true, true, true, true])
    #expect(try call([1, 0, 0, 3, 3]).refusal() == .invalid)
  }

  @Test("RoiAlign samples the middles of parts, shifted by a half only where the version says so")
  func aligned() throws {
    // 10·row + column, so that a mean is the value at the centre.
    let inputs = [
      try Value.reals(image, [1, 1, 4, 4]), try .reals([1, 1, 3, 3], [1, 4]), try .integers([0]),
    ]
    let ratio: [String: Attribute] = ["sampling_ratio": .int(2)]
    #expect(try SingleCall("RoiAlign", 16, inputs, ratio).reals() == [16.5])
    #expect(try SingleCall("RoiAlign", 10, inputs, ratio).reals() == [22])
    let maximum = ratio.merging(["mode": .string("max")]) { $1 }
    #expect(try SingleCall("RoiAlign", 22, inputs, maximum).reals() == [22])
    let outside = [inputs[0], try .reals([-3, 1, 3, 3], [1, 4]), inputs[2]]
    #expect(try SingleCall("RoiAlign", 16, outside, ratio).column().undefined == [true])
  }

  @Test("AffineGrid puts −1 and 1 on edges, or on centres with align_corners")
  func affine() throws {
    let inputs = [
      try Value.reals([1, 0, 0, 0, 1, 0], [1, 2, 3], type: .f64), try .integers([1, 1, 1, 4]),
    ]
    let edges = try SingleCall("AffineGrid", 20, inputs).reals()
    #expect(edges == [-0.75, 0, -0.25, 0, 0.25, 0, 0.75, 0])
    let aligned = SingleCall(
      "AffineGrid", 20, [inputs[0], try .integers([1, 1, 2, 3])], ["align_corners": .int(1)])
    #expect(try aligned.reals() == [-1, -1, 0, -1, 1, -1, -1, 1, 0, 1, 1, 1])
    let wrong = SingleCall("AffineGrid", 20, [inputs[0], try .integers([2, 1, 2, 3])])
    #expect(wrong.refusal() == .invalid)
  }

  private func sampled(
    _ place: [Double], _ attributes: [String: Attribute] = [:], version: Int64 = 20,
    type: ElementType = .f32
  ) throws -> SingleCall {
    let x: Value =
      try type.isFloat
      ? .reals([1, 2, 3, 4], [1, 1, 2, 2], type: type)
      : .integers([-1, -2, -3, -4], [1, 1, 2, 2], type: type)
    return SingleCall("GridSample", version, [x, try .reals(place, [1, 1, 1, 2])], attributes)
  }

  @Test("GridSample names the innermost axis first and pads in three ways")
  func grid() throws {
    let aligned: [String: Attribute] = ["align_corners": .int(1)]
    #expect(try sampled([1, -1], aligned).reals() == [2])
    #expect(try sampled([0, 0], aligned).reals() == [2.5])
    #expect(try sampled([-1, -1]).reals() == [0.25])
    #expect(try sampled([-1, -1], ["padding_mode": .string("border")]).reals() == [1])
    // −2 is the coordinate −1.5, mirrored at −½ to ½.
    #expect(try sampled([-2, 0], ["padding_mode": .string("reflection")]).reals() == [2.5])
    #expect(try sampled([.nan, 0]).column().undefined == [true])
    #expect(try sampled([0, 0], ["mode": .string("bilinear")]).refusal() == .invalid)
  }

  @Test("GridSample's nearest takes the even element of a tie from version 20 on")
  func ties() throws {
    let nearest: [String: Attribute] = ["mode": .string("nearest")]
    #expect(try sampled([0, 0], nearest).reals() == [1])
    #expect(try sampled([0, 0], nearest).column().undefined.isEmpty)
    #expect(try sampled([0, 0], nearest, version: 16).column().undefined == [true])
  }

  @Test("GridSample cuts interpolated integers off towards zero")
  func integers() throws {
    #expect(try sampled([0, 0], type: .i8).integers() == [-2])
    #expect(try sampled([0.5, 0], type: .bool).refusal() == .unsupported)
  }

  @Test("GridSample's cubic kernel has the coefficient −0.75")
  func cubic() throws {
    // At ½ between the second and third of four: −3/32, 19/32, 19/32, −3/32.
    let x = try Value.reals([32, 64, 128, 320], [1, 1, 4], type: .f64)
    let call = SingleCall(
      "GridSample", 20, [x, try .reals([0], [1, 1, 1], type: .f64)], ["mode": .string("cubic")])
    #expect(try call.reals() == [19 * 6 - 3 * 11])
  }

  @Test("DeformConv reads between elements; what an image without padding leaves open is open")
  func deformed() throws {
    let x = try Value.reals([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 1, 3, 3])
    let weight = try Value.reals([2], [1, 1, 1, 1])
    let offsets = try Value.reals(
      Array(repeating: 0.5, count: 9) + Array(repeating: 0, count: 9), [1, 2, 3, 3])
    let call = SingleCall("DeformConv", 19, [x, weight, offsets])
    #expect(try Array(call.reals()[..<6]) == [5, 7, 9, 11, 13, 15])
    #expect(try call.column().undefined == Array(repeating: false, count: 6) + [true, true, true])
    let mask = try Value.reals(Array(repeating: 0.25, count: 9), [1, 1, 3, 3])
    let masked = SingleCall("DeformConv", 19, [x, weight, offsets, try .reals([1]), mask])
    #expect(try masked.reals()[0] == 2.25)
    let wrong = SingleCall("DeformConv", 19, [x, weight, x])
    #expect(wrong.refusal() == .invalid)
  }
}

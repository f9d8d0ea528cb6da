import ModelFormat
import Tensors
import Testing

@Suite("Resize of the CPU backend")
struct ResizeTests {
  private let line = floats(.f32, [4], [1, 2, 3, 4])

  private func resize(
    _ x: Tensor, opset: Int64 = 19, roi: Tensor? = nil, scales: [Double]? = nil,
    sizes: [Int128]? = nil, _ attributes: [String: Attribute] = [:]
  ) throws -> Tensor {
    var inputs: [Tensor?] = [x, roi, scales.map { floats(.f32, [$0.count], $0) }]
    if let sizes { inputs.append(integers(.i64, [sizes.count], sizes)) }
    return try run("Resize", opset: opset, inputs, attributes: attributes, output: x.type)
  }

  @Test("Resize by 1 is the identity", arguments: ["nearest", "linear", "cubic"])
  func identity(mode: String) throws {
    for scales in [[1.0, 1.0]] {
      let x = floats(.f32, [2, 3], [1, .infinity, 3, -4, 5, .nan])
      let y = try resize(x, scales: scales, ["mode": .string(mode)])
      #expect(y == x)
    }
  }

  @Test(
    "Nearest modes decide the tie at one half",
    arguments: zip(
      ["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"],
      [[1.0, 3], [2, 4], [1, 3], [2, 4]]))
  func nearestModes(mode: String, expected: [Double]) throws {
    // Half the size: the coordinates are 0.5 and 2.5.
    let y = try resize(line, scales: [0.5], ["nearest_mode": .string(mode)])
    #expect(y == floats(.f32, [2], expected))
  }

  @Test(
    "Coordinate modes of linear interpolation to twice the length",
    arguments: zip(
      ["half_pixel", "pytorch_half_pixel", "asymmetric", "align_corners", "half_pixel_symmetric"],
      [[0, 1, 3, 4], [0, 1, 3, 4], [0, 2, 4, 4], [0, 4.0 / 3, 8.0 / 3, 4], [0, 1, 3, 4]]
        as [[Double]]))
  func coordinates(mode: String, expected: [Double]) throws {
    let y = try resize(
      floats(.f32, [2], [0, 4]), sizes: [4],
      ["mode": .string("linear"), "coordinate_transformation_mode": .string(mode)])
    #expect(y == floats(.f32, [4], expected))
  }

  @Test("A scale that leaves a fraction: the length is rounded down")
  func fractions() throws {
    let y = try resize(line, scales: [0.6], ["mode": .string("linear")])
    // 2.4 elements; the coordinates are 0.5/0.6 − 0.5 and 1.5/0.6 − 0.5 = 2.
    let values = try #require(y.doubles)
    #expect(values.count == 2)
    #expect(abs(values[0] - 4.0 / 3) < 1e-6 && abs(values[1] - 3) < 1e-6)
  }

  @Test("Cubic interpolation, with the border repeated or excluded")
  func cubic() throws {
    let x = floats(.f64, [2], [0, 1])
    let settings: [String: Attribute] = ["mode": .string("cubic")]
    // Coordinate −1/4: weights −0.03515625, 0.26171875, 0.87890625, −0.10546875 of −2, −1, 0, 1.
    let repeated = try resize(x, sizes: [4], settings)
    #expect(try #require(repeated.doubles)[0] == -0.10546875)
    let excluded = try resize(
      x, sizes: [4], settings.merging(["exclude_outside": .int(1)]) { $1 })
    #expect(try #require(excluded.doubles)[0] == -0.10546875 / (0.87890625 - 0.10546875))
  }

  @Test("Antialiasing widens the filter when shrinking only")
  func antialias() throws {
    let y = try resize(
      line, scales: [0.5], ["mode": .string("linear"), "antialias": .int(1)])
    // Weights 1, 3, 3, 1 over 8 around 0.5 and 2.5; the border is repeated.
    #expect(y == floats(.f32, [2], [(1 + 3 + 6 + 3) / 8, (2 + 9 + 12 + 4) / 8]))
    let enlarged = try resize(
      floats(.f32, [2], [0, 4]), sizes: [4], ["mode": .string("linear"), "antialias": .int(1)])
    #expect(enlarged == floats(.f32, [4], [0, 1, 3, 4]))
  }

  @Test("tf_crop_and_resize takes a region and extrapolates beyond the border")
  func crop() throws {
    let y = try resize(
      line, roi: floats(.f32, [2], [0, 2]), sizes: [3],
      [
        "mode": .string("linear"), "extrapolation_value": .float(-9),
        "coordinate_transformation_mode": .string("tf_crop_and_resize"),
      ])
    // Coordinates 0, 3 and 6.
    #expect(y == floats(.f32, [3], [1, 4, -9]))
    let nearest = try resize(
      integers(.u8, [4], [1, 2, 3, 4]), roi: floats(.f32, [2], [0, 2]), sizes: [3],
      [
        "extrapolation_value": .float(7),
        "coordinate_transformation_mode": .string("tf_crop_and_resize"),
      ])
    #expect(nearest == integers(.u8, [3], [1, 4, 7]))
  }

  @Test("Axes restrict sizes; the aspect ratio is kept on demand")
  func axesAndPolicy() throws {
    let x = floats(.f32, [1, 2, 4], [1, 2, 3, 4, 5, 6, 7, 8])
    let settings: [String: Attribute] = ["axes": .ints([2, -2])]
    #expect(try resize(x, sizes: [8, 2], settings).shape == [1, 2, 8])
    let smaller = settings.merging(["keep_aspect_ratio_policy": .string("not_larger")]) { $1 }
    #expect(try resize(x, sizes: [6, 6], smaller).shape == [1, 3, 6])
    let larger = settings.merging(["keep_aspect_ratio_policy": .string("not_smaller")]) { $1 }
    #expect(try resize(x, sizes: [6, 6], larger).shape == [1, 6, 12])
  }

  @Test("Versions 10 and 13: coordinates without a shift, and tf_half_pixel_for_nn")
  func olderVersions() throws {
    let ten = try run(
      "Resize", opset: 10, [floats(.f32, [2], [0, 4]), floats(.f32, [1], [2])],
      attributes: ["mode": .string("linear")], output: .f32)
    #expect(ten == floats(.f32, [4], [0, 2, 4, 4]))
    let thirteen = try resize(
      line, opset: 13, scales: [0.5],
      [
        "coordinate_transformation_mode": .string("tf_half_pixel_for_nn"),
        "nearest_mode": .string("floor"),
      ])
    #expect(thirteen == floats(.f32, [2], [2, 4]))
    expectError(.invalidModel) {
      _ = try resize(
        line, scales: [0.5], ["coordinate_transformation_mode": .string("tf_half_pixel_for_nn")])
    }
  }

  @Test("Strings move in mode nearest and are refused in mode linear")
  func strings() throws {
    let x = CPUBackendTests.strings([2], ["a", "b"])
    #expect(try resize(x, scales: [2]) == CPUBackendTests.strings([4], ["a", "a", "b", "b"]))
    expectError(.unsupported(.type)) {
      _ = try resize(x, scales: [2], ["mode": .string("linear")])
    }
  }

  @Test("Integers are cut off towards zero")
  func integerInterpolation() throws {
    let y = try resize(
      integers(.i8, [2], [-1, 2]), sizes: [4], ["mode": .string("linear")])
    // −1, −0.25, 1.25, 2.
    #expect(y == integers(.i8, [4], [-1, 0, 1, 2]))
  }

  @Test("Impossible scales and sizes are refused", arguments: [0, -1, .infinity, .nan])
  func refused(scale: Double) {
    expectError(.invalidInput) { _ = try resize(line, scales: [scale]) }
    expectError(.invalidInput) { _ = try resize(line, scales: [1], sizes: [1]) }
    expectError(.invalidInput) { _ = try resize(line) }
    expectError(.invalidInput) { _ = try resize(floats(.f32, [0], []), sizes: [1]) }
  }
}

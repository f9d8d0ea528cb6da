import ModelFormat
import Tensors
import Testing

@Suite("Conv and ConvTranspose of the CPU backend")
struct ConvTests {
  private let image = floats(.f32, [1, 1, 3, 3], [0, 1, 2, 3, 4, 5, 6, 7, 8])
  private let ones = floats(.f32, [1, 1, 3, 3], Array(repeating: 1, count: 9))

  @Test("Conv sums each window and takes padding as zero", arguments: [1, 11, 22] as [Int64])
  func padded(opset: Int64) throws {
    let y = try run(
      "Conv", opset: opset, [image, ones], attributes: ["pads": .ints([1, 1, 1, 1])],
      output: .f32)
    #expect(y == floats(.f32, [1, 1, 3, 3], [8, 15, 12, 21, 36, 27, 20, 33, 24]))
  }

  @Test("Conv adds the bias once", arguments: [ElementType.f32, .f64, .f16, .bf16])
  func types(type: ElementType) throws {
    let y = try run(
      "Conv", opset: 22,
      [
        floats(type, [1, 1, 3], [1, 2, 3]), floats(type, [2, 1, 2], [1, 10, -1, 1]),
        floats(type, [2], [100, 0.5]),
      ], output: type)
    #expect(y == floats(type, [1, 2, 2], [121, 132, 1.5, 1.5]))
  }

  @Test("Groups see their own channels only, also without elements in common")
  func groups() throws {
    let y = try run(
      "Conv", opset: 11,
      [
        floats(.f32, [1, 2, 3], [1, 2, 3, 10, 20, 30]),
        floats(.f32, [2, 1, 2], [1, 1, 1, -1]),
      ], attributes: ["group": .int(2)], output: .f32)
    #expect(y == floats(.f32, [1, 2, 2], [3, 5, -10, -10]))
  }

  @Test("Strides, dilations and uneven pads place the taps")
  func placement() throws {
    // Windows read (−1, 1, 3) and (1, 3, 5) of 1 … 5.
    let y = try run(
      "Conv", opset: 11,
      [floats(.f32, [1, 1, 5], [1, 2, 3, 4, 5]), floats(.f32, [1, 1, 3], [1, 10, 100])],
      attributes: ["strides": .ints([2]), "dilations": .ints([2]), "pads": .ints([1, 1])],
      output: .f32)
    #expect(y == floats(.f32, [1, 1, 2], [420, 42]))
  }

  @Test(
    "The odd element of SAME padding lies behind for UPPER, in front for LOWER",
    arguments: zip(
      ["SAME_UPPER", "SAME_LOWER", "VALID"], [[12, 23, 34, 40], [1, 12, 23, 34], [12, 23, 34]]))
  func automaticPadding(mode: String, expected: [Double]) throws {
    // The weights are 10 and 1 so that the digits tell which elements were read.
    let y = try run(
      "Conv", opset: 11,
      [floats(.f32, [1, 1, 4], [1, 2, 3, 4]), floats(.f32, [1, 1, 2], [10, 1])],
      attributes: ["auto_pad": .string(mode)], output: .f32)
    #expect(y == floats(.f32, [1, 1, expected.count], expected))
  }

  @Test("A kernel of one element is a matrix product over channels")
  func pointwise() throws {
    let y = try run(
      "Conv", opset: 11,
      [
        floats(.f32, [2, 2, 1, 2], [1, 2, 3, 4, 5, 6, 7, 8]),
        floats(.f32, [3, 2, 1, 1], [1, 0, 0, 1, 1, 10]),
      ], output: .f32)
    #expect(
      y
        == floats(
          .f32, [2, 3, 1, 2], [1, 2, 3, 4, 31, 42, 5, 6, 7, 8, 75, 86]))
  }

  @Test("A volume larger than one block of columns is exact for small whole numbers")
  func blocks() throws {
    // 27 taps over 40·40·40 windows take several blocks; interior windows see all 27 ones.
    let x = floats(.f32, [1, 1, 40, 40, 40], Array(repeating: 1, count: 64_000))
    let w = floats(.f32, [1, 1, 3, 3, 3], Array(repeating: 1, count: 27))
    let y = try run(
      "Conv", opset: 11, [x, w], attributes: ["pads": .ints([1, 1, 1, 1, 1, 1])], output: .f32)
    let values = try #require(y.doubles)
    let wrong = values.indices.filter { index in
      let place = [index / 1600, index / 40 % 40, index % 40]
      return values[index] != place.reduce(1.0) { $0 * ($1 == 0 || $1 == 39 ? 2 : 3) }
    }
    #expect(values.count == 64_000 && wrong.isEmpty)
  }

  @Test("An empty batch gives an empty result, no channels give the bias")
  func empty() throws {
    let none = try run(
      "Conv", opset: 11, [floats(.f32, [0, 1, 3], []), floats(.f32, [2, 1, 2], [1, 1, 1, 1])],
      output: .f32)
    #expect(none == floats(.f32, [0, 2, 2], []))
    let bias = try run(
      "Conv", opset: 11,
      [floats(.f32, [1, 0, 3], []), floats(.f32, [1, 0, 2], []), floats(.f32, [1], [7])],
      output: .f32)
    #expect(bias == floats(.f32, [1, 1, 2], [7, 7]))
  }

  @Test(
    "Attributes the standard excludes are refused",
    arguments: [
      ("strides", [0, 1]), ("strides", [1]), ("dilations", [-1, 1]), ("pads", [-1, 0, 0, 0]),
      ("pads", [1, 1]), ("dilations", [Int64.max, 1]),
    ] as [(String, [Int64])])
  func refusedAttributes(name: String, values: [Int64]) {
    expectError(.invalidModel) {
      _ = try run(
        "Conv", opset: 11, [image, ones], attributes: [name: .ints(values)], output: .f32)
    }
  }

  @Test("Groups that do not divide the channels and kernels beyond the image are refused")
  func refusedShapes() {
    expectError(.invalidInput) {
      _ = try run("Conv", opset: 11, [image, ones], attributes: ["group": .int(2)], output: .f32)
    }
    expectError(.invalidInput) {
      _ = try run(
        "Conv", opset: 11, [image, ones], attributes: ["dilations": .ints([2, 2])], output: .f32)
    }
    expectError(.invalidModel) {
      _ = try run("Conv", opset: 11, [image, ones], attributes: ["group": .int(0)], output: .f32)
    }
  }

  @Test("ConvTranspose adds every window", arguments: [ElementType.f32, .f64, .f16, .bf16])
  func transposed(type: ElementType) throws {
    let y = try run(
      "ConvTranspose", opset: 22,
      [floats(type, [1, 1, 3], [1, 2, 3]), floats(type, [1, 1, 3], [1, 10, 100])], output: type)
    #expect(y == floats(type, [1, 1, 5], [1, 12, 123, 230, 300]))
  }

  @Test("ConvTranspose strides, pads, output_padding and bias")
  func transposedPlacement() throws {
    // 1 at 0 … 1, 2 at 2 … 3, padding takes element 0, output_padding adds one at the end.
    let y = try run(
      "ConvTranspose", opset: 11,
      [
        floats(.f32, [1, 1, 2], [1, 2]), floats(.f32, [1, 1, 2], [1, 10]),
        floats(.f32, [1], [1000]),
      ],
      attributes: [
        "strides": .ints([2]), "pads": .ints([1, 0]), "output_padding": .ints([1]),
      ], output: .f32)
    #expect(y == floats(.f32, [1, 1, 4], [1010, 1002, 1020, 1000]))
  }

  @Test(
    "output_shape decides the padding of ConvTranspose",
    arguments: zip(["NOTSET", "SAME_UPPER", "SAME_LOWER"], [[12, 23], [1, 12], [12, 23]]))
  func transposedOutputShape(mode: String, expected: [Double]) throws {
    // Without padding the result is 1, 12, 23, 30; output_shape takes one element away …
    let y = try run(
      "ConvTranspose", opset: 11,
      [floats(.f32, [1, 1, 3], [1, 2, 3]), floats(.f32, [1, 1, 2], [1, 10])],
      attributes: ["auto_pad": .string(mode), "output_shape": .ints([3])], output: .f32)
    // … which goes in front unless the mode is SAME_UPPER.
    let values = try #require(y.doubles)
    #expect(Array(values.prefix(2)) == expected)
    #expect(values.count == 3)
  }

  @Test("SAME makes the result of ConvTranspose stride times as long")
  func transposedSame() throws {
    let y = try run(
      "ConvTranspose", opset: 11,
      [floats(.f32, [1, 1, 2], [1, 2]), floats(.f32, [1, 1, 3], [1, 10, 100])],
      attributes: ["auto_pad": .string("SAME_UPPER"), "strides": .ints([2])], output: .f32)
    #expect(y == floats(.f32, [1, 1, 4], [1, 10, 102, 20]))
  }

  @Test("Groups of ConvTranspose write their own filters only")
  func transposedGroups() throws {
    let y = try run(
      "ConvTranspose", opset: 11,
      [
        floats(.f32, [1, 2, 2], [1, 2, 10, 20]), floats(.f32, [2, 2, 1], [1, 2, 3, 4]),
      ], attributes: ["group": .int(2)], output: .f32)
    #expect(y == floats(.f32, [1, 4, 2], [1, 2, 2, 4, 30, 60, 40, 80]))
  }

  @Test("ConvTranspose is the adjoint of Conv: ⟨Conv x, y⟩ = ⟨x, ConvTranspose y⟩")
  func adjoint() throws {
    // Small whole numbers, so that both sides are exact.
    let x = floats(.f64, [1, 2, 5, 4], (0..<40).map { Double($0 * 7 % 11) - 5 })
    let w = floats(.f64, [3, 2, 3, 2], (0..<36).map { Double($0 * 5 % 7) - 3 })
    let settings: [String: Attribute] = [
      "strides": .ints([2, 1]), "pads": .ints([1, 0, 1, 1]), "dilations": .ints([1, 2]),
    ]
    let forward = try run("Conv", opset: 11, [x, w], attributes: settings, output: .f64)
    let y = floats(
      .f64, forward.shape, (0..<forward.count).map { Double($0 * 3 % 13) - 6 })
    let back = try run("ConvTranspose", opset: 11, [y, w], attributes: settings, output: .f64)
    #expect(back.shape == x.shape)
    func inner(_ a: Tensor, _ b: Tensor) -> Double {
      zip(a.doubles ?? [], b.doubles ?? []).reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(inner(forward, y) == inner(x, back))
  }
}

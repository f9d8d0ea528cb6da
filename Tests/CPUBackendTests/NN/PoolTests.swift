import ModelFormat
import Tensors
import Testing

@Suite("MaxPool and AveragePool of the CPU backend")
struct PoolTests {
  private let row = floats(.f32, [1, 1, 5], [1, 2, 3, 4, 5])

  @Test(
    "MaxPool takes the greatest of each window", arguments: [ElementType.f32, .f64, .f16, .bf16])
  func greatest(type: ElementType) throws {
    let y = try run(
      "MaxPool", opset: 22, [floats(type, [1, 2, 3], [1, 3, 2, -4, -5, -6])],
      attributes: ["kernel_shape": .ints([2])], output: type)
    #expect(y == floats(type, [1, 2, 2], [3, 3, -4, -5]))
  }

  @Test("MaxPool of integers lets no padding win", arguments: [ElementType.i8, .u8])
  func integerTypes(type: ElementType) throws {
    let y = try run(
      "MaxPool", opset: 12, [integers(type, [1, 1, 2], [-128, -100])],
      attributes: ["kernel_shape": .ints([2]), "pads": .ints([1, 1])], output: type)
    #expect(y == integers(type, [1, 1, 3], [-128, -100, -100]))
  }

  @Test("A window of −Inf is −Inf although padding is in it")
  func negativeInfinity() throws {
    let y = try run(
      "MaxPool", opset: 12, [floats(.f32, [1, 1, 2], [-.infinity, -.infinity])],
      attributes: ["kernel_shape": .ints([2]), "pads": .ints([1, 0])], output: .f32)
    #expect(y == floats(.f32, [1, 1, 2], [-.infinity, -.infinity]))
  }

  @Test("NaN wins in every position of the window", arguments: [0, 1, 2])
  func notANumber(position: Int) throws {
    var values: [Double] = [.infinity, 1, 2, 8]
    values[position] = .nan
    let y = try run(
      "MaxPool", opset: 12, [floats(.f32, [1, 1, 4], values)],
      attributes: ["kernel_shape": .ints([3]), "strides": .ints([3])], output: .f32)
    #expect(try #require(y.doubles)[0].isNaN)
  }

  @Test("Indices count over the whole tensor and take the first of equal elements")
  func indices() throws {
    let x = floats(.f32, [1, 2, 2, 3], [5, 5, 1, 5, 5, 2, 0, 1, 2, 3, 4, 5])
    let outputs = try run(
      "MaxPool", opset: 12, [x], attributes: ["kernel_shape": .ints([2, 2])],
      outputs: [.f32, .i64])
    #expect(outputs[0] == floats(.f32, [1, 2, 1, 2], [5, 5, 4, 5]))
    #expect(outputs[1] == integers(.i64, [1, 2, 1, 2], [0, 1, 10, 11]))
  }

  @Test("storage_order 1 counts columns first within each channel")
  func columnMajorIndices() throws {
    let x = floats(.f32, [1, 2, 2, 3], [5, 5, 1, 5, 5, 2, 0, 1, 2, 3, 4, 5])
    let outputs = try run(
      "MaxPool", opset: 12, [x],
      attributes: ["kernel_shape": .ints([2, 2]), "storage_order": .int(1)],
      outputs: [.f32, .i64])
    // (row, column) = (0,0), (0,1) of channel 0; (1,1), (1,2) of channel 1.
    #expect(outputs[1] == integers(.i64, [1, 2, 1, 2], [0, 2, 9, 11]))
  }

  @Test("ceil_mode adds a window for the rest, but none that starts in the padding")
  func roundingUp() throws {
    let settings: [String: Attribute] = [
      "kernel_shape": .ints([2]), "strides": .ints([2]), "ceil_mode": .int(1),
    ]
    let y = try run("MaxPool", opset: 12, [row], attributes: settings, output: .f32)
    #expect(y == floats(.f32, [1, 1, 3], [2, 4, 5]))
    // (4 + 1 − 1) / 3 rounded up gives a third window at 6, beyond all elements.
    let dropped = try run(
      "MaxPool", opset: 12, [floats(.f32, [1, 1, 4], [1, 2, 3, 4])],
      attributes: [
        "kernel_shape": .ints([1]), "strides": .ints([2]), "ceil_mode": .int(1),
        "pads": .ints([0, 0]),
      ], output: .f32)
    #expect(dropped == floats(.f32, [1, 1, 2], [1, 3]))
  }

  @Test("Dilations and pads of MaxPool")
  func dilations() throws {
    let y = try run(
      "MaxPool", opset: 12, [floats(.f32, [1, 1, 5], [9, 1, 2, 8, 3])],
      attributes: [
        "kernel_shape": .ints([2]), "dilations": .ints([2]), "pads": .ints([1, 1]),
      ], output: .f32)
    // Windows read (−1, 1), (0, 2), (1, 3), (2, 4), (3, 5).
    #expect(y == floats(.f32, [1, 1, 5], [1, 9, 8, 3, 8]))
  }

  @Test("AveragePool divides by what it sees, or also by the padding")
  func divisors() throws {
    let settings: [String: Attribute] = ["kernel_shape": .ints([2]), "pads": .ints([1, 1])]
    let x = floats(.f32, [1, 1, 3], [2, 4, 6])
    let excluded = try run("AveragePool", opset: 22, [x], attributes: settings, output: .f32)
    #expect(excluded == floats(.f32, [1, 1, 4], [2, 3, 5, 6]))
    let included = try run(
      "AveragePool", opset: 22, [x],
      attributes: settings.merging(["count_include_pad": .int(1)]) { $1 }, output: .f32)
    #expect(included == floats(.f32, [1, 1, 4], [1, 3, 5, 3]))
  }

  @Test("What ceil_mode adds beyond the padding never counts", arguments: [10, 19, 22] as [Int64])
  func roundingUpDivisor(opset: Int64) throws {
    let y = try run(
      "AveragePool", opset: opset, [row],
      attributes: [
        "kernel_shape": .ints([3]), "strides": .ints([3]), "ceil_mode": .int(1),
        "count_include_pad": .int(1), "pads": .ints([1, 0]),
      ], output: .f32)
    // (0 + 1 + 2) / 3 and (3 + 4 + 5) / 3.
    #expect(y == floats(.f32, [1, 1, 2], [1, 4]))
    let rest = try run(
      "AveragePool", opset: opset, [row],
      attributes: [
        "kernel_shape": .ints([4]), "strides": .ints([3]), "ceil_mode": .int(1),
        "count_include_pad": .int(1),
      ], output: .f32)
    // The second window has two elements and nothing behind them.
    #expect(rest == floats(.f32, [1, 1, 2], [2.5, 4.5]))
  }

  @Test(
    "AveragePool of constants is the constant", arguments: [ElementType.f32, .f64, .f16, .bf16])
  func constants(type: ElementType) throws {
    let x = floats(type, [1, 1, 4, 4], Array(repeating: 3.25, count: 16))
    let y = try run(
      "AveragePool", opset: 22, [x],
      attributes: ["kernel_shape": .ints([3, 3]), "auto_pad": .string("SAME_LOWER")],
      output: type)
    #expect(y == x)
  }

  @Test("Pools without an axis to slide over or with an absurd kernel are refused")
  func refused() {
    expectError(.invalidInput) {
      _ = try run(
        "MaxPool", opset: 12, [floats(.f32, [1, 2], [1, 2])],
        attributes: ["kernel_shape": .ints([])], output: .f32)
    }
    expectError(.invalidModel) {
      _ = try run(
        "AveragePool", opset: 22, [row], attributes: ["kernel_shape": .ints([Int64.max])],
        output: .f32)
    }
    expectError(.invalidModel) {
      _ = try run(
        "MaxPool", opset: 12, [row],
        attributes: ["kernel_shape": .ints([2]), "auto_pad": .string("SAME")], output: .f32)
    }
  }
}

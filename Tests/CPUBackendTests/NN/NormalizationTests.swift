import ModelFormat
import Tensors
import Testing

@Suite("Normalisations and rotary embedding of the CPU backend")
struct NormalizationTests {
  private static let floatTypes: [ElementType] = [.f32, .f64, .f16, .bf16]

  private func statistics(_ type: ElementType = .f32) -> [Tensor] {
    // scale, bias, mean, variance
    [
      floats(type, [2], [2, 1]), floats(type, [2], [1, 0]), floats(type, [2], [10, 0]),
      floats(type, [2], [4, 1]),
    ]
  }

  @Test(
    "Inference uses the stored statistics whatever momentum says",
    arguments: [9, 14, 15] as [Int64])
  func inference(opset: Int64) throws {
    let x = floats(.f32, [2, 2, 1], [12, 3, 8, -3])
    let y = try run(
      "BatchNormalization", opset: opset, [x] + statistics(),
      attributes: ["epsilon": .float(0), "momentum": .float(0)], output: .f32)
    #expect(y == floats(.f32, [2, 2, 1], [3, 3, -1, -3]))
  }

  @Test("Types of data and statistics may differ from version 15 on", arguments: floatTypes)
  func mixedTypes(type: ElementType) throws {
    let y = try run(
      "BatchNormalization", opset: 15, [floats(type, [1, 2], [14, 5])] + statistics(),
      attributes: ["epsilon": .float(0)], output: type)
    #expect(y == floats(type, [1, 2], [5, 5]))
  }

  @Test("Training normalises by the batch and blends the running statistics")
  func training() throws {
    let x = floats(.f32, [2, 2], [1, 5, 3, 9])
    let outputs = try run(
      "BatchNormalization", opset: 15, [x] + statistics(),
      attributes: [
        "epsilon": .float(0), "momentum": .float(0.5), "training_mode": .int(1),
      ], outputs: [.f32, .f32, .f32])
    // Means 2 and 7, population variances 1 and 4.
    #expect(outputs[0] == floats(.f32, [2, 2], [-1, -1, 3, 1]))
    #expect(outputs[1] == floats(.f32, [2], [6, 3.5]))
    #expect(outputs[2] == floats(.f32, [2], [2.5, 2.5]))
  }

  @Test("Running statistics without training are refused, so are statistics of a wrong length")
  func refusedStatistics() {
    let x = floats(.f32, [1, 2], [14, 5])
    expectError(.invalidModel) {
      _ = try run(
        "BatchNormalization", opset: 15, [x] + statistics(), outputs: [.f32, .f32, .f32])
    }
    expectError(.invalidInput) {
      _ = try run(
        "BatchNormalization", opset: 15, [floats(.f32, [1, 3], [1, 2, 3])] + statistics(),
        output: .f32)
    }
  }

  @Test("LayerNormalization keeps the spread of rows far from zero")
  func layerCancellation() throws {
    // 10,000 ± 0.015625 has deviation 1 after normalisation; squares would lose it.
    let x = floats(.f32, [1, 4], [10_000, 10_000.03125, 10_000, 10_000.03125])
    let outputs = try run(
      "LayerNormalization", opset: 17, [x, floats(.f32, [4], [1, 1, 1, 2])],
      attributes: ["epsilon": .float(0)], outputs: [.f32, .f32, .f32])
    #expect(outputs[0] == floats(.f32, [1, 4], [-1, 1, -1, 2]))
    #expect(outputs[1] == floats(.f32, [1, 1], [10_000.015625]))
    #expect(outputs[2] == floats(.f32, [1, 1], [64]))
  }

  @Test("LayerNormalization over several axes with bias", arguments: floatTypes)
  func layerAxes(type: ElementType) throws {
    let x = floats(type, [1, 2, 2], [1, 3, 1, 3])
    let y = try run(
      "LayerNormalization", opset: 17,
      [x, floats(type, [2, 2], [1, 2, 3, 4]), floats(type, [2, 2], [0, 0, 0.5, 0.5])],
      attributes: ["axis": .int(1), "epsilon": .float(0)], output: type)
    #expect(y == floats(type, [1, 2, 2], [-1, 2, -2.5, 4.5]))
  }

  @Test("A row with NaN leaves its neighbour alone; a constant row is zero")
  func layerRows() throws {
    let y = try run(
      "LayerNormalization", opset: 17,
      [floats(.f32, [2, 2], [.nan, 1, 5, 5]), floats(.f32, [2], [1, 1])], output: .f32)
    let values = try #require(y.doubles)
    #expect(values[0].isNaN && values[1].isNaN)
    #expect(Array(values[2...]) == [0, 0])
  }

  @Test("Mean and InvStdDev have the stash type")
  func layerStash() throws {
    let outputs = try run(
      "LayerNormalization", opset: 17,
      [floats(.f16, [1, 2], [1, 3]), floats(.f16, [2], [1, 1])],
      attributes: ["stash_type": .int(16), "epsilon": .float(0)], outputs: [.f16, .bf16, .bf16])
    #expect(outputs[1] == floats(.bf16, [1, 1], [2]))
    expectError(.invalidModel) {
      _ = try run(
        "LayerNormalization", opset: 17,
        [floats(.f16, [1, 2], [1, 3]), floats(.f16, [2], [1, 1])],
        attributes: ["stash_type": .int(7)], output: .f16)
    }
  }

  @Test("RMSNormalization divides by the root mean square", arguments: floatTypes)
  func rootMeanSquare(type: ElementType) throws {
    // √((1 + 1 + 1 + 1)/4) = 1 and √((4 + 0 + 0 + 12)/4) has no exact value, so 2, 2, 2, 2.
    let y = try run(
      "RMSNormalization", opset: 23,
      [floats(type, [2, 4], [1, -1, 1, -1, 2, 2, -2, 2]), floats(type, [4], [1, 2, 3, 0.5])],
      attributes: ["epsilon": .float(0)], output: type)
    #expect(y == floats(type, [2, 4], [1, -2, 3, -0.5, 1, 2, -3, 0.5]))
  }

  @Test("RMSNormalization refuses an axis outside of the rank and a scale that does not fit")
  func rootMeanSquareRefused() {
    let x = floats(.f32, [1, 2], [1, 2])
    expectError(.invalidInput) {
      _ = try run(
        "RMSNormalization", opset: 23, [x, floats(.f32, [2], [1, 1])],
        attributes: ["axis": .int(2)], output: .f32)
    }
    expectError(.invalidInput) {
      _ = try run("RMSNormalization", opset: 23, [x, floats(.f32, [3], [1, 1, 1])], output: .f32)
    }
  }

  /// A quarter turn in row 1 and none in row 0.
  private let cosines = floats(.f32, [2, 2], [1, 1, 0, 0])
  private let sines = floats(.f32, [2, 2], [0, 0, 1, 1])

  @Test("Halves and interleaved pairs turn by the angle of their position")
  func rotary() throws {
    let x = floats(.f32, [1, 1, 2, 4], [1, 2, 3, 4, 1, 2, 3, 4])
    let positions = integers(.i64, [1, 2], [0, 1])
    let halves = try run(
      "RotaryEmbedding", opset: 23, [x, cosines, sines, positions], output: .f32)
    #expect(halves == floats(.f32, [1, 1, 2, 4], [1, 2, 3, 4, -3, -4, 1, 2]))
    let interleaved = try run(
      "RotaryEmbedding", opset: 23, [x, cosines, sines, positions],
      attributes: ["interleaved": .int(1)], output: .f32)
    #expect(interleaved == floats(.f32, [1, 1, 2, 4], [1, 2, 3, 4, -2, 1, -4, 3]))
  }

  @Test("Inputs of rank 3, tables per token and a part of the features")
  func rotaryForms() throws {
    // Two heads of three features, of which the first two turn.
    let y = try run(
      "RotaryEmbedding", opset: 23,
      [
        floats(.f32, [1, 1, 6], [1, 2, 9, 3, 4, 9]), floats(.f32, [1, 1, 1], [0]),
        floats(.f32, [1, 1, 1], [1]),
      ], attributes: ["num_heads": .int(2), "rotary_embedding_dim": .int(2)], output: .f32)
    #expect(y == floats(.f32, [1, 1, 6], [-2, 1, 9, -4, 3, 9]))
  }

  @Test("A position outside of the tables is refused", arguments: [-1, 2] as [Int128])
  func rotaryRefused(position: Int128) {
    expectError(.invalidInput) {
      _ = try run(
        "RotaryEmbedding", opset: 23,
        [
          floats(.f32, [1, 1, 1, 4], [1, 2, 3, 4]), cosines, sines,
          integers(.i64, [1, 1], [position]),
        ], output: .f32)
    }
  }
}

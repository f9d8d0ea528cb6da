import ModelFormat
import Spec
import Tensors
import Testing

/// Expected values are exact, or computed with 50 digits elsewhere.
@Suite("Windows, filters and transforms of signals")
struct SignalTests {
  private static func window(
    _ name: String, _ size: Int128, _ attributes: [String: Attribute] = [:]
  ) throws -> SingleCall {
    SingleCall(name, 17, [try .integers([size], [])], attributes)
  }

  @Test("Windows are periodic unless they are asked to be symmetric")
  func windows() throws {
    #expect(try Self.window("HannWindow", 4).reals() == [0, 0.5, 1, 0.5])
    #expect(
      try Self.window("HannWindow", 5, ["periodic": .int(0)]).reals() == [0, 0.5, 1, 0.5, 0])
    #expect(try Self.window("HannWindow", 3).reals() == [0, 0.75, 0.75])
    let hamming = try Self.window("HammingWindow", 4).reals()
    let side = Double(Float(25.0 / 46))
    #expect(hamming == [Double(Float(4.0 / 46)), side, 1, side])
    let blackman = try Self.window("BlackmanWindow", 6).reals()
    for (value, expected) in zip(blackman, [0, 0.13, 0.63, 1, 0.63, 0.13]) {
      #expect(abs(value - expected) < 1e-7)
    }
    #expect(try Self.window("BlackmanWindow", 0).shape() == [0])
    let none = try Self.window("HannWindow", 0, ["output_datatype": .int(6)])
    #expect(try none.column().undefined.isEmpty)
  }

  @Test("Windows of integers are truncated, and either neighbour of a whole number is right")
  func truncatedWindows() throws {
    let call = try Self.window("HannWindow", 6, ["output_datatype": .int(6)])
    #expect(try call.integers() == [0, 0, 0, 1, 0, 0])
    guard case .oneOf(let choices) = try call.column().columns else { throw NoTensor() }
    #expect(choices.map(\.integers) == [[0, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0, 0]])
  }

  @Test("What the steps in float32 change is open in float64, and so is a symmetric single point")
  func openWindows() throws {
    let double: [String: Attribute] = ["output_datatype": .int(11)]
    #expect(try Self.window("HannWindow", 4, double).column().undefined.isEmpty)
    #expect(try Self.window("HammingWindow", 4, double).column().undefined[1])
    #expect(
      try Self.window("HannWindow", 1, ["periodic": .int(0)]).column().undefined == [true])
  }

  @Test("Windows of other types, of negative size or of several sizes are not evaluated")
  func refusedWindows() throws {
    #expect(try Self.window("HannWindow", 4, ["output_datatype": .int(9)]).refusal() == .invalid)
    #expect(try Self.window("HannWindow", -1).refusal() == .unsupported)
    #expect(try Self.window("HannWindow", .init(Int64.max)).refusal() == .unsupported)
    #expect(
      SingleCall("HannWindow", 17, [try .integers([4, 4])]).refusal() == .invalid)
  }

  private static func filters(
    _ bands: Int128, _ length: Int128, _ rate: Int128, _ low: Double, _ high: Double,
    _ attributes: [String: Attribute] = [:]
  ) throws -> SingleCall {
    SingleCall(
      "MelWeightMatrix", 17,
      [
        try .integers([bands], []), try .integers([length], []), try .integers([rate], []),
        try .reals([low], []), try .reals([high], []),
      ], attributes)
  }

  @Test("One filter rises to its centre and falls to its edge")
  func oneFilter() throws {
    let call = try Self.filters(1, 40, 1000, 50, 450)
    let matrix = try call.reals()
    #expect(try call.shape() == [21, 1])
    #expect(matrix.max() == 1)
    #expect(matrix.prefix(3).allSatisfy { $0 == 0 })
    #expect(try #require(call.golden().outputs.first).alternatives.count > 1)
    #expect(try Self.filters(0, 40, 1000, 50, 450).refusal() == .unsupported)
    #expect(
      try Self.filters(1, 40, 1000, 50, 450, ["output_datatype": .int(9)]).refusal() == .invalid)
  }

  private static func spectrum(
    _ version: Int64, _ values: [Double], _ shape: Shape, _ attributes: [String: Attribute] = [:],
    length: Int128? = nil, axis: Int128? = nil, type: ElementType = .f64
  ) throws -> SingleCall {
    SingleCall(
      "DFT", version,
      [
        try .reals(values, shape, type: type), try length.map { try .integers([$0], []) },
        try axis.map { try .integers([$0], []) },
      ], attributes)
  }

  @Test("Transforms of four numbers, forward and inverse")
  func quarterTurns() throws {
    let call = try Self.spectrum(17, [1, 2, 3, 4], [1, 4, 1])
    #expect(try call.reals() == [10, 0, -2, 2, -2, 0, -2, -2])
    let back = try Self.spectrum(
      20, [10, 0, -2, 2, -2, 0, -2, -2], [1, 4, 2], ["inverse": .int(1)])
    #expect(try back.reals() == [1, 0, 2, 0, 3, 0, 4, 0])
  }

  @Test("Lengths cut signals and fill them up")
  func lengths() throws {
    #expect(
      try Self.spectrum(17, [1, 2, 3, 4], [1, 4, 1], length: 2).reals() == [3, 0, -1, 0])
    // 1 + 2·e^(−2πj/3·k)
    let root = 3.0.squareRoot()
    for (value, expected) in zip(
      try Self.spectrum(20, [1, 2], [1, 2, 1], length: 3).reals(), [3, 0, 0, -root, 0, root])
    {
      #expect(abs(value - expected) < 1e-15)
    }
  }

  @Test("Half a spectrum, and the signal it belongs to")
  func half() throws {
    let forward = try Self.spectrum(17, [1, 2, 3, 4], [1, 4, 1], ["onesided": .int(1)])
    #expect(try forward.reals() == [10, 0, -2, 2, -2, 0])
    let both: [String: Attribute] = ["onesided": .int(1), "inverse": .int(1)]
    // Imaginary parts of the first and the middle bin have no meaning.
    let back = try Self.spectrum(20, [10, 7, -2, 2, -2, 5], [1, 3, 2], both)
    #expect(try back.reals() == [1, 2, 3, 4])
    #expect(try back.shape() == [1, 4, 1])
  }

  @Test("The axis is counted with the axis of the parts, which it must not be")
  func axes() throws {
    let values = [1.0, 2, 3, 4]
    #expect(
      try Self.spectrum(20, values, [2, 2, 1], axis: 0).reals() == [4, 0, 6, 0, -2, 0, -2, 0])
    #expect(
      try Self.spectrum(17, values, [2, 2, 1], ["axis": .int(-2)]).reals()
        == [3, 0, -1, 0, 7, 0, -1, 0])
    #expect(try Self.spectrum(20, values, [2, 2, 1], axis: -1).refusal() == .invalid)
    #expect(try Self.spectrum(17, values, [2, 2, 1], ["axis": .int(3)]).refusal() == .invalid)
    #expect(
      try Self.spectrum(17, values, [1, 2, 2], ["onesided": .int(1)]).refusal() == .invalid)
    #expect(
      try Self.spectrum(17, values, [1, 4, 1], length: .init(Int64.max)).refusal() == .unsupported)
  }

  @Test("Empty signals of absurd shapes end in a refusal")
  func emptySignals() throws {
    let half: [String: Attribute] = ["onesided": .int(1), "inverse": .int(1)]
    #expect(try Self.spectrum(17, [], [0, 1 << 62, 2], half).refusal() != nil)
    #expect(
      try Self.spectrum(17, [], [0, 1 << 40, 1 << 40, 2], ["axis": .int(0)]).refusal() != nil)
    #expect(
      try Self.spectrum(20, [], [1 << 40, 0, 1 << 40, 2], length: 2, axis: 1).refusal() != nil)
  }

  @Test("Every legal transform agrees on an irrational spectrum", arguments: [7, 8, 11, 12])
  func decompositions(_ count: Int) throws {
    // A long way round would lose digits that the sensitivities then show as huge.
    let values = (0..<count).map { Double($0 * $0 % 5) - 1.5 }
    let column = try Self.spectrum(20, values, [1, count, 1], type: .f32).column()
    guard case .composite(let reals, let side) = column.columns else { throw NoTensor() }
    #expect(abs(reals.high[0] - values.reduce(0, +)) < 1e-12)
    #expect(side.compute.allSatisfy { $0 < 40 } && side.accumulate.allSatisfy { $0 < 40 })
  }

  @Test("Frames start every frame_step and are weighted before they are transformed")
  func frames() throws {
    let signal = try Value.reals([1, 2, 3, 4, 5], [1, 5, 1], type: .f64)
    let window = try Value.reals([2, 1], type: .f64)
    let call = SingleCall("STFT", 17, [signal, try .integers([2], []), window])
    #expect(try call.shape() == [1, 2, 2, 2])
    #expect(try call.reals() == [4, 0, 0, 0, 10, 0, 2, 0])
    let whole = SingleCall("STFT", 17, [signal, try .integers([9], [])])
    #expect(try whole.shape() == [1, 1, 3, 2])
    #expect(
      SingleCall(
        "STFT", 17, [signal, try .integers([2], []), window, try .integers([3], [])]
      ).refusal() == .invalid)
    #expect(
      SingleCall("STFT", 17, [signal, try .integers([2], []), nil, try .integers([6], [])])
        .refusal() == .invalid)
  }
}

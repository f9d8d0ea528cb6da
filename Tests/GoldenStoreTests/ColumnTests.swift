import Spec
import Tensors
import Testing

@testable import GoldenStore

/// Goldens as columns.
struct ColumnTests {
  /// Writes and reads one golden by way of a file's bytes.
  private func stored(_ golden: Golden) throws -> Golden {
    var writer = GoldenWriter()
    writer.append(golden, id: "case")
    let file = try Safetensors(parsing: writer.file.encoded, file: "sample")
    return try GoldenReader(file: file, fileName: "sample").golden("case")
  }

  private func golden(_ value: GoldenValue) -> Golden {
    Golden(outputs: [GoldenOutput(name: "y", alternatives: [value])])
  }

  private static func tensor(
    _ columns: GoldenColumns, _ type: ElementType = .f32, shape: Shape = [3],
    signedZero: Bool = false, undefined: [Bool] = [], required: RequiredPrecision = .none
  ) -> GoldenValue {
    .tensor(
      GoldenTensor(
        type: type, shape: shape, columns: columns, signedZero: signedZero, undefined: undefined,
        required: required))
  }

  @Test("The precision that an output requires comes back, and none stays none")
  func required() throws {
    for required in [
      RequiredPrecision.none,
      RequiredPrecision(factors: 8, accumulator: 19, truncating: 24, compute: 53),
    ] {
      let golden = golden(Self.tensor(.rounded(Self.reals), required: required))
      #expect(try stored(golden) == golden)
    }
  }

  private static let reals = RealColumn(high: [1.5, -0.0, .infinity])

  private static let sensitivity = Sensitivity(
    compute: [1, 2, 3], accumulate: [4, 4, 4], storage: [0.5, 0.25, 1], input: [9, 8, 7],
    truncation: [16, 32, 0])

  private static let kinds: [GoldenColumns] = [
    .rounded(reals),
    .elementwise(reals, ElementwiseBudget(ulps: 3)),
    .elementwise(
      reals, ElementwiseBudget(ulps: 2.5, absolute: [0, 1, 0.5], range: 0...(.infinity))),
    .elementwise(reals, ElementwiseBudget(ulps: 5, range: -1...1)),
    .accumulated(
      reals,
      Accumulation(
        magnitude: [1, 2, 3], productEnergy: [4, 5, 6], pathEnergy: [7, 8, 9], height: [1, 2, 3],
        hasProducts: true)),
    .accumulated(
      reals,
      Accumulation(
        magnitude: [1, 1, 1], productEnergy: [0, 0, 0], pathEnergy: [2, 2, 2], height: [5, 5, 5],
        hasProducts: false)),
    .accumulated(
      reals,
      Accumulation(
        magnitude: [1, 1, 1], productEnergy: [0, 0, 0], pathEnergy: [2, 2, 2], height: [5, 5, 5],
        hasProducts: false, exactBits: 12, divisor: 128)),
    .accumulated(
      reals,
      Accumulation(
        magnitude: [1, 0x1p128, 3], productEnergy: [4, 0x1.8p1023, .infinity],
        pathEnergy: [7, 0x1p300, 9], height: [1, 2, 3], hasProducts: false)),
    .accumulated(
      reals,
      Accumulation(
        magnitude: [1, 2, .infinity], productEnergy: [0x1p200, 0x1p200, 0x1p200],
        pathEnergy: [7, 8, 9], height: [1, 2, 3], hasProducts: false)),
    .product(
      reals, ProductRange(largest: [8, 9, 1e300], smallest: [0, 1e-300, 1], height: [2, 0, 4])),
    .composite(
      reals,
      Sensitivity(
        compute: [1, 2, 3], accumulate: [0, 0, 0], storage: [0.5, 0.25, 1], input: [9, 9, 9])),
    .model(reals, sensitivity, TokenRule(axes: [0], isLogits: true)),
    .model(reals, sensitivity, TokenRule(axes: [], isLogits: false)),
    .model(reals, sensitivity, nil),
    .quantised(
      QuantisedColumn(
        value: [-3, 0.5, .infinity], lowest: [-3, 0, 127], highest: [-3, 1, 127])),
    .quantised(
      QuantisedColumn(
        value: [1, 2, 3], lowest: [1, 2, 3], highest: [1, 2, 3], sensitivity: [1, 0, 2])),
    .selection(SelectionColumn(indices: [5, -1, Int64.max])),
    .selection(SelectionColumn(indices: [2, 0, 1], tieGroup: [1, 1, 0])),
    .random(.uniform(low: -1, high: 0.1)),
    .random(.normal(mean: 1e-3, deviation: 2)),
    .random(.bernoulli([0, 0.25, 1])),
    .random(.categorical([0.1, 0.9], classes: 2)),
  ]

  @Test("Every kind of column reads back what was written", arguments: ColumnTests.kinds.indices)
  func everyKind(_ index: Int) throws {
    for signedZero in [false, true] {
      for undefined in [[], [true, false, true]] {
        let golden = golden(
          Self.tensor(Self.kinds[index], signedZero: signedZero, undefined: undefined))
        #expect(try stored(golden) == golden)
      }
    }
  }

  @Test("Sums within float32's range are stored as float32, sums beyond it as float64")
  func rangeOfSums() throws {
    func stored(_ magnitude: Double, as type: Safetensors.StoredType) throws -> Bool {
      let side = Accumulation(
        magnitude: [1, 2, magnitude], productEnergy: [1, 1, 1], pathEnergy: [1, 1, 1],
        height: [1, 1, 1], hasProducts: false)
      var writer = GoldenWriter()
      writer.append(golden(Self.tensor(.accumulated(Self.reals, side))), id: "case")
      let file = try Safetensors(parsing: writer.file.encoded, file: "sample")
      return try file.bytes("case/0/S", type: type) != nil
    }
    let largest = Double(Float.greatestFiniteMagnitude)
    #expect(try stored(largest, as: .f32))
    #expect(try !stored(largest, as: .f64))
    #expect(try stored(2 * largest, as: .f64))
    #expect(try !stored(2 * largest, as: .f32))
  }

  @Test("The sign of a stored zero survives")
  func signs() throws {
    let again = try stored(golden(Self.tensor(.rounded(Self.reals))))
    guard case .tensor(let tensor) = again.outputs[0].alternatives[0],
      case .rounded(let reals) = tensor.columns
    else {
      Issue.record("no rounded column")
      return
    }
    #expect(reals.high[1].sign == .minus)
  }

  @Test("The low parts of float64 results read back")
  func lowParts() throws {
    let reals = RealColumn(high: [1, 2, 3], low: [0x1p-60, 0, -0x1p-70])
    let golden = golden(Self.tensor(.rounded(reals), .f64))
    #expect(try stored(golden) == golden)
  }

  @Test(
    "Exact codes of wide, narrow and packed types read back",
    arguments: [ElementType.f32, .f16, .u8, .i64, .bool, .u4, .i2, .c64, .e4m3fn])
  func codes(_ type: ElementType) throws {
    let count = try #require(type.byteCount(of: 4))
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: type == .bool ? $0 % 2 : 37 * $0 + 1) }
    let tensor = try #require(Tensor(type: type, shape: [2, 2], bytes: bytes))
    let golden = golden(Self.tensor(.exact(tensor), type, shape: [2, 2], signedZero: true))
    #expect(try stored(golden) == golden)
  }

  @Test("Alternatives by element read back, also a single one")
  func oneOf() throws {
    let first = try #require(Tensor(type: .u8, shape: [3], bytes: [1, 2, 3]))
    let second = try #require(Tensor(type: .u8, shape: [3], bytes: [1, 9, 3]))
    for choices in [[first], [first, second], [first, second, first]] {
      let golden = golden(Self.tensor(.oneOf(choices), .u8))
      #expect(try stored(golden) == golden)
    }
  }

  @Test("Strings read back, with quotes, control characters and none at all")
  func strings() throws {
    let texts = try #require(Tensor(shape: [3], strings: ["", "\"\\\n\u{1}", "\u{1f600}"]))
    let others = try #require(Tensor(shape: [3], strings: ["a", "b", "c"]))
    for columns in [GoldenColumns.exact(texts), .oneOf([texts, others])] {
      let golden = golden(Self.tensor(columns, .string))
      #expect(try stored(golden) == golden)
    }
  }

  @Test("Tensors without elements read back")
  func empty() throws {
    let none = try #require(Tensor(type: .f32, shape: [0, 4], bytes: []))
    let columns: [GoldenColumns] = [
      .exact(none), .rounded(RealColumn(high: [])), .selection(SelectionColumn(indices: [])),
      .accumulated(
        RealColumn(high: []),
        Accumulation(
          magnitude: [], productEnergy: [], pathEnergy: [], height: [], hasProducts: true)),
    ]
    for column in columns {
      let golden = golden(Self.tensor(column, shape: [0, 4]))
      #expect(try stored(golden) == golden)
    }
  }

  @Test("Sequences, optionals, maps and open values read back, nested and empty")
  func structures() throws {
    let number = Self.tensor(.rounded(Self.reals))
    let type = ValueType.tensor(.f32)
    let values: [GoldenValue] =
      [
        .sequence([number, number], element: type),
        .sequence([], element: type),
        .sequence([.sequence([number], element: type)], element: .sequence(type)),
        .optional(number, content: type),
        .optional(nil, content: .sequence(type)),
        .optional(.sequence([number], element: type), content: .sequence(type)),
        .undefined(type: type, shape: [2, 3]),
        .undefined(type: type, shape: []),
        .undefined(type: .sequence(type), shape: nil),
      ] + (try Self.maps())
    for value in values {
      let golden = golden(value)
      #expect(try stored(golden) == golden)
    }
  }

  /// Maps by themselves, without keys and in a sequence.
  private static func maps() throws -> [GoldenValue] {
    let numbers = try #require(Tensor(type: .i64, shape: [3], wrapping: [9, -1, 0]))
    let texts = try #require(Tensor(shape: [3], strings: ["a", "", "日本"]))
    let none = try #require(Tensor(type: .i64, shape: [0], bytes: []))
    guard case .tensor(let values) = tensor(.rounded(reals)),
      case .tensor(let nothing) = tensor(.rounded(RealColumn(high: [])), shape: [0])
    else { return [] }
    let map = GoldenValue.map(keys: texts, values: values)
    return [
      .map(keys: numbers, values: values), map, .map(keys: none, values: nothing),
      .sequence([map, map], element: .map(key: .string, value: .tensor(.f32))),
    ]
  }

  @Test("Several outputs, alternatives and flushed outputs read back under their own names")
  func outputs() throws {
    let first = Self.tensor(.rounded(Self.reals))
    let second = Self.tensor(.rounded(RealColumn(high: [7, 8, 9])))
    let golden = Golden(
      outputs: [
        GoldenOutput(name: "values", alternatives: [first, second]),
        GoldenOutput(name: "rest", alternatives: [.optional(second, content: .tensor(.f32))]),
      ],
      flushedOutputs: [
        GoldenOutput(name: "values", alternatives: [second]),
        GoldenOutput(name: "rest", alternatives: [first]),
      ])
    #expect(try stored(golden) == golden)
  }

  @Test("A constant column is stored once and reads back whole; the zeros are not constant")
  func constants() throws {
    var writer = GoldenWriter()
    let constant = golden(
      Self.tensor(.rounded(RealColumn(high: [Double](repeating: 7, count: 100))), shape: [100]))
    let zeros = golden(Self.tensor(.rounded(RealColumn(high: [0, -0.0])), shape: [2]))
    writer.append(constant, id: "constant")
    writer.append(zeros, id: "zeros")
    let file = try Safetensors(parsing: writer.file.encoded, file: "sample")
    #expect(try file.bytes("constant/0/g", type: .f64)?.count == 8)
    #expect(try file.bytes("zeros/0/g", type: .f64)?.count == 16)
    #expect(try stored(constant) == constant)
  }

  @Test("A case that the file does not hold is missing, the others are there")
  func missing() throws {
    var writer = GoldenWriter()
    writer.append(golden(Self.tensor(.rounded(Self.reals))), id: "here")
    let file = try Safetensors(parsing: writer.file.encoded, file: "sample")
    let reader = GoldenReader(file: file, fileName: "sample")
    #expect(reader.holds("here") && !reader.holds("there"))
    #expect(throws: GoldenError.missing(caseID: "there", file: "sample")) {
      try reader.golden("there")
    }
  }
}

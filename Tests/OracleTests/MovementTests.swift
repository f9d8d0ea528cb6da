import ModelFormat
import Spec
import Tensors
import Testing

@Suite("Operators that move elements")
struct MovementTests {
  private static let least = Int128(Int64.min)
  private static let most = Int128(Int64.max)

  private static func slice(
    _ start: Int128, _ end: Int128, step: Int128
  ) throws -> SingleCall {
    SingleCall(
      "Slice", 13,
      [
        try .reals([0, 1, 2, 3, 4]), try .integers([start]), try .integers([end]),
        try .integers([0]), try .integers([step]),
      ])
  }

  @Test("Slice takes the extreme integers as beginning and end, in both directions")
  func extremes() throws {
    #expect(try Self.slice(Self.least, Self.most, step: 1).reals() == [0, 1, 2, 3, 4])
    #expect(try Self.slice(Self.most, Self.least, step: -1).reals() == [4, 3, 2, 1, 0])
    #expect(try Self.slice(Self.most, Self.least, step: 1).reals() == [])
    #expect(try Self.slice(0, Self.most, step: Self.most).reals() == [0])
    #expect(try Self.slice(4, Self.least, step: Self.least).reals() == [4])
  }

  @Test("Slice counts negative positions from the end, and refuses a step of 0")
  func slice() throws {
    #expect(try Self.slice(-3, -1, step: 1).reals() == [2, 3])
    #expect(try Self.slice(-1, -6, step: -2).reals() == [4, 2, 0])
    #expect(try Self.slice(0, 5, step: 0).refusal() == .invalid)
  }

  private static func pad(_ mode: String, _ before: Int128, _ after: Int128) throws -> SingleCall {
    SingleCall(
      "Pad", 19, [try .reals([1, 2, 3]), try .integers([before, after]), try .reals([9], [])],
      ["mode": .string(mode)])
  }

  @Test("Pad reflects without the border, wraps, repeats the edge, and removes")
  func pad() throws {
    #expect(try Self.pad("reflect", 2, 2).reals() == [3, 2, 1, 2, 3, 2, 1])
    #expect(try Self.pad("wrap", 1, 2).reals() == [3, 1, 2, 3, 1, 2])
    #expect(try Self.pad("edge", 1, 2).reals() == [1, 1, 2, 3, 3, 3])
    #expect(try Self.pad("constant", 1, 1).reals() == [9, 1, 2, 3, 9])
    #expect(try Self.pad("constant", -1, 1).reals() == [2, 3, 9])
    #expect(try Self.pad("constant", -2, -2).refusal() == .invalid)
    #expect(try Self.pad("mirror", 1, 1).refusal() == .invalid)
  }

  @Test("Gather counts negative indices from the end and refuses those outside")
  func gather() throws {
    let x = try Value.reals([10, 20, 30])
    #expect(try SingleCall("Gather", 13, [x, try .integers([-1, 0])]).reals() == [30, 10])
    #expect(try SingleCall("Gather", 13, [x, try .integers([1], [])]).shape() == [])
    #expect(SingleCall("Gather", 13, [x, try .integers([3])]).refusal() == .invalid)
    #expect(SingleCall("Gather", 13, [x, try .integers([-4])]).refusal() == .invalid)
  }

  @Test("Concat joins along an inner axis")
  func concat() throws {
    let call = SingleCall(
      "Concat", 13, [try .reals([1, 2], [2, 1]), try .reals([3, 4, 5, 6], [2, 2])],
      ["axis": .int(-1)])
    #expect(try call.reals() == [1, 3, 4, 2, 5, 6])
    #expect(try call.shape() == [2, 3])
  }

  @Test("Transpose reverses the axes by default")
  func transpose() throws {
    let x = try Value.reals([1, 2, 3, 4, 5, 6], [2, 3])
    #expect(try SingleCall("Transpose", 13, [x]).reals() == [1, 4, 2, 5, 3, 6])
    #expect(try SingleCall("Transpose", 13, [x]).shape() == [3, 2])
    #expect(
      SingleCall("Transpose", 13, [x], ["perm": .ints([0, 0])]).refusal() == .invalid)
  }

  @Test("Reshape copies a dimension for 0, infers one for −1, and refuses what does not fit")
  func reshape() throws {
    let x = try Value.reals([1, 2, 3, 4, 5, 6], [2, 3])
    func reshaped(_ shape: [Int128]) throws -> SingleCall {
      SingleCall("Reshape", 14, [x, try .integers(shape)])
    }
    #expect(try reshaped([0, -1]).shape() == [2, 3])
    #expect(try reshaped([-1]).shape() == [6])
    #expect(try reshaped([3, 2]).reals() == [1, 2, 3, 4, 5, 6])
    #expect(try reshaped([4, -1]).refusal() == .invalid)
    #expect(try reshaped([-1, -1]).refusal() == .invalid)
    let empty = SingleCall(
      "Reshape", 14, [try .reals([], [0, 3]), try .integers([3, 0])], ["allowzero": .int(1)])
    #expect(try empty.shape() == [3, 0])
  }

  private static func scatter(_ reduction: String?) throws -> SingleCall {
    SingleCall(
      "ScatterND", 18,
      [try .reals([1, 2, 3]), try .integers([1, 1], [2, 1]), try .reals([10, 20])],
      reduction.map { ["reduction": .string($0)] } ?? [:])
  }

  @Test("ScatterND with duplicate indices admits either update, element by element")
  func duplicates() throws {
    guard case .oneOf(let tensors) = try Self.scatter(nil).column().columns else {
      Issue.record("duplicates give no choice")
      return
    }
    #expect(tensors.compactMap(\.doubles) == [[1, 10, 3], [1, 20, 3]])
  }

  @Test("ScatterND with a reduction takes every update")
  func reductions() throws {
    #expect(try Self.scatter("add").reals() == [1, 32, 3])
    #expect(try Self.scatter("mul").reals() == [1, 400, 3])
    #expect(try Self.scatter("max").reals() == [1, 20, 3])
    #expect(try Self.scatter("min").reals() == [1, 2, 3])
    #expect(try Self.scatter("mean").refusal() == .invalid)
  }

  @Test("NonZero lists positions by axis")
  func nonZero() throws {
    let call = SingleCall("NonZero", 13, [try .reals([0, 5, 7, 0], [2, 2])])
    #expect(try call.integers() == [0, 1, 1, 0])
    #expect(try call.shape() == [2, 2])
  }

  @Test("StringConcat joins texts and broadcasts")
  func stringConcat() throws {
    let call = SingleCall("StringConcat", 20, [try .strings(["a", ""]), try .strings(["x"])])
    #expect(try call.tensor().strings == ["ax", "x"])
  }
}

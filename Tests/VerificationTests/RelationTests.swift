import Spec
import Tensors
import Testing

@testable import Verification

@Suite("Relations (models §3): either side may err once")
struct RelationTests {
  private static let shape = [2]

  /// Bounds of 2^-17 on both elements: ς = 16 of an edge, u = 2^-24, 8σ.
  private static func golden(undefined: [Bool] = []) -> GoldenTensor {
    GoldenTensor(
      type: .f32, shape: shape,
      columns: ModelTests.columns([0, 0], storage: [16, 16], rule: nil), undefined: undefined)
  }

  private func compared(
    _ a: [Double], _ b: [Double], golden: GoldenTensor = golden(), type: ElementType = .f32
  ) throws -> Judgement {
    let left = try #require(Tensor(type: type, shape: [a.count], rounding: a))
    let right = try #require(Tensor(type: .f32, shape: Self.shape, rounding: b))
    return Verifier.compare(
      RelationSide(name: "next.y", tensor: left), RelationSide(name: "whole.y", tensor: right),
      golden: golden, in: JudgementContext(mode: .strict, twin: .random))
  }

  @Test("Results up to twice the bound apart agree; beyond they are a relation that does not hold")
  func twice() throws {
    // The bound is 2^-17, twice of it 2^-16: 0x1.fp-17 is just below.
    #expect(try compared([0x1.fp-18, 0], [-0x1.fp-18, 0]).verdict == .pass)
    let failed = try compared([0, 0x1.08p-16], [0, -0x1p-24])
    #expect(failed.verdict == .fail(.relation))
    #expect(failed.message.contains("next.y[1]"))
    #expect(failed.message.contains("1 of 2 elements"))
    #expect(failed.worst?.index == [1])
    #expect(failed.metrics.map(\.output) == ["next.y ~ whole.y"])
  }

  @Test("A class of value on one side only is a relation that does not hold")
  func classes() throws {
    #expect(try compared([.nan, 0], [0, 0]).verdict == .fail(.relation))
    #expect(try compared([.infinity, 0], [-.infinity, 0]).verdict == .fail(.relation))
    #expect(try compared([.nan, .infinity], [.nan, .infinity]).verdict == .pass)
    #expect(
      try compared([.nan, 0], [0, 0], golden: Self.golden(undefined: [true, false])).verdict
        == .pass)
  }

  @Test("A side of another type or shape names itself")
  func structure() throws {
    #expect(try compared([0, 0], [0, 0], type: .f16).verdict == .fail(.type))
    #expect(try compared([0, 0, 0], [0, 0]).verdict == .fail(.shape))
  }

  @Test("Where the golden is exact, bits are equal")
  func exact() throws {
    let codes = try #require(Tensor(type: .f32, shape: Self.shape, rounding: [1, 2]))
    let golden = GoldenTensor(type: .f32, shape: Self.shape, columns: .exact(codes))
    #expect(try compared([1, 2], [1, 2], golden: golden).verdict == .pass)
    #expect(try compared([1, 2.0000002], [1, 2], golden: golden).verdict == .fail(.relation))
  }

  @Test("A golden of a class without bounds for relations is inconclusive, never a pass")
  func otherClass() throws {
    let golden = GoldenTensor(
      type: .f32, shape: Self.shape, columns: .rounded(RealColumn(high: [0, 0])))
    #expect(try compared([0, 0], [0, 0], golden: golden).verdict == .inconclusive(.golden))
  }

  @Test("The golden of a part has the columns of its elements, in row-major order")
  func parts() throws {
    let whole = GoldenTensor(
      type: .f32, shape: [2, 3],
      columns: ModelTests.columns(
        [0, 1, 2, 3, 4, 5], storage: [10, 11, 12, 13, 14, 15], rule: nil),
      undefined: [false, true, false, false, false, true])
    let part = try #require(whole.sliced(TensorSlice(axis: 1, range: 1..<3)))
    #expect(part.shape == [2, 2])
    #expect(part.undefined == [true, false, false, true])
    guard case .model(let reals, let side, _) = part.columns else {
      Issue.record("another class")
      return
    }
    #expect(reals.high == [1, 2, 4, 5])
    #expect(side.storage == [11, 12, 14, 15])
    #expect(whole.sliced(TensorSlice(axis: 1, range: 1..<4)) == nil)
    #expect(whole.sliced(TensorSlice(axis: 2, range: 0..<1)) == nil)
  }
}

import Spec
import Tensors
import Testing

@testable import Proof

@Suite("Differences that a case declares legal")
struct LegalDifferenceTests {
  private static func floats(_ values: [Double]) throws -> Value {
    .tensor(try #require(Tensor(type: .f32, shape: [values.count], rounding: values)))
  }

  private static func golden(
    _ columns: GoldenColumns, type: ElementType = .f32, signedZero: Bool = false,
    undefined: [Bool] = []
  ) -> [GoldenOutput] {
    [
      GoldenOutput(
        name: "Y",
        alternatives: [
          .tensor(
            GoldenTensor(
              type: type, shape: [2], columns: columns, signedZero: signedZero,
              undefined: undefined))
        ])
    ]
  }

  private static func reals(_ values: [Double]) -> GoldenColumns {
    .rounded(RealColumn(high: values))
  }

  @Test("An element that the standard leaves open may differ, its neighbour may not")
  func undefined() throws {
    let golden = Self.golden(Self.reals([1, 2]), undefined: [true, false])
    let plain = [try Self.floats([1, 2])]
    #expect(
      LegalDifference.reasons(
        plain: plain, changed: [try Self.floats([9, 2])], golden: golden) == [.undefined])
    #expect(
      LegalDifference.reasons(
        plain: plain, changed: [try Self.floats([9, 3])], golden: golden) == nil)
  }

  @Test("The sign of a zero is open where it is not judged, and nowhere else")
  func zeroSign() throws {
    let (plain, changed) = ([try Self.floats([0, 2])], [try Self.floats([-0.0, 2])])
    let free = Self.golden(Self.reals([0, 2]))
    #expect(LegalDifference.reasons(plain: plain, changed: changed, golden: free) == [.zeroSign])
    let judged = Self.golden(Self.reals([0, 2]), signedZero: true)
    #expect(LegalDifference.reasons(plain: plain, changed: changed, golden: judged) == nil)
  }

  @Test("Staying inside an error bound is not a declaration")
  func bound() throws {
    let golden = Self.golden(
      .elementwise(RealColumn(high: [1, 2]), ElementwiseBudget(ulps: 1_000_000)))
    #expect(
      LegalDifference.reasons(
        plain: [try Self.floats([1, 2])], changed: [try Self.floats([1.001, 2])], golden: golden)
        == nil)
  }

  @Test("Indices may change places inside a tie group only")
  func ties() throws {
    func indices(_ values: [Int128]) throws -> Value {
      .tensor(try #require(Tensor(type: .i64, shape: [2], wrapping: values)))
    }
    let tied = Self.golden(
      .selection(SelectionColumn(indices: [3, 5], tieGroup: [1, 1])), type: .i64)
    let strict = Self.golden(.selection(SelectionColumn(indices: [3, 5])), type: .i64)
    let (plain, changed) = ([try indices([3, 5])], [try indices([5, 3])])
    #expect(LegalDifference.reasons(plain: plain, changed: changed, golden: tied) == [.tieGroup])
    #expect(LegalDifference.reasons(plain: plain, changed: changed, golden: strict) == nil)
  }

  @Test("What all of several results with bounds leave open is open, what lies between them is not")
  func alternativesWithBounds() throws {
    func golden(signedZero: Bool) -> [GoldenOutput] {
      let parts = [[0.0, 2], [0, 3]].flatMap { Self.golden(Self.reals($0), signedZero: signedZero) }
      return [GoldenOutput(name: "Y", alternatives: parts.flatMap(\.alternatives))]
    }
    let plain = [try Self.floats([0, 2])]
    let (sign, value) = ([try Self.floats([-0.0, 2])], [try Self.floats([0, 3])])
    let (free, judged) = (golden(signedZero: false), golden(signedZero: true))
    #expect(LegalDifference.reasons(plain: plain, changed: sign, golden: free) == [.zeroSign])
    #expect(LegalDifference.reasons(plain: plain, changed: sign, golden: judged) == nil)
    #expect(LegalDifference.reasons(plain: plain, changed: value, golden: free) == nil)
  }

  @Test("One of several exact results is as good as another")
  func alternatives() throws {
    let (one, two) = (try Self.floats([1, 2]), try Self.floats([1, 3]))
    let tensors = try [one, two].map { try #require($0.tensor) }
    let golden = Self.golden(.oneOf(tensors))
    #expect(
      LegalDifference.reasons(plain: [one], changed: [two], golden: golden) == [.alternatives])
  }
}

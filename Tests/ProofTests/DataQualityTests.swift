import GoldenStore
import Spec
import Tensors
import Testing

@testable import Proof

@Suite("Results that say too little (numerics §9.4)")
struct DataQualityTests {
  /// Forty results of 1 to 40 and two far below their bound of 8·0.25.
  private func findings(_ columns: (RealColumn, Sensitivity) -> GoldenColumns) throws -> [String] {
    let entry = try #require(try GateSample().entries.first)
    let values = (1...40).map { 8 * Double($0) } + [0x1p-3, -0x1p-3]
    let none = [Float](repeating: 0, count: values.count)
    let side = Sensitivity(
      compute: [Float](repeating: 0x1p22, count: values.count), accumulate: none, storage: none,
      input: none)
    let golden = GoldenTensor(
      type: .f32, shape: [values.count], columns: columns(RealColumn(high: values), side))
    return DataQuality(
      entry: entry,
      golden: Golden(outputs: [GoldenOutput(name: "y", alternatives: [.tensor(golden)])]),
      inputs: [], previous: nil
    ).findings.keys.map(\.rawValue)
  }

  @Test("Two of 42 results within their bound of zero are small, in a model they stand for a token")
  func small() throws {
    #expect(try findings { .composite($0, $1) } == ["small"])
    #expect(try findings { .model($0, $1, TokenRule(axes: [], isLogits: false)) } == [])
    #expect(try findings { .model($0, $1, nil) } == [])
  }
}

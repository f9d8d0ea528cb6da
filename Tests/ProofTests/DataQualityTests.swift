import GoldenStore
import Spec
import Tensors
import Testing

@testable import Proof

@Suite("Results that say too little (numerics §9.4)")
struct DataQualityTests {
  /// What is found in a golden made by hand, of a case whose group has the class.
  private func findings(
    _ golden: GoldenTensor, of accuracyClass: AccuracyClass = .rounded
  ) throws -> [String] {
    DataQuality(
      entry: try #require(try GateSample(accuracyClass: accuracyClass).entries.first),
      golden: Golden(outputs: [GoldenOutput(name: "y", alternatives: [.tensor(golden)])]),
      inputs: [], previous: nil
    ).findings.keys.map(\.rawValue)
  }

  /// Forty results of 8 to 320 and two far below their bound of 8·0.25.
  private func nearZero(
    _ columns: (RealColumn, Sensitivity) -> GoldenColumns
  ) throws -> [String] {
    let values = (1...40).map { 8 * Double($0) } + [0x1p-3, -0x1p-3]
    let none = [Double](repeating: 0, count: values.count)
    let side = Sensitivity(
      compute: [Double](repeating: 0x1p22, count: values.count), accumulate: none, storage: none,
      input: none)
    return try findings(
      GoldenTensor(
        type: .f32, shape: [values.count], columns: columns(RealColumn(high: values), side)))
  }

  @Test("Two of 42 results within their bound of zero are small, in a model they stand for a token")
  func small() throws {
    #expect(try nearZero { .composite($0, $1) } == ["small"])
    #expect(try nearZero { .model($0, $1, TokenRule(axes: [], isLogits: false)) } == [])
    #expect(try nearZero { .model($0, $1, nil) } == [])
  }

  /// 18 results of two distinct values.
  private func twoValues(
    _ accuracyClass: AccuracyClass, type: ElementType
  ) throws -> [String] {
    let tensor = try #require(
      Tensor(type: type, shape: [18], wrapping: (0..<18).map { $0 % 3 == 0 ? 5 : 9 }))
    return try findings(
      GoldenTensor(type: type, shape: [18], columns: .exact(tensor)), of: accuracyClass)
  }

  @Test("Indices that are compared bit by bit may repeat; other results may not")
  func repeatedIndices() throws {
    #expect(try twoValues(.indices, type: .i64) == [])
    for type in [ElementType.i32, .u8] {
      #expect(try twoValues(.indices, type: type) == ["repeated"], "\(type)")
    }
    #expect(try twoValues(.exact, type: .i64) == ["repeated"])
  }
}

import Cases
import Spec
import Tensors
import Testing
import Verification

@testable import Proof

/// Which results may repeat, told by goldens made by hand.
struct RepeatedIndicesTests {
  private static func entry(_ accuracyClass: AccuracyClass) throws -> CaseEntry {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    let standard = try Standard.load(from: root + "/conformance-cases/standard")
    let yaml = GateSample.yaml.split(separator: "\n").filter { !$0.contains("TRIVIAL") }
      .joined(separator: "\n")
      .split(separator: "class: rounded").joined(separator: "class: \(accuracyClass.rawValue)")
    return try #require(
      try CaseCatalogue(texts: [("math/Add.yaml", yaml)], standard: standard).entries.first)
  }

  /// The findings for 18 results of two distinct values.
  private static func findings(
    _ accuracyClass: AccuracyClass, type: ElementType
  ) throws -> [Triviality: String] {
    let tensor = try #require(
      Tensor(type: type, shape: [18], wrapping: (0..<18).map { $0 % 3 == 0 ? 5 : 9 }))
    let golden = Golden(outputs: [
      GoldenOutput(
        name: "Y",
        alternatives: [.tensor(GoldenTensor(type: type, shape: [18], columns: .exact(tensor)))])
    ])
    return DataQuality(
      entry: try entry(accuracyClass), golden: golden, inputs: [], previous: nil
    ).findings
  }

  @Test("Indices that are compared bit by bit may repeat; other results may not")
  func repeatedIndices() throws {
    #expect(try Self.findings(.indices, type: .i64) == [:])
    for type in [ElementType.i32, .u8] {
      #expect(try Self.findings(.indices, type: type).keys.map { $0 } == [.repeated], "\(type)")
    }
    #expect(try Self.findings(.exact, type: .i64).keys.map { $0 } == [.repeated])
  }
}

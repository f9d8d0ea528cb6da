import Spec
import Testing

@testable import Cases

/// Counting what the cases reach.
struct CoverageTests {
  private static let text = """
    operator: Relu
    versions: [6, 13, 14]
    accuracy: {class: exact}
    constraints:
      C1: the output has the shape and type of the input
      C2: negative numbers become zero
    groups:
      - name: values
        intent: a negative number that stays
        covers: [C2]
        versions: [14]
        for: {T: [f32, i8]}
        inputs: [{shape: [3], fill: normal}]
      - name: refused
        intent: a type that the signature does not list
        covers: [C1]
        expect: must-reject
        for: {outside: [bool]}
        inputs: [{type: $outside, shape: [3], fill: zeros}]
    """

  private static func coverage() throws -> Coverage {
    let catalogue = try CaseCatalogue(
      texts: [("Relu.yaml", text)], standard: Repository.standard())
    return try Coverage(of: catalogue, tier: .full)
  }

  private static func row(_ kind: CoverageKind, of coverage: Coverage) throws -> Coverage.Row {
    try #require(coverage.rows.first { $0.kind == kind })
  }

  @Test(
    "Denominators are those of ONNX 1.23: 552 versions in force, 2,986 types, 426 attributes",
    arguments: [
      (CoverageKind.versionsInForce, 552), (.versionsBefore, 77), (.versionsElsewhere, 30),
      (.newestOperators, 223), (.slots, 2_986), (.slotsInForce, 8_384), (.attributes, 426),
      (.accepted, 2), (.rejected, 2),
    ])
  func denominators(kind: CoverageKind, size: Int) throws {
    let row = try Self.row(kind, of: Self.coverage())
    #expect(row.covered.count + row.missing.count == size)
  }

  @Test("Only judged cases cover versions and types; refused ones cover constraints")
  func numerators() throws {
    let coverage = try Self.coverage()
    #expect(try Self.row(.versionsInForce, of: coverage).covered.map(\.text) == ["Relu-14"])
    let slots = try Self.row(.slots, of: coverage)
    #expect(slots.covered.map(\.text) == ["Relu-14 T=f32", "Relu-14 T=i8"])
    #expect(slots.missing.contains { $0.text == "Relu-14 T=bf16" })
    #expect(try Self.row(.accepted, of: coverage).covered.map(\.text) == ["Relu C2"])
    #expect(try Self.row(.rejected, of: coverage).covered.map(\.text) == ["Relu C1"])
  }

  @Test("A record survives its file and names what a later catalogue has lost")
  func record() throws {
    let record = CoverageRecord(try Self.coverage())
    #expect(try CoverageRecord(parsing: record.bytes) == record)
    #expect(record.lost(in: try Self.coverage()).isEmpty)
    let poorer = try CaseCatalogue(
      texts: [("Relu.yaml", Self.text.replacing("[f32, i8]", with: "[f32]"))],
      standard: Repository.standard())
    #expect(
      record.lost(in: try Coverage(of: poorer, tier: .full)) == ["slots: Relu-14 T=i8"])
    #expect(throws: (any Error).self) { try CoverageRecord(parsing: Array("{}".utf8)) }
  }
}

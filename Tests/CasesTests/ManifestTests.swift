import Cases
import Testing

@Suite("The manifest")
struct ManifestTests {
  private let entries: [CaseEntry]
  private let manifest: Manifest

  init() throws {
    entries = try CaseCatalogue(
      load: Repository.cases, standard: Repository.standard(), filter: CaseFilter("op(Softmax)")
    ).entries
    manifest = Manifest(
      suiteVersion: "2026.1", oracleVersion: "1", entries: entries,
      goldenDigests: ["operators/nn/Softmax.safetensors": "aa"])
  }

  @Test("A manifest reads back what was written, and writes the same bytes again")
  func roundTrip() throws {
    let again = try Manifest(parsing: manifest.bytes)
    #expect(again == manifest)
    #expect(again.bytes == manifest.bytes)
  }

  @Test("Counts per tier nest")
  func tiers() {
    #expect(manifest.caseCount(of: .ci) == entries.count { $0.group.tier != .full })
    #expect(manifest.caseCount(of: .smoke) > 0)
    #expect(manifest.caseCount(of: .full) >= manifest.caseCount(of: .ci))
    #expect(manifest.caseCount(of: .heavy) == 0)
  }

  @Test("The suite it was made of has no finding")
  func unchanged() { #expect(manifest.findings(entries: entries).isEmpty) }

  @Test("A lost, an added and a missing case are found, with the remedy")
  func changed() throws {
    let group = try #require(entries.first?.id.group)
    let count = entries.count { $0.id.group == group }
    let lost = manifest.findings(entries: Array(entries.dropFirst()))
    #expect(
      lost.map { "\($0)" } == [
        "expected \(count) cases in group \(group), the case files give \(count - 1): "
          + "run scripts/regenerate"
      ])
    let without = entries.filter { $0.id.group != group }
    #expect(manifest.findings(entries: without) == [.missingGroup(group, expected: count)])
    #expect(manifest.findings(entries: without, isComplete: false).isEmpty)
    let smaller = Manifest(
      suiteVersion: "2026.1", oracleVersion: "1", entries: without, goldenDigests: [:])
    #expect(smaller.findings(entries: entries) == [.unknownGroup(group, found: count)])
  }

  @Test("Changed, lost and stray golden files are found")
  func goldens() {
    let path = "operators/nn/Softmax.safetensors"
    #expect(manifest.findings(goldenDigests: [path: "aa"]).isEmpty)
    #expect(
      manifest.findings(goldenDigests: [path: "bb"])
        == [.wrongGolden(path: path, expected: "aa", found: "bb")])
    #expect(manifest.findings(goldenDigests: [:]) == [.missingGolden(path: path)])
    #expect(
      manifest.findings(goldenDigests: [path: "aa", "x": "y"]) == [.unknownGolden(path: "x")])
  }

  @Test(
    "Other documents are refused",
    arguments: ["", "{}", "[]", #"{"schema": "assay.manifest.v9"}"#])
  func refused(_ text: String) {
    #expect(throws: ManifestError.self) { try Manifest(parsing: Array(text.utf8)) }
  }
}

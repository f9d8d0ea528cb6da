import Testing

@testable import Cases

@Suite("The manifest")
struct ManifestTests {
  private let entries: [CaseEntry]
  private let manifest: Manifest

  private static let outline = FileOutline(
    digest: "cc", caseCounts: [.smoke: 2, .ci: 20],
    elements: [.init(line: 14, tiers: [.smoke]), .init(line: 20, tiers: [.ci, .full])])

  init() throws {
    entries = try CaseCatalogue(
      load: Repository.cases, standard: Repository.standard(), filter: CaseFilter("op(Softmax)")
    ).entries
    manifest = Manifest(
      suiteVersion: "2026.1", oracleVersion: "1", entries: entries,
      files: ["operators/nn/Softmax.yaml": Self.outline],
      goldenDigests: ["operators/nn/Softmax.safetensors": "aa"])
  }

  @Test("A manifest reads back what was written, and writes the same bytes again")
  func roundTrip() throws {
    let again = try Manifest(parsing: manifest.bytes)
    #expect(again == manifest)
    #expect(again.bytes == manifest.bytes)
    let brief = try Manifest(parsing: manifest.bytes, readsGroups: false)
    #expect(brief.groupCounts == nil)
    #expect(brief.files == manifest.files)
    #expect(brief.goldenDigests == manifest.goldenDigests)
  }

  @Test("The outline of a file is written so that it can be read")
  func outline() {
    let text = #"{"cases":{"ci":20,"smoke":2},"elements":"14:smoke 20:ci+full","sha256":"cc"}"#
    #expect(Self.outline.json.canonicalText == text)
  }

  @Test(
    "An outline with lines out of order, or tiers that do not exist, is refused",
    arguments: ["14:smoke 14:ci", "20:ci 14:smoke", "14", "14:", "x:ci", "14:daily", "0:ci"])
  func wrongElements(_ elements: String) {
    let text = String(decoding: manifest.bytes, as: UTF8.self)
      .replacing("14:smoke 20:ci+full", with: elements)
    #expect(throws: ManifestError.self) { try Manifest(parsing: Array(text.utf8)) }
  }

  @Test("A file without the elements of other tiers keeps its lines")
  func reduced() {
    let outline = FileOutline(
      digest: "", caseCounts: [:],
      elements: [
        .init(line: 2, tiers: [.smoke]), .init(line: 4, tiers: [.ci]),
        .init(line: 5, tiers: [.full, .smoke]),
      ])
    func reduced(_ tier: Tier) -> String {
      String(decoding: outline.reduced(Array("head\na\nA\nb\nc\nC".utf8), to: tier), as: UTF8.self)
    }
    #expect(reduced(.smoke) == "head\na\nA\n\nc\nC")
    #expect(reduced(.full) == "head\na\nA\nb\nc\nC")
    #expect(reduced(.heavy) == "head\n\n\n\n\n")
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
      suiteVersion: "2026.1", oracleVersion: "1", entries: without, files: [:],
      goldenDigests: [:])
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

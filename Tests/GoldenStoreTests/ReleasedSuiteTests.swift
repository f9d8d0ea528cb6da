import Cases
import ModelFormat
import Spec
import Testing

@testable import GoldenStore

/// Loading a suite from its folders, whole and in part.
struct ReleasedSuiteTests {
  private let cases: ScratchDirectory
  private let goldens: ScratchDirectory

  init() throws {
    (cases, goldens) = (try ScratchDirectory(), try ScratchDirectory())
    try cases.link("standard", to: TinyCatalogue.standardDirectory)
    try write(TinyCatalogue.tieredText, "operators/math/Add.yaml")
    try write(TinyCatalogue.softmaxText, "operators/nn/Softmax.yaml")
    try publish()
  }

  private func write(_ text: String, _ path: String) throws {
    try GoldenFileBytes.write(Array(text.utf8), to: cases.path(path))
  }

  private func publish() throws {
    let catalogue = try CaseCatalogue(load: cases.root, standard: TinyCatalogue.standard())
    let made = GoldenMaking(catalogue: catalogue).files()
    try #require(made.failures.isEmpty, "\(made.failures)")
    _ = try GoldenPublication(
      directory: goldens.root, catalogue: catalogue, files: made.files
    ).publish()
  }

  private func suite(_ tier: Tier? = nil, _ filter: String? = nil) throws -> ReleasedSuite {
    try ReleasedSuite(
      cases: cases.root, goldens: goldens.root, tier: tier,
      filter: filter.map { try CaseFilter($0) })
  }

  /// What the suite's loading ends with.
  private func message(_ tier: Tier? = nil, _ filter: String? = nil) -> String {
    do { _ = try suite(tier, filter) } catch { return "\(error)" }
    return "loaded"
  }

  private func ids(_ suite: ReleasedSuite) -> [String] {
    suite.catalogue.entries.map { "\($0.id)" }
  }

  private func digest(_ entry: CaseEntry, _ suite: ReleasedSuite) throws -> String {
    try CaseDigest.hexadecimal(
      of: suite.catalogue.materialise(entry), accuracyClass: entry.group.accuracyClass,
      goldenDigest: suite.goldens.digest(for: entry))
  }

  @Test(
    "A tier reads only its groups, and the cases are those of the whole suite",
    arguments: Tier.allCases)
  func tiers(_ tier: Tier) throws {
    let whole = try suite()
    let part = try suite(tier)
    let wanted = whole.catalogue.entries.filter { tier.contains($0.group.tier) }
    #expect(ids(part) == wanted.map { "\($0.id)" })
    for (entry, other) in zip(part.catalogue.entries, wanted) {
      #expect(try digest(entry, part) == digest(other, whole))
      #expect(part.catalogue.source(of: entry) == whole.catalogue.source(of: other))
      guard entry.expectation == .mustMatch else { continue }
      #expect(throws: Never.self) { try part.goldens.golden(for: entry) }
    }
  }

  @Test("A filter keeps other files unread, so that nothing in them matters")
  func filter() throws {
    try write("nonsense: [", "operators/nn/Softmax.yaml")
    let part = try suite(.full, "op(=Add)")
    #expect(!part.catalogue.entries.isEmpty)
    #expect(part.catalogue.entries.allSatisfy { $0.group.operatorName == "Add" })
    #expect(message().contains("Softmax.yaml:2"))
  }

  @Test("A file that is not the manifest's is an error, even where only a comment differs")
  func changed() throws {
    try write("# changed\n" + TinyCatalogue.softmaxText, "operators/nn/Softmax.yaml")
    for tier in [nil, Tier.smoke, .ci] {
      #expect(
        message(tier).contains(
          "operators/nn/Softmax.yaml is not the file that the manifest was made of: run scripts/regenerate"
        ))
    }
    #expect(message(.smoke, "op(=Add)") == "loaded")
  }

  @Test(
    "What is wrong in a changed file is named by its line, in the tiers that do not need it too")
  func broken() throws {
    try write(
      TinyCatalogue.tieredText.replacing("tier: full", with: "tier: daily"),
      "operators/math/Add.yaml")
    #expect(message(.smoke).contains("Add.yaml:"))
    #expect(message(.smoke).contains("daily"))
  }

  @Test("Lost, added and fewer cases are found")
  func counts() throws {
    try write(
      TinyCatalogue.softmaxText.replacing("f32, f16", with: "f32"), "operators/nn/Softmax.yaml")
    #expect(message().contains("expected 1 cases in group onnx/Softmax-13/f16/rows"))
    try write(TinyCatalogue.softmaxText, "operators/nn/Softmax.yaml")
    try write(TinyCatalogue.tieredText, "operators/nn/Extra.yaml")
    #expect(message(.smoke).contains("Extra"))
    cases.remove("operators/nn/Extra.yaml")
    #expect(message(.smoke) == "loaded")
    cases.remove("operators/nn/Softmax.yaml")
    #expect(
      message(.smoke).contains("operators/nn/Softmax.yaml is in the manifest but does not exist"))
    #expect(message(.smoke, "op(=Add)") == "loaded")
  }

  @Test("A manifest that promises other cases of a tier than the file gives is an error")
  func promised() throws {
    let path = goldens.path(Manifest.fileName)
    let text = String(decoding: try GoldenFileBytes.read(path), as: UTF8.self)
    let more = text.replacing(#""smoke":1"#, with: #""smoke":2"#)
    try #require(more != text)
    try GoldenFileBytes.write(Array(more.utf8), to: path)
    #expect(
      message(.smoke).contains(
        "expected 2 cases of tier smoke in operators/math/Add.yaml, it gives 1"))
  }

  @Test("A file whose groups share an anchor is read whole")
  func anchors() throws {
    let shared = TinyCatalogue.tieredText
      .replacing("fill: {normal, sigma: 4}, # first", with: "fill: &wide {normal, sigma: 4},")
      .replacing("fill: {normal, sigma: 4}, # later", with: "fill: *wide,")
    try #require(shared.contains("*wide") && shared.contains("&wide"))
    try write(shared, "operators/math/Add.yaml")
    try publish()
    let manifest = try suite().manifest
    let text = String(decoding: manifest.bytes, as: UTF8.self)
    #expect(
      text.contains(
        #""operators/math/Add.yaml": {"cases":{"ci":1,"full":1,"smoke":1},"elements":"""#))
    #expect(try ids(suite(.smoke)) == ["onnx/Add-14/f32/sums#000"])
  }

  @Test("Models state the rank of their outputs where a golden knows it, and keep what is stated")
  func ranks() throws {
    let whole = try suite()
    func shapes(_ id: String) throws -> [[Dimension]?] {
      let entry = try #require(CaseID(id).flatMap { whole.catalogue.entry($0) })
      return try whole.materialise(entry).model.graph.outputs.map(\.shape)
    }
    #expect(try shapes("onnx/Add-14/f32/sums#000") == [[.unknown]])
    #expect(try shapes("onnx/Softmax-13/f16/rows#000") == [[.unknown, .unknown]])
    // Nothing is known of a model that has to be refused.
    #expect(try shapes("onnx/Add-14/f32/misfits#000") == [nil])
    let entry = try #require(whole.catalogue.entries.first)
    #expect(try whole.catalogue.materialise(entry).model.graph.outputs.map(\.shape) == [nil])
  }

  @Test("The parts of the released suite are those of the whole", arguments: [Tier.smoke, .ci])
  func released(_ tier: Tier) throws {
    let (cases, goldens) = (
      TinyCatalogue.root + "/conformance-cases", TinyCatalogue.root + "/golden-outputs"
    )
    let whole = try ReleasedSuite(cases: cases, goldens: goldens)
    let part = try ReleasedSuite(cases: cases, goldens: goldens, tier: tier)
    #expect(
      ids(part)
        == whole.catalogue.entries.filter { tier.contains($0.group.tier) }.map { "\($0.id)" })
  }
}

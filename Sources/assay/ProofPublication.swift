import Cases
import Glibc
import GoldenStore
import Proof
import Reports
import Spec
import Verification

/// What a proof leaves behind: the page, the document, and the record of its figures.
struct ProofPublication {
  let folder: String
  /// The folder of the goldens, which holds the record.
  let goldens: String
  let tier: String

  private var recordPath: String { goldens + "/" + Discrimination.fileName }

  /// Figures that moved since they were recorded; none where there is no record.
  func drift(of summary: ProofSummary) throws -> [ProofFinding] {
    guard let recorded = try recorded() else { return [] }
    return recorded.drift(to: Discrimination(summary), in: summary.selection)
  }

  /// Records the figures of the selected groups; whether the record changed.
  func record(_ summary: ProofSummary, of suite: Suite) throws -> Bool {
    let old = try recorded()
    let measured = Discrimination(summary)
    let groups = Set(suite.catalogue.entries.map(\.group.id))
    let new = old?.updated(by: measured, existing: groups) ?? measured
    guard new != old else { return false }
    try write(new.bytes, to: recordPath)
    return true
  }

  func writePage(_ summary: ProofSummary) throws {
    guard let page = ProofPage.page(summary, tier: tier) else {
      throw CommandStop(.harness, "libcrypto cannot hash the style sheet")
    }
    try write(Array(page.utf8), to: folder + "/proof.html")
  }

  /// `path`: where the document goes.
  func writeDocument(_ summary: ProofSummary, of suite: Suite, to path: String) throws {
    var families: [String: String] = [:]
    for selected in summary.selection.cases where families[selected.operatorName] == nil {
      let parts = suite.catalogue.source(of: selected.entry).path.split(separator: "/")
      families[selected.operatorName] = parts.suffix(2).first.map { String($0) }
    }
    let document = ProofMarkdown(summary, tier: tier, families: families)
    try write(Array(document.text.utf8), to: path)
  }

  func writeWitnessLog(_ summary: ProofSummary, to path: String) throws {
    try write(WitnessLog.bytes(summary), to: path)
  }

  /// The recorded figures of a group; nil where there are none.
  static func figures(of group: String, in goldens: String) throws -> Discrimination.Figures? {
    try ProofPublication(folder: "", goldens: goldens, tier: "").recorded()?.groups[group]
  }

  private func recorded() throws -> Discrimination? {
    guard access(recordPath, F_OK) == 0 else { return nil }
    do {
      return try Discrimination(parsing: try FileContents.bytes(at: recordPath))
    } catch {
      throw CommandStop(.usage, "\(error)")
    }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    do { try AtomicFile.write(bytes, to: path) } catch { throw CommandStop(.harness, "\(error)") }
  }
}

import BackendHost
import GoldenStore
import Oracle
import Reports
import Runner
import Spec
import Verification

/// A run over a folder in the classic ONNX test layout.
struct ForeignRun {
  let cases: ForeignCases
  let digest: String

  init(folder: String, standardAt cases: String, options: RunOptions) throws {
    let suite: ForeignSuite
    do throws(ForeignSuiteError) { suite = try ForeignSuite(scanning: folder) } catch {
      throw CommandStop(.usage, "\(error)")
    }
    let standard = try Standard.load(from: cases + "/standard")
    self.cases = ForeignCases(
      suite: suite, oracle: Oracle(standard: standard), mode: options.mode)
    digest = self.cases.planDigest
  }

  /// The column of our own verdicts, read from the records.
  static func ownColumn(_ records: [CaseRecord]) -> SecondJudgement? {
    var accepts: [String: Bool] = [:]
    for record in records {
      guard let line = record.details.first(where: { $0.hasPrefix(ForeignCases.ownVerdict) })
      else { continue }
      let text = line.dropFirst(ForeignCases.ownVerdict.count)
      if !text.hasPrefix("none") { accepts[record.caseID] = text.hasPrefix("pass") }
    }
    return accepts.isEmpty ? nil : SecondJudgement(title: "Assay", accepts: accepts)
  }
}

package import Verification

/// A record with the status policy gives it: one row of every report.
package struct Entry: Hashable, Sendable {
  package let record: CaseRecord
  package let isMandatory: Bool
  package let status: Status

  package init(_ record: CaseRecord, isMandatory: Bool) {
    self.record = record
    self.isMandatory = isMandatory
    status = Status(record, isMandatory: isMandatory)
  }

  /// The closed code of the status, e.g. `value.bound`, `crash.signal`, `harness.golden`.
  package var code: String {
    let code = record.verdict.code
    return switch status {
    case .pass, .flaky, .missing, .filtered: status.rawValue
    case .fail where record.verdict.kind == .unsupported:
      Verdict.FailureCode.unsupportedMandatory.rawValue
    case .fail, .unsupported: code
    case .crash, .timeout: "\(status.rawValue).\(code)"
    case .inconclusive: "harness.\(code)"
    }
  }

  /// Error over bound of the worst element; infinite where a number cannot say it; nil if unknown.
  package var worstRatio: Double? {
    if let worst = record.worst { return worst.ratio }
    return record.metrics.map(\.worstRatio).max()
  }

  /// The operator or model together with its domain, e.g. `Softmax`, `model/tiny-llama`.
  package var subject: String {
    record.domain == "onnx" ? record.operatorName : "\(record.domain)/\(record.operatorName)"
  }
}

extension Entry {
  /// The order of failure lists: by severity, then furthest beyond the bound, then by case id.
  package static func worstFirst(_ a: Entry, _ b: Entry) -> Bool {
    if a.status.severity != b.status.severity { return a.status.severity < b.status.severity }
    let (left, right) = (a.rank, b.rank)
    return left != right ? left > right : a.record.caseID < b.record.caseID
  }

  /// The ratio as a sortable number: a wrong class (NaN or infinite ratio) comes first.
  private var rank: Double {
    guard let ratio = worstRatio else { return -1 }
    return ratio.isNaN ? .infinity : ratio
  }
}

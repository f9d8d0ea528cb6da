import Cases
import Verification

extension CaseRecord {
  /// The record of a judged case.
  init(entry: CaseEntry, digest: String, judgement: Judgement) {
    let group = entry.group
    self.init(
      caseID: "\(entry.id)", caseDigest: digest,
      domain: group.domain.isEmpty ? "onnx" : group.domain, operatorName: group.operatorName,
      sinceVersion: group.sinceVersion, types: group.types, intent: group.intent,
      accuracyClass: group.accuracyClass.rawValue, verdict: judgement.verdict)
    message = judgement.message
    details = judgement.details
    worst = judgement.worst
    metrics = judgement.metrics
    schemes = judgement.schemes
  }
}

package import BackendHost
package import Tensors
package import Verification

/// Cases in a fixed order that can be executed and judged: the suite's own, or a foreign one.
///
/// The pool of workers knows nothing else about what it executes.
package protocol CaseSource: Sendable {
  var count: Int { get }
  /// The id of a case, unique within the source.
  func caseID(at position: Int) -> String
  /// What a backend is given next, after what was observed of the case so far; nil when nothing is
  /// left to execute. There is always a first request.
  func request(at position: Int, after observations: [CaseObservation]) throws
    -> PreparedRequest?
  /// The record of what was observed, one observation for each request; nil for a case that the
  /// worker never came to.
  func record(
    of observations: [CaseObservation], at position: Int, digest: String
  ) -> CaseRecord?
  /// The record of a case that cannot be made.
  func record(ofDefect reason: String, at position: Int) -> CaseRecord
  /// Failures that only all records together show, by case id.
  func pooledFailures(_ records: [CaseRecord]) -> [String: String]
}

extension CaseSource {
  package func pooledFailures(_ records: [CaseRecord]) -> [String: String] { [:] }
}

/// An execution of a case ready to be sent.
package struct PreparedRequest: Sendable {
  package let model: [UInt8]
  package let inputs: [Value]
  /// Of the case's whole content, the same for each of its executions.
  package let digest: String

  package init(model: [UInt8], inputs: [Value], digest: String) {
    self.model = model
    self.inputs = inputs
    self.digest = digest
  }
}

/// A backend's answer other than success: what it declined, or what went wrong inside it.
package struct Refusal: Error, Hashable, Sendable {
  /// What the refusal amounts to.
  package enum Status: Hashable, Sendable, CaseIterable {
    /// Legal, but not supported by this backend.
    case unsupported
    /// The backend considers the model ill-formed.
    case invalidModel
    /// Inputs or options that do not fit.
    case invalidArgument
    case outOfMemory
    /// Anything else that went wrong inside the backend.
    case error
    /// No device, or a device that was lost: the worker should be replaced.
    case deviceUnavailable
    /// The backend claims success, but what it hands out cannot be read.
    case malformed
  }

  /// What is unsupported; `other` beside every other status.
  package enum Reason: Int32, Hashable, Sendable, CaseIterable {
    case `operator` = 1
    case opset, dtype, rank, shape, attribute, dynamicShape, layout, numericMode, memory, other
  }

  package var status: Status
  package var reason: Reason
  /// For people; from the backend, therefore of any length and content unless `init` cleaned it.
  package var message: String

  package init(_ status: Status, reason: Reason = .other, message: String) {
    (self.status, self.reason, self.message) = (status, reason, message)
  }
}

extension Refusal.Status {
  /// The wire's number for this status.
  var wire: Assay_Worker_Status {
    switch self {
    case .unsupported: .unsupported
    case .invalidModel: .invalidModel
    case .invalidArgument: .invalidArgument
    case .outOfMemory: .outOfMemory
    case .error: .error
    case .deviceUnavailable: .deviceUnavailable
    case .malformed: .malformed
    }
  }

  /// Nil for OK and for a missing status; a status of a newer protocol is an error.
  init?(_ wire: Assay_Worker_Status) {
    switch wire {
    case .unspecified, .ok: return nil
    case .unsupported: self = .unsupported
    case .invalidModel: self = .invalidModel
    case .invalidArgument: self = .invalidArgument
    case .outOfMemory: self = .outOfMemory
    case .error, .UNRECOGNIZED: self = .error
    case .deviceUnavailable: self = .deviceUnavailable
    case .malformed: self = .malformed
    }
  }
}

extension Refusal.Reason {
  /// The wire's number for this reason.
  var wire: Assay_Worker_Reason { Assay_Worker_Reason(rawValue: Int(rawValue)) ?? .other }

  /// An unknown or missing reason is `other`.
  init(_ wire: Assay_Worker_Reason) {
    self = Int32(exactly: wire.rawValue).flatMap(Self.init(rawValue:)) ?? .other
  }
}

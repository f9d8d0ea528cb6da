import Runner
import Verification

/// Ends a command with a documented exit code and, unless empty, one message on stderr.
struct CommandStop: Error {
  let code: Verification.ExitCode
  let message: String

  init(_ code: Verification.ExitCode, _ message: String = "") {
    self.code = code
    self.message = message
  }
}

extension CommandStop {
  /// A log that cannot be read, holds nothing, or was changed.
  init(_ error: EventLogError) {
    let code: ExitCode =
      switch error {
      case .unreadable, .unwritable, .inUse: .usage
      case .empty: .incomplete
      case .broken: .tampered
      }
    self.init(code, "\(error)")
  }
}

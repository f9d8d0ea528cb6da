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

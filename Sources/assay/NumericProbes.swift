import Probing
import Runner
import Verification

/// Probing before a run, or instead of one.
enum NumericProbes {
  /// One record for each operator, type and field.
  static func records(_ options: RunOptions) throws -> [ProbeRecord] {
    do throws(RunError) { return try ProbeReport.records(of: options) } catch {
      throw CommandStop(.usage, "\(error)")
    }
  }
}

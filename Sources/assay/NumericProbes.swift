import BackendHost
import Probing
import Runner
import Verification

/// Probing before a run, or instead of one.
enum NumericProbes {
  /// One record for each operator, type and field; `worker` is asked first, and lives on
  /// where no probe ended it.
  static func records(_ options: RunOptions, worker: WorkerSession?) throws -> [ProbeRecord] {
    do throws(RunError) { return try ProbeReport.records(of: options, worker: worker) } catch {
      throw CommandStop(.usage, "\(error)")
    }
  }
}

import BackendHost
import Dispatch
import Synchronization
package import Verification

/// Executes cases on a pool of workers and writes the event log.
package struct CaseRun {
  private let cases: any CaseSource
  private let options: RunOptions
  private let started: SessionStart?

  /// `started`: a worker with these options that waits for its first case; the run ends it.
  package init(
    _ cases: any CaseSource, options: RunOptions, started: SessionStart? = nil
  ) {
    self.cases = cases
    self.options = options
    self.started = started
  }

  /// What a finished run knows.
  package struct Result: Sendable {
    /// One record per executed case, in the order judged; resumed ones first.
    package let records: [CaseRecord]
    /// Whether cases were left out.
    package let wasInterrupted: Bool
  }

  /// Runs every case that `judged` does not hold yet.
  ///
  /// `log` has its plan and start written. `shouldStop` is asked while waiting; true ends the run
  /// after the cases in flight.
  package func run(
    log: sending EventLog, judged: [CaseRecord],
    observer: @escaping @Sendable (CaseRecord) -> Void,
    shouldStop: @escaping @Sendable () -> Bool
  ) throws(RunError) -> Result {
    let records = Mutex<[CaseRecord]>(judged)
    let ledger = RunLedger(log: log) { record in
      records.withLock { $0.append(record) }
      observer(record)
    }
    let known = Set(judged.map(\.caseID))
    let queue = WorkQueue(
      (0..<cases.count).filter { !known.contains(cases.caseID(at: $0)) })
    try work(off: queue, ledger, shouldStop)
    let all = records.withLock { $0 }
    let wasInterrupted = all.count < cases.count
    let pooled = wasInterrupted ? all : pooledRecords(all, ledger)
    ledger.append([.runEnded(wasInterrupted: wasInterrupted)])
    ledger.synchronise()
    if let error = ledger.failure { throw .log(error) }
    return Result(records: pooled, wasInterrupted: wasInterrupted)
  }

  /// Runs every case of the queue, on one thread for each worker.
  private func work(
    off queue: WorkQueue, _ ledger: RunLedger, _ shouldStop: () -> Bool
  ) throws(RunError) {
    let failure = Mutex<RunError?>(nil)
    let group = DispatchGroup()
    let loops = WaitingLoops(
      (0..<options.jobs).map { number in
        WorkerLoop(
          cases: cases, options: options, queue: queue, ledger: ledger,
          started: number == 0 ? started : nil)
      })
    for _ in 0..<options.jobs {
      DispatchQueue.global().async(group: group) {
        do throws(RunError) {
          try loops.next()?.run()
        } catch {
          queue.stop()
          failure.withLock { $0 = $0 ?? error }
        }
      }
    }
    while group.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
      if shouldStop() { queue.stop() }
    }
    if let error = ledger.failure { throw .log(error) }
    if let error = failure.withLock({ $0 }) { throw error }
  }

  /// Applies the rules over all records; a changed record is logged again.
  private func pooledRecords(_ records: [CaseRecord], _ ledger: RunLedger) -> [CaseRecord] {
    let failures = cases.pooledFailures(records)
    return records.map { record in
      guard let reason = failures[record.caseID] else { return record }
      var changed = record
      changed.verdict = .fail(.valueDistribution)
      changed.message = reason
      ledger.append([.caseJudged(changed)])
      return changed
    }
  }
}

/// Loops on their way to the threads that run them; each goes to one.
private final class WaitingLoops: @unchecked Sendable {
  // Unchecked: only `next` reads or writes it, one thread at a time, and no loop is handed out twice.
  private var loops: [WorkerLoop]
  private let turn = Mutex(())

  init(_ loops: [WorkerLoop]) { self.loops = loops }

  /// The first ones first: the worker that is ready gets the first cases.
  func next() -> WorkerLoop? {
    turn.withLock { _ in loops.isEmpty ? nil : loops.removeFirst() }
  }
}

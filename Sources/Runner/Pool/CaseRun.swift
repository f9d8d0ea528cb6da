import BackendHost
package import Cases
import Dispatch
package import GoldenStore
import Spec
import Synchronization
package import Verification

/// Executes a plan on a pool of workers and writes the event log.
package struct CaseRun: Sendable {
  private let catalogue: CaseCatalogue
  private let plan: RunPlan
  private let options: RunOptions
  private let store: GoldenStore

  package init(
    catalogue: CaseCatalogue, plan: RunPlan, options: RunOptions, store: GoldenStore
  ) {
    self.catalogue = catalogue
    self.plan = plan
    self.options = options
    self.store = store
  }

  /// What a finished run knows.
  package struct Result: Sendable {
    /// One record per executed case, in the order judged; resumed ones first.
    package let records: [CaseRecord]
    /// Whether cases of the plan were left out.
    package let wasInterrupted: Bool
  }

  /// Runs every case of the plan that `judged` does not hold yet.
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
      plan.entries.indices.filter { !known.contains("\(plan.entries[$0].id)") })
    let failure = Mutex<RunError?>(nil)
    let group = DispatchGroup()
    for _ in 0..<options.jobs {
      DispatchQueue.global().async(group: group) {
        do throws(RunError) {
          try loop(queue, ledger).run()
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
    let all = records.withLock { $0 }
    let wasInterrupted = all.count < plan.entries.count
    let pooled = wasInterrupted ? all : pooledRecords(all, ledger)
    ledger.append([.runEnded(wasInterrupted: wasInterrupted)])
    ledger.synchronise()
    if let error = ledger.failure { throw .log(error) }
    return Result(records: pooled, wasInterrupted: wasInterrupted)
  }

  private func loop(_ queue: WorkQueue, _ ledger: RunLedger) -> WorkerLoop {
    let store = store
    return WorkerLoop(
      catalogue: catalogue, plan: plan, options: options,
      judge: CaseJudge(mode: options.mode) { entry in try store.golden(for: entry) },
      queue: queue, ledger: ledger
    ) { entry, made, model in
      CaseDigest.hexadecimal(
        model: model, inputs: made.inputs, accuracyClass: entry.group.accuracyClass,
        goldenDigest: store.digest(for: entry))
    }
  }

  /// Applies the distribution rule of the groups; a changed record is logged again.
  private func pooledRecords(_ records: [CaseRecord], _ ledger: RunLedger) -> [CaseRecord] {
    let failures = GroupPooling.failures(records, entries: plan.entries, mode: options.mode)
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

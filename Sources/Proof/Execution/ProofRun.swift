import BackendHost
import Dispatch
package import Runner
import Synchronization

/// Proves subjects on a pool of workers and writes the journal.
package struct ProofRun: Sendable {
  private let catalogues: Catalogues
  private let options: ProofOptions

  package init(catalogues: Catalogues, options: ProofOptions) {
    (self.catalogues, self.options) = (catalogues, options)
  }

  /// What a finished run knows.
  package struct Result: Sendable {
    /// Everything the journal holds.
    package let proofs: [ProofJournal.Place: CaseProof]
    /// How many subjects were proven now; the journal held the others.
    package let proven: Int
    /// Whether subjects were left out.
    package let wasInterrupted: Bool
  }

  /// Asks a library what it offers.
  package static func catalogue(of options: RunOptions) throws(ProofError) -> VariantCatalogue {
    do {
      let started = try SessionStart.start(options)
      _ = started.session.close()
      return try VariantCatalogue(description: started.description)
    } catch let error as RunError {
      throw .run(error)
    } catch {
      throw .catalogue(library: "\(options.backend)", reason: "\(error)")
    }
  }

  /// Proves every subject that the journal does not hold yet with the same key.
  ///
  /// `shouldStop` is asked while waiting; true ends the run after the subjects in work.
  package func run(
    _ source: SubjectSource, journal: sending ProofJournal,
    observer: @escaping @Sendable (Int) -> Void, shouldStop: @escaping @Sendable () -> Bool
  ) throws(ProofError) -> Result {
    let ledger = ProofLedger(journal: journal, observer: observer)
    let queue = WorkQueue(Array(0..<source.entries.count))
    let failure = Mutex<ProofError?>(nil)
    let group = DispatchGroup()
    for _ in 0..<options.jobs {
      DispatchQueue.global().async(group: group) {
        do throws(ProofError) {
          try ProofLoop(
            source: source, catalogues: catalogues, options: options, queue: queue,
            ledger: ledger
          ).run()
        } catch {
          queue.stop()
          failure.withLock { $0 = $0 ?? error }
        }
      }
    }
    while group.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
      if shouldStop() { queue.stop() }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return Result(
      proofs: ledger.proofs, proven: ledger.proven, wasInterrupted: queue.isStopped)
  }
}

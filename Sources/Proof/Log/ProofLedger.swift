import Synchronization

/// The one place that threads write proofs to: the journal first, then what is counted.
final class ProofLedger: Sendable {
  private struct State {
    var journal: ProofJournal
    var done = 0
    var proven = 0
  }

  private let known: [ProofJournal.Place: CaseProof]
  private let state: Mutex<State>
  private let observer: @Sendable (Int) -> Void

  /// `observer` is told how many subjects are done.
  init(journal: sending ProofJournal, observer: @escaping @Sendable (Int) -> Void) {
    known = journal.proofs
    state = Mutex(State(journal: journal))
    self.observer = observer
  }

  /// What the journal held of a case before this run.
  func earlier(_ caseID: String, _ seed: String?) -> CaseProof? {
    known[ProofJournal.Place(caseID: caseID, seed: seed)]
  }

  func skip() { observer(state.withLock { Self.count(&$0) }) }

  func append(_ proof: CaseProof) throws(ProofError) {
    let result: Result<Int, ProofError> = state.withLock { state in
      do throws(ProofError) {
        try state.journal.append(proof)
        state.proven += 1
        return .success(Self.count(&state))
      } catch { return .failure(error) }
    }
    observer(try result.get())
  }

  private static func count(_ state: inout State) -> Int {
    state.done += 1
    return state.done
  }

  /// How many proofs are new.
  var proven: Int { state.withLock { $0.proven } }

  /// Every proof of the journal, old and new.
  var proofs: [ProofJournal.Place: CaseProof] { state.withLock { $0.journal.proofs } }
}

import Synchronization

/// The cases that no worker has finished yet, handed out in the order of the plan.
package final class WorkQueue: Sendable {
  private struct State {
    var fresh: Range<Int>
    var returned: [Int] = []
    var isStopped = false
  }

  private let positions: [Int]
  private let state: Mutex<State>

  /// `positions`: places in the plan still to be judged.
  package init(_ positions: [Int]) {
    self.positions = positions
    state = Mutex(State(fresh: 0..<positions.count))
  }

  /// The next case, returned ones first; nil when there is none or the run was stopped.
  package func next() -> Int? {
    state.withLock { state in
      guard !state.isStopped else { return nil }
      if let position = state.returned.popLast() { return position }
      return state.fresh.popFirst().map { positions[$0] }
    }
  }

  /// Gives a case back that a worker never came to.
  package func giveBack(_ position: Int) { state.withLock { $0.returned.append(position) } }

  /// Hands out nothing more.
  package func stop() { state.withLock { $0.isStopped = true } }

  /// Whether the rest is left out.
  package var isStopped: Bool { state.withLock { $0.isStopped } }
}

import Synchronization
import Testing

@testable import Runner

@Suite("Work queue")
struct WorkQueueTests {
  /// What asking so many times gives, without the empty answers.
  private func take(_ count: Int, from queue: WorkQueue) -> [Int] {
    (0..<count).compactMap { _ in queue.next() }
  }

  @Test("Cases come in the order of the plan, then none")
  func order() {
    let queue = WorkQueue([4, 7, 9])
    #expect(take(4, from: queue) == [4, 7, 9])
  }

  @Test("An empty queue gives none")
  func empty() {
    #expect(WorkQueue([]).next() == nil)
  }

  @Test("A case given back comes again, before fresh ones, also after the last")
  func returned() {
    let queue = WorkQueue([4, 7])
    #expect(queue.next() == 4)
    queue.giveBack(4)
    #expect(take(3, from: queue) == [4, 7])
    queue.giveBack(7)
    #expect(take(2, from: queue) == [7])
  }

  @Test("A stopped queue gives nothing, neither fresh nor returned")
  func stopped() {
    let queue = WorkQueue([4, 7])
    #expect(!queue.isStopped)
    queue.giveBack(9)
    queue.stop()
    #expect(queue.isStopped)
    #expect(queue.next() == nil)
  }

  @Test("Many takers get every case exactly once")
  func concurrency() async {
    let queue = WorkQueue(Array(0..<2000))
    let taken = Taken()
    await withTaskGroup(of: Void.self) { group in
      for taker in 0..<4 {
        group.addTask {
          var isFirst = true
          while let position = queue.next() {
            // Each taker loses a case once, as a worker that dies does.
            if isFirst, position % 4 == taker {
              queue.giveBack(position)
              isFirst = false
              continue
            }
            taken.positions.withLock { $0.append(position) }
          }
        }
      }
    }
    let sorted = taken.positions.withLock { $0.sorted() }
    #expect(sorted == Array(0..<2000))
  }
}

/// The positions that all takers took.
private final class Taken: Sendable {
  let positions = Mutex<[Int]>([])
}

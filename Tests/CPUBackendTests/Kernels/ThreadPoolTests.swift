import CPUBackend
import Glibc
import Synchronization
import Testing

@Suite("Thread pool")
struct ThreadPoolTests {
  @Test(
    "Every iteration runs once, for any number of threads and any grain",
    arguments: [1, 2, 3, 8], [-1, 1, 7, 1000])
  func coversAll(_ threads: Int, _ grain: Int) {
    let pool = ThreadPool(threadCount: threads)
    for count in [0, 1, 2, 31, 1000] {
      let visits = (0..<count).map { _ in Counter() }
      pool.parallelFor(count: count, grain: grain) { range in
        for i in range { visits[i].increment() }
      }
      #expect(visits.allSatisfy { $0.value == 1 }, "count \(count)")
    }
  }

  @Test("Ranges are no shorter than the grain, except the last")
  func grain() {
    let pool = ThreadPool(threadCount: 2)
    let short = Counter()
    pool.parallelFor(count: 1003, grain: 100) { range in
      if range.count < 100, range.upperBound != 1003 { short.increment() }
    }
    #expect(short.value == 0)
  }

  @Test("A negative count does nothing")
  func negativeCount() {
    let calls = Counter()
    ThreadPool(threadCount: 2).parallelFor(count: -5, grain: 1) { _ in calls.increment() }
    #expect(calls.value == 0)
  }

  @Test("A second thread takes part if there is time")
  func usesSeveralThreads() {
    let pool = ThreadPool(threadCount: 2)
    let threads = Mutex<Set<UInt>>([])
    // Each range waits until both threads have come, or for two seconds.
    pool.parallelFor(count: 2, grain: 1) { _ in
      threads.withLock { _ = $0.insert(UInt(pthread_self())) }
      for _ in 0..<2000 where threads.withLock({ $0.count < 2 }) { usleep(1000) }
    }
    #expect(threads.withLock { $0.count } == pool.threadCount)
  }

  @Test("A loop inside a loop and loops from several threads all finish")
  func nestedAndConcurrent() {
    let pool = ThreadPool(threadCount: 2)
    let outer = ThreadPool(threadCount: 4)
    let total = Counter()
    for _ in 0..<50 {
      outer.parallelFor(count: 4, grain: 1) { callers in
        for _ in callers {
          pool.parallelFor(count: 8, grain: 1) { range in
            pool.parallelFor(count: range.count, grain: 1) { inner in
              for _ in inner { total.increment() }
            }
          }
        }
      }
    }
    #expect(total.value == 50 * 4 * 8)
  }

  @Test("Many short loops, with pauses that let the workers fall asleep")
  func manyLoops() {
    let pool = ThreadPool(threadCount: 3)
    let total = Counter()
    for round in 0..<3000 {
      pool.parallelFor(count: 6, grain: 1) { range in
        for _ in range { total.increment() }
      }
      if round % 500 == 0 { usleep(2000) }
    }
    #expect(total.value == 3000 * 6)
  }

  @Test("A pool has at least the thread that uses it", arguments: [-3, 0, 1])
  func leastCount(_ count: Int) {
    #expect(ThreadPool(threadCount: count).threadCount == 1)
  }
}

/// A number that several threads may increment.
private final class Counter: Sendable {
  private let count = Atomic<Int>(0)

  func increment() {
    count.add(1, ordering: .relaxed)
  }

  var value: Int { count.load(ordering: .relaxed) }
}

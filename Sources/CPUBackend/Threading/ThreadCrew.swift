import CPUKernels
import Glibc
import Synchronization

/// The workers of a thread pool and the loop they share.
///
/// The gate is one word: whether a loop is open, which one, and how many workers are inside. A
/// worker enters an open gate once per loop; the caller closes it when no range is left and waits
/// for those inside. The loop itself is only read between entering and leaving.
final class ThreadCrew: @unchecked Sendable {
  /// Workers that were started.
  let workerCount: Int

  private let gate = Atomic<Int>(0)
  private let nextIteration = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let busy = Atomic<Bool>(false)
  private let dismissed = Atomic<Bool>(false)
  private let lock: SleepLock
  private var threads: [pthread_t] = []
  /// Written by the owner of `busy` while the gate is closed and empty.
  private var loop: Loop?

  private enum Gate {
    static let insideMask = 0xffff
    static let open = 0x10000
    static let generation = 0x20000
  }

  init(workerCount wanted: Int) {
    lock = SleepLock()
    var started: [pthread_t] = []
    let starter = WorkerStart()
    for _ in 0..<wanted {
      var thread = pthread_t()
      let argument = Unmanaged.passRetained(starter)
      let failure = pthread_create(
        &thread, nil,
        { argument in
          guard let argument else { return nil }
          Unmanaged<WorkerStart>.fromOpaque(argument).takeRetainedValue().crew?.work()
          return nil
        }, argument.toOpaque())
      guard failure == 0 else {
        argument.release()
        break
      }
      started.append(thread)
    }
    threads = started
    workerCount = started.count
    starter.begin(self)
  }

  /// Ends and joins the workers; the crew must not be running a loop.
  func dismiss() {
    dismissed.store(true, ordering: .sequentiallyConsistent)
    lock.wakeAll()
    for thread in threads { pthread_join(thread, nil) }
    threads = []
  }

  /// Becomes the only one who may run a loop, unless someone is already.
  func tryAcquire() -> Bool {
    workerCount > 0 && !busy.exchange(true, ordering: .acquiring)
  }

  func release() {
    busy.store(false, ordering: .releasing)
  }

  /// Runs a loop to its end; the caller holds the crew.
  func run(_ loop: Loop) {
    self.loop = loop
    nextIteration.store(0, ordering: .relaxed)
    let generation = (gate.load(ordering: .relaxed) & ~(Gate.open | Gate.insideMask))
    gate.store((generation &+ Gate.generation) | Gate.open, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 { lock.wakeAll() }
    takeRanges(of: loop)
    gate.bitwiseAnd(~Gate.open, ordering: .sequentiallyConsistent)
    waitUntil { gate.load(ordering: .sequentiallyConsistent) & Gate.insideMask == 0 }
    self.loop = nil
  }

  private func takeRanges(of loop: Loop) {
    while true {
      let start = nextIteration.add(loop.step, ordering: .relaxed).oldValue
      guard start < loop.count else { return }
      loop.body(start..<min(loop.count, start + loop.step))
    }
  }

  /// Apart from `work`, so that the reference to the body is gone before the worker leaves.
  @inline(never)
  private func takeOpenRanges() {
    if let loop { takeRanges(of: loop) }
  }

  private func work() {
    var lastGeneration = 0
    while true {
      waitUntil {
        let state = gate.load(ordering: .sequentiallyConsistent)
        return dismissed.load(ordering: .relaxed)
          || (state & Gate.open != 0 && state / Gate.generation != lastGeneration)
      }
      if dismissed.load(ordering: .relaxed) { return }
      guard let generation = enter() else { continue }
      lastGeneration = generation
      takeOpenRanges()
      leave()
    }
  }

  /// The generation of the loop that was entered, or nothing if the gate has closed.
  private func enter() -> Int? {
    var state = gate.load(ordering: .relaxed)
    while state & Gate.open != 0 {
      let (exchanged, original) = gate.weakCompareExchange(
        expected: state, desired: state + 1, successOrdering: .acquiring,
        failureOrdering: .relaxed)
      if exchanged { return state / Gate.generation }
      state = original
    }
    return nil
  }

  private func leave() {
    let state = gate.subtract(1, ordering: .sequentiallyConsistent).newValue
    // The last one out of a closed gate: the caller may be asleep waiting for it.
    if state & (Gate.open | Gate.insideMask) == 0,
      sleepers.load(ordering: .sequentiallyConsistent) > 0
    {
      lock.wakeAll()
    }
  }

  /// Spins for about 20 µs, then sleeps.
  private func waitUntil(_ condition: () -> Bool) {
    var start = timespec()
    clock_gettime(CLOCK_MONOTONIC, &start)
    while true {
      for _ in 0..<32 {
        if condition() { return }
        ck_pause()
      }
      var now = timespec()
      clock_gettime(CLOCK_MONOTONIC, &now)
      let elapsed = (now.tv_sec - start.tv_sec) * 1_000_000_000 + now.tv_nsec - start.tv_nsec
      if elapsed > 20_000 { break }
    }
    lock.sleep(countedBy: sleepers, until: condition)
  }
}

/// Hands the crew to its workers once it is complete.
private final class WorkerStart: @unchecked Sendable {
  private let lock = SleepLock()
  private let waiting = Atomic<Int>(0)
  private let ready = Atomic<Bool>(false)
  private var started: ThreadCrew?

  func begin(_ crew: ThreadCrew) {
    started = crew
    ready.store(true, ordering: .sequentiallyConsistent)
    lock.wakeAll()
  }

  var crew: ThreadCrew? {
    lock.sleep(countedBy: waiting) { ready.load(ordering: .sequentiallyConsistent) }
    return started
  }
}

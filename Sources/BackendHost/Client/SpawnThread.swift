import CSystem
import Glibc
import Synchronization

/// The one thread from which workers are started.
///
/// The kernel ends a worker when the thread that started it ends (see
/// `cs_signal_on_parent_death`), so this thread lives as long as the process.
final class SpawnThread: Sendable {
  static let shared = SpawnThread()

  /// A call to make on the thread, and the place where its end is announced.
  private final class Call: @unchecked Sendable {
    // Unchecked: written before `done` is posted, read after it was waited for.
    let body: @Sendable () -> Void
    let done = Semaphore()
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private let calls = Mutex<[Call]>([])
  private let waiting = Semaphore()

  private init() {
    // Orphans of workers become children of the harness, so that none stays as a zombie.
    _ = cs_adopt_orphans()
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<SpawnThread>.fromOpaque(context).takeRetainedValue().serve() }
        return nil
      }, context)
    pthread_detach(thread)
  }

  private func serve() {
    while true {
      waiting.wait()
      let call = calls.withLock { $0.isEmpty ? nil : $0.removeFirst() }
      call?.body()
      call?.done.post()
    }
  }

  /// Runs `body` on the thread and waits for what it returns.
  /// - Parameter placeholder: any value; never returned.
  func run<Result: Sendable>(
    _ placeholder: Result, _ body: @escaping @Sendable () -> Result
  ) -> Result {
    let result = Box(placeholder)
    let call = Call { result.value.withLock { $0 = body() } }
    calls.withLock { $0.append(call) }
    waiting.post()
    call.done.wait()
    return result.value.withLock { $0 }
  }

  private final class Box<Value: Sendable>: Sendable {
    let value: Mutex<Value>
    init(_ value: Value) { self.value = Mutex(value) }
  }
}

/// A counting semaphore of the system.
private final class Semaphore: @unchecked Sendable {
  // Unchecked: the system makes its operations safe.
  private let place = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init() { sem_init(place, 0, 0) }

  deinit {
    sem_destroy(place)
    place.deallocate()
  }

  func post() { sem_post(place) }
  func wait() { while sem_wait(place) != 0 && errno == EINTR {} }
}

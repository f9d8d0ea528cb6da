import Glibc
import Synchronization

/// SIGINT and SIGTERM end a run after the cases in flight; a second one ends the process.
enum Interruption {
  private static let requested = Atomic<Bool>(false)

  /// Whether a signal asked for the end.
  static var wasRequested: Bool { requested.load(ordering: .relaxed) }

  /// Also lets the signals through: a program that blocks them passes that on to what it starts.
  static func install() {
    var awaited = sigset_t()
    sigemptyset(&awaited)
    for number in [SIGINT, SIGTERM] { sigaddset(&awaited, number) }
    pthread_sigmask(SIG_UNBLOCK, &awaited, nil)
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        if Interruption.requested.exchange(true, ordering: .relaxed) {
          signal(number, SIG_DFL)
          raise(number)
        }
      }
    }
  }
}

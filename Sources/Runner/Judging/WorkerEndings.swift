package import BackendHost
import Glibc
package import Verification

/// The verdict over a worker's end while a case was in its hands.
package enum WorkerEndings {
  /// The judgement of the case that was being compiled or executed.
  package static func judgement(of end: WorkerEnd) -> Judgement {
    let phase = Verdict.Phase(rawValue: end.phase?.rawValue ?? "run") ?? .run
    let place = "during \(phase.rawValue)"
    switch end.cause {
    case .timeout:
      return Judgement(verdict: .timeout(phase), message: "no answer \(place); worker killed")
    case .signal(let number):
      return crash(.signal(number), "\(signalName(number)) \(place); worker replaced")
    case .exit(let status):
      return crash(.exit(status), "the worker exited with status \(status) \(place)")
    case .memory: return crash(.memory, "the worker exceeded its memory \(place)")
    case .protocolViolation(let reason):
      return crash(.protocolViolation, "protocol violated \(place): \(reason)")
    case .gaveUp(let refusal):
      return crash(.load, "the worker gave up \(place): \(refusal.message)")
    case .finished:
      return crash(.exit(0), "the worker ended \(place) without an answer")
    }
  }

  /// Whether a signal ended the worker that people, schedulers and the kernel send, and that code
  /// does not raise by failing: SIGKILL and the polite requests to end.
  ///
  /// The harness ends a worker only for a cause of its own, which is then the cause of the end.
  package static func mayComeFromOutside(_ end: WorkerEnd) -> Bool {
    guard case .signal(let number) = end.cause else { return false }
    return [SIGKILL, SIGTERM, SIGINT, SIGHUP, SIGQUIT].contains(number)
  }

  private static func crash(_ kind: Verdict.CrashKind, _ message: String) -> Judgement {
    Judgement(verdict: .crash(kind), message: message)
  }

  /// `SIGFPE`, or the number where the signal has no common name.
  static func signalName(_ number: Int32) -> String {
    let names: [Int32: String] = [
      SIGSEGV: "SIGSEGV", SIGABRT: "SIGABRT", SIGFPE: "SIGFPE", SIGILL: "SIGILL",
      SIGBUS: "SIGBUS", SIGKILL: "SIGKILL", SIGTERM: "SIGTERM", SIGTRAP: "SIGTRAP",
      SIGPIPE: "SIGPIPE", SIGXCPU: "SIGXCPU",
    ]
    return names[number] ?? "signal \(number)"
  }
}

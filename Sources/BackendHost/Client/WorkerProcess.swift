import CSystem
import Glibc
import Synchronization

/// A worker's process with its three streams, and whatever it leaves behind.
///
/// For one thread at a time. The process is killed and everything removed when the object goes.
final class WorkerProcess {
  let identifier: pid_t
  private let token: String
  private let scratch: ScratchDirectory
  private var input: Int32
  private var output: Int32
  private var errors: Int32
  /// Becomes readable when the process ends.
  private var watch: Int32
  private var reader: FrameReader
  private var queue = FrameQueue()
  private let frameLimit: Int
  private var standardError = StandardErrorTail()
  private var scratchBytes = [UInt8](repeating: 0, count: 1 << 16)
  private var exitFacts: ExitFacts?
  /// When the process closed a stream although it lived.
  private var closedSince: UInt64?

  /// How long a process may live that has closed a stream of the protocol.
  private static let closingTime: UInt64 = 2_000_000_000
  private static let counter = Atomic<UInt64>(0)

  init(_ specification: BackendSpecification, options: SessionOptions) throws(HostError) {
    signal(SIGPIPE, SIG_IGN)
    let launch = try specification.launch(options)
    scratch = try ScratchDirectory()
    let number = Self.counter.add(1, ordering: .relaxed).newValue
    token = "ASSAY_WORKER=\(getpid()).\(number)"
    frameLimit = options.limits.frameLimit
    reader = FrameReader(limit: frameLimit)
    var environment = Self.environment(scratch: scratch, extra: options.environment)
    environment.append(token)
    do throws(HostError) {
      let spawned = try SpawnedProcess(launch, environment: environment)
      identifier = spawned.identifier
      (input, output, errors) = (spawned.input, spawned.output, spawned.errors)
      watch = spawned.watch
    } catch {
      scratch.remove()
      throw error
    }
  }

  deinit { _ = end() }

  private static func environment(
    scratch: ScratchDirectory, extra: [String: String]
  ) -> [String] {
    var variables = [
      "PATH": getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin",
      "LANG": "C.UTF-8", "HOME": scratch.home, "TMPDIR": scratch.temporary,
      "SWIFT_BACKTRACE": "enable=no",
    ]
    variables.merge(extra) { $1 }
    return variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  }
}

// MARK: - Messages

extension WorkerProcess {
  /// Queues a message and, unless another one follows at once, writes as much as the pipe takes.
  /// - Returns: false when the message is longer than a frame may be; nothing was queued.
  func send(_ message: Assay_Worker_HarnessMessage, isFollowed: Bool = false) -> Bool {
    guard queue.append(message, limit: frameLimit) else { return false }
    if !isFollowed { flush() }
    return true
  }

  /// The next message that has arrived completely; `.some(nil)`: a frame that is no message.
  func nextMessage() throws(FrameError) -> Assay_Worker_WorkerMessage?? {
    try reader.next(as: Assay_Worker_WorkerMessage.self)
  }

  private func flush() {
    guard input >= 0 else { return }
    if case .failure = queue.flush(to: input) {
      // EPIPE: the process is gone, or will say why it no longer listens.
      closeInput()
      noteClosing()
    }
  }

  /// Tells the process that nothing more will come.
  func closeInput() {
    if input >= 0 { close(input) }
    input = -1
  }

  /// Whether everything queued has been written.
  var isFlushed: Bool { queue.isEmpty || input < 0 }

  private func noteClosing() {
    if closedSince == nil { closedSince = nanoseconds(of: CLOCK_MONOTONIC) }
  }
}

// MARK: - Waiting

extension WorkerProcess {
  /// What waiting came to.
  enum Turn {
    case progress
    case deadline
    /// The process has ended; everything it wrote has been read.
    case ended
    /// It closed a stream of the protocol and did not end.
    case closed
  }

  /// Waits for one of the streams, reads and writes what is possible.
  ///
  /// - Parameter deadline: on the monotonic clock, in nanoseconds.
  func turn(until deadline: UInt64) -> Turn {
    let closing = closedSince.map { $0 &+ Self.closingTime }
    let now = nanoseconds(of: CLOCK_MONOTONIC)
    let nearest = min(deadline, closing ?? deadline)
    var polled = [
      pollfd(fd: output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
      pollfd(fd: queue.isEmpty ? -1 : input, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: watch, events: Int16(POLLIN), revents: 0),
    ]
    let ready = poll(&polled, nfds_t(polled.count), Self.milliseconds(nearest, from: now))
    if ready < 0 { return .progress }
    if ready == 0 { return nearest == deadline ? .deadline : .closed }
    if polled[1].revents != 0 { readErrors(atMost: 16) }
    if polled[0].revents != 0 { readOutput() }
    if polled[2].revents != 0 { flush() }
    guard polled[3].revents != 0 else { return .progress }
    drain()
    return .ended
  }

  private static func milliseconds(_ deadline: UInt64, from now: UInt64) -> Int32 {
    guard deadline > now else { return 0 }
    // Rounded up, so that a deadline has really passed when poll says so.
    return Int32(clamping: (deadline - now) / 1_000_000 + 1)
  }

  private func readOutput() {
    guard output >= 0 else { return }
    switch reader.fill(from: output) {
    case .bytes, .nothing: return
    case .end, .failure:
      close(output)
      output = -1
      noteClosing()
    }
  }

  /// Reads standard error; a bounded number of times, so that a flood does not starve the rest.
  private func readErrors(atMost times: Int) {
    for _ in 0..<times where errors >= 0 {
      let count = scratchBytes.withUnsafeMutableBytes { read(errors, $0.baseAddress, $0.count) }
      if count > 0 {
        scratchBytes.withUnsafeBytes {
          standardError.append(UnsafeRawBufferPointer(rebasing: $0[..<count]))
        }
      } else if count < 0 && (errno == EAGAIN || errno == EINTR) {
        return
      } else {
        close(errors)
        errors = -1
      }
    }
  }

  /// Reads what an ended process left in the pipes. A child it left behind may hold them open and
  /// write for ever, so the end of the streams is not waited for.
  private func drain() {
    readErrors(atMost: 64)
    for _ in 0..<1024 where output >= 0 {
      switch reader.fill(from: output) {
      case .bytes: continue
      case .nothing: return
      case .end, .failure:
        close(output)
        output = -1
      }
    }
  }
}

// MARK: - Ending

extension WorkerProcess {
  /// Kills whatever is left of the worker, waits for it and removes its files.
  ///
  /// - Returns: how the process ended. When it had ended on its own, that is not changed.
  func end() -> ExitFacts {
    if let exitFacts { return exitFacts }
    // The group exists as long as its leader has not been waited for; then the number may be
    // given to somebody else.
    _ = cs_signal_group(identifier, SIGKILL)
    var facts = reap()
    endDescendants()
    readErrors(atMost: 64)
    facts.standardError = standardError.bytes
    for descriptor in [input, output, errors, watch] where descriptor >= 0 { close(descriptor) }
    (input, output, errors, watch) = (-1, -1, -1, -1)
    scratch.remove()
    exitFacts = facts
    return facts
  }

  /// Waits for the process, but not for ever: a driver may hold it in the kernel.
  private func reap() -> ExitFacts {
    var facts = ExitFacts()
    var polled = pollfd(fd: watch, events: Int16(POLLIN), revents: 0)
    let limit = nanoseconds(of: CLOCK_MONOTONIC) &+ 10_000_000_000
    while poll(&polled, 1, Self.milliseconds(limit, from: nanoseconds(of: CLOCK_MONOTONIC))) < 0 {}
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(identifier, &status, WNOHANG, &usage) == identifier else { return facts }
    if cs_exited(status) { facts.status = cs_exit_code(status) }
    if cs_signalled(status) { facts.signal = cs_end_signal(status) }
    facts.peakResidentBytes = UInt64(clamping: usage.ru_maxrss) &* 1024
    facts.processorTime =
      .seconds(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + .microseconds(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
    return facts
  }

  /// Ends and waits for children and grandchildren, those outside of the group as well.
  private func endDescendants() {
    // Killed, but perhaps not waited for; a zombie no longer shows whose it was.
    var killed: Set<pid_t> = []
    for _ in 0..<500 {
      let found = ProcessTable.processes(with: token)
      for process in found { kill(process, SIGKILL) }
      killed.formUnion(found)
      while waitpid(-identifier, nil, WNOHANG) > 0 {}
      let groupIsEmpty = waitpid(-identifier, nil, WNOHANG) < 0
      killed = killed.filter { waitpid($0, nil, WNOHANG) == 0 }
      if found.isEmpty && groupIsEmpty && killed.isEmpty { return }
      usleep(1000)
    }
  }
}

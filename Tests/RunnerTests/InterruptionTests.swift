import CanonicalJSON
import Glibc
import Runner
import Testing
import Verification

/// A run that is killed at any moment and resumed comes to the records of an undisturbed run.
///
/// `scripts/check-interruption` does the same with more kills and compares the reports as well.
@Suite("Interruption")
struct InterruptionTests {
  /// What is hit in turn, harness or a worker, and by which signal.
  private static let blows: [(isWorker: Bool, signal: Int32)] = [
    (false, SIGKILL), (true, SIGKILL), (false, SIGTERM), (true, SIGTERM), (false, SIGINT),
  ]
  private static let killCount = 10
  private static let seed: UInt64 = 20_261_123
  /// A machine so slow or a run so short that this many starts do not hold the kills is a failure.
  private static let startLimit = 120

  private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") {
    $0 + "/" + $1
  }

  private static var program: String {
    guard let path = realpath("/proc/self/exe", nil) else { return "assay" }
    defer { free(path) }
    let text = String(cString: path)
    return text.lastIndex(of: "/").map { "\(text[..<$0])/assay" } ?? "assay"
  }

  private static func launch(into folder: LogFolder) throws -> Launch {
    let words = [program, "run", "--backend", "cpu", "--tier", "smoke", "--report", folder.root]
    let resumes = access(folder.log, F_OK) == 0
    return try Launch(
      words + (resumes ? ["--resume", folder.log] : []), in: root,
      output: folder.root + "/output", errors: folder.root + "/errors")
  }

  /// Records by case id, without what depends on time and on the number of workers.
  private static func records(_ history: EventHistory) -> [String: String] {
    var texts: [String: String] = [:]
    for var record in history.foldedRecords {
      record.wallNanoseconds = 0
      record.workerGeneration = 0
      texts[record.caseID] = record.json.canonicalText
    }
    return texts
  }

  /// Lines of the log that are judgements.
  private static func judgedCount(_ folder: LogFolder) -> Int {
    let text = (try? folder.text()) ?? ""
    return text.split(separator: "\n").count(where: { $0.contains(#""kind":"caseJudged""#) })
  }

  /// A finished log that holds every planned case and what the undisturbed run says of it.
  private static func expectSame(_ folder: LogFolder, _ expected: [String: String]) throws {
    let history = try EventHistory(reading: folder.log)
    #expect(history.isComplete)
    #expect(history.plannedCases == expected.count)
    // No case is judged again that had a verdict when the run was killed.
    #expect(history.settledRecords.count == expected.count)
    let conclusive = history.records.count { $0.verdict.kind != .inconclusive }
    #expect(conclusive == expected.count)
    let found = records(history)
    let different = expected.keys.sorted().filter { found[$0] != expected[$0] }
    #expect(found.count == expected.count)
    #expect(different.isEmpty, "first of \(different.count): \(different.first ?? "")")
    for name in ["results.json", "junit.xml", "report.html", "summary.md"] {
      #expect(access(folder.root + "/" + name, R_OK) == 0, "\(name)")
    }
  }

  /// Hits the run or one of its workers; false when there was nothing left to hit.
  private static func strike(_ run: Launch, _ blow: (isWorker: Bool, signal: Int32)) -> Bool {
    guard blow.isWorker else { return !run.hasEnded && kill(run.identifier, blow.signal) == 0 }
    while !run.hasEnded {
      if let worker = run.children.first, kill(worker, blow.signal) == 0 { return true }
      usleep(1000)
    }
    return false
  }

  /// Whether a start may end like this after the blow, which may have come when all was done.
  private static func allows(
    _ ending: Launch.Ending, after blow: (isWorker: Bool, signal: Int32)
  ) -> Bool {
    if ending == .exit(0) { return true }
    // A worker's case has no verdict then, unless it held none.
    guard !blow.isWorker else { return ending == .exit(3) }
    // Asked before it listens, the tool ends by the signal.
    return ending == .signal(blow.signal) || (blow.signal != SIGKILL && ending == .exit(5))
  }

  @Test(
    "A run that is killed and resumed again and again ends like one that never was",
    .timeLimit(.minutes(5)))
  func killed() throws {
    let undisturbed = try LogFolder()
    let clock = ContinuousClock()
    let start = clock.now
    #expect(try Self.launch(into: undisturbed).ending() == .exit(0))
    let span = clock.now - start
    let expected = Self.records(try EventHistory(reading: undisturbed.log))
    try Self.expectSame(undisturbed, expected)

    var moments = SeededMoments(seed: Self.seed)
    var (kills, partial, starts) = (0, 0, 0)
    var folder = try LogFolder()
    // Kills before the first or after the last judgement alone would prove little, and other load
    // moves all of them: go on until one has met a half-judged run.
    while kills < Self.killCount || partial == 0 {
      starts += 1
      try #require(
        starts <= Self.startLimit, "\(kills) kills, \(partial) of them amid, \(starts) starts")
      let blow = Self.blows[kills % Self.blows.count]
      let run = try Self.launch(into: folder)
      clock.sleepBlocking(for: span * moments.next())
      let isHit = Self.strike(run, blow)
      let ending = try run.ending()
      if isHit, ending != .exit(0) {
        kills += 1
        if (1..<expected.count).contains(Self.judgedCount(folder)) { partial += 1 }
      }
      try #require(
        Self.allows(ending, after: blow),
        "\(ending) after \(blow), kill \(kills), seed \(Self.seed)")
      guard ending == .exit(0) else { continue }
      try Self.expectSame(folder, expected)
      folder = try LogFolder()
    }
    #expect(try Self.launch(into: folder).ending() == .exit(0))
    try Self.expectSame(folder, expected)
  }
}

/// Fractions of a run's time, the same for the same seed (Steele and others, SplitMix64).
private struct SeededMoments {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// At least 0, less than 1.
  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((word ^ (word >> 31)) >> 11) * 0x1p-53
  }
}

extension ContinuousClock {
  /// Blocks the thread: the child must not be waited for by a task that moves.
  fileprivate func sleepBlocking(for duration: Duration) {
    let nanoseconds = max(0, Int64(duration / .nanoseconds(1)))
    var rest = timespec(
      tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    var unslept = timespec()
    while nanosleep(&rest, &unslept) != 0, errno == EINTR { rest = unslept }
  }
}

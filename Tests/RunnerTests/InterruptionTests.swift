import CanonicalJSON
import Glibc
import Runner
import Testing
import Verification

/// A run that is killed at any moment and resumed comes to the records of an undisturbed run.
@Suite("Interruption")
struct InterruptionTests {
  /// Kills in the test, spread over as many runs as it takes.
  private static let killCount = 12
  private static let seed: UInt64 = 20_261_123
  /// A machine so slow or a run so short that this many starts do not hold the kills is a failure.
  private static let startLimit = 80

  #if DEBUG
    // Without optimisation the larger tier takes minutes.
    private static let tier = "smoke"
  #else
    private static let tier = "ci"
  #endif

  private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") {
    $0 + "/" + $1
  }

  private static var program: String {
    guard let path = realpath("/proc/self/exe", nil) else { return "assay" }
    defer { free(path) }
    let text = String(cString: path)
    return text.lastIndex(of: "/").map { "\(text[..<$0])/assay" } ?? "assay"
  }

  private static func launch(into folder: LogFolder, resume: Bool) throws -> Launch {
    let words = [program, "run", "--backend", "cpu", "--tier", tier, "--report", folder.root]
    return try Launch(
      words + (resume ? ["--resume", folder.log] : []), in: root,
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

  /// Whether a killed run left a log that can be continued.
  private static func canResume(_ folder: LogFolder) -> Bool {
    access(folder.log, F_OK) == 0 && (try? folder.text().contains("\n")) == true
  }

  /// Lines of the log that are judgements.
  private static func judgedCount(_ folder: LogFolder) throws -> Int {
    try folder.text().split(separator: "\n").count(where: { $0.contains(#""kind":"caseJudged""#) })
  }

  /// A finished log that holds every planned case once and what the undisturbed run says of it.
  private static func expectSame(_ folder: LogFolder, _ expected: [String: String]) throws {
    let history = try EventHistory(reading: folder.log)
    #expect(history.isComplete)
    #expect(history.plannedCases == expected.count)
    // No case is judged again that the log held when the run was killed.
    #expect(history.records.count == expected.count)
    let found = records(history)
    let different = expected.keys.sorted().filter { found[$0] != expected[$0] }
    #expect(found.count == expected.count)
    #expect(different.isEmpty, "first of \(different.count): \(different.first ?? "")")
    for name in ["results.json", "junit.xml", "report.html", "summary.md"] {
      #expect(access(folder.root + "/" + name, R_OK) == 0, "\(name)")
    }
  }

  @Test(
    "A run that is killed and resumed again and again ends like one that never was",
    .timeLimit(.minutes(10)))
  func killed() throws {
    let undisturbed = try LogFolder()
    let clock = ContinuousClock()
    let start = clock.now
    #expect(try Self.launch(into: undisturbed, resume: false).ending() == .exit(0))
    let span = clock.now - start
    let expected = Self.records(try EventHistory(reading: undisturbed.log))
    try Self.expectSame(undisturbed, expected)

    var moments = SeededMoments(seed: Self.seed)
    var (kills, partial, starts) = (0, 0, 0)
    var folder = try LogFolder()
    while kills < Self.killCount {
      starts += 1
      try #require(starts <= Self.startLimit, "\(kills) kills in \(starts) starts")
      let run = try Self.launch(into: folder, resume: Self.canResume(folder))
      clock.sleepBlocking(for: span * moments.next())
      kill(run.identifier, SIGKILL)
      switch try run.ending() {
      case .signal(SIGKILL):
        kills += 1
        guard Self.canResume(folder) else {
          folder = try LogFolder()
          continue
        }
        let judged = try Self.judgedCount(folder)
        if judged > 0, judged < expected.count { partial += 1 }
      case .exit(0):
        try Self.expectSame(folder, expected)
        folder = try LogFolder()
      case let ending:
        Issue.record("\(ending), kill \(kills), seed \(Self.seed)")
        return
      }
    }
    let last = try Self.launch(into: folder, resume: Self.canResume(folder))
    #expect(try last.ending() == .exit(0))
    try Self.expectSame(folder, expected)
    // Kills before the first or after the last judgement alone would prove little.
    #expect(partial > 0)
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

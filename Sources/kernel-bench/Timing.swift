import Glibc

/// How long one thing took, over several repetitions.
///
/// The minimum is what the machine can do; the median shows how much others disturbed it.
struct Timing {
  /// Seconds.
  var minimum: Double
  /// Seconds.
  var median: Double

  /// Measures `repetitions` calls of `body`, after one that is not counted.
  init(repetitions: Int, _ body: () -> Void) {
    body()
    let seconds = (0..<max(1, repetitions)).map { _ in
      let start = Timing.now
      body()
      return Timing.now - start
    }.sorted()
    minimum = seconds[0]
    median = seconds[seconds.count / 2]
  }

  /// Seconds of a clock that never goes back.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

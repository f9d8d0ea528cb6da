import Reports
import Testing

@Suite("Numbers as text")
struct NumberTextTests {
  @Test(
    "Digits are grouped by three",
    arguments: [
      (0, "0"), (999, "999"), (1000, "1,000"), (7541, "7,541"), (-1_234_567, "-1,234,567"),
      (Int.min, "-9,223,372,036,854,775,808"),
    ])
  func groups(_ value: Int, _ expected: String) {
    #expect(NumberText.grouped(value) == expected)
  }

  @Test(
    "Seconds have three decimals",
    arguments: [
      (0, "0.000"), (1_499_999, "0.001"), (1_500_000, "0.002"), (999_600_000, "1.000"),
      (61_012_000_000, "61.012"), (-5, "0.000"), (Int64.max, "9223372036.855"),
    ])
  func seconds(_ nanoseconds: Int64, _ expected: String) {
    #expect(NumberText.seconds(nanoseconds: nanoseconds) == expected)
  }

  @Test(
    "Durations in words",
    arguments: [
      (0, "0 s"), (59, "59 s"), (72, "1 min 12 s"), (3600, "1 h 00 min"), (7505, "2 h 05 min"),
    ])
  func durations(_ seconds: Int64, _ expected: String) {
    #expect(NumberText.duration(seconds: seconds) == expected)
  }
}

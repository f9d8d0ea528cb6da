import NumericFormats
import Tensors

/// The wrong elements of one tensor, as the detectors of known bug classes see them.
///
/// What a detector says is a hint for a person; it never takes part in a verdict.
struct FailurePattern {
  let observed: [Double]
  let golden: [Double]
  /// Wrong positions in ascending order; all positions when only the distribution failed.
  let wrong: [Int]
  let shape: Shape
  /// The format of a floating-point output, nil for integers.
  let format: FloatFormat?
  let hasIndices: Bool

  /// At most this many hints are shown.
  private static let limit = 3

  /// The table of detectors, the most specific first.
  private static let detectors: [@Sendable (FailurePattern) -> String?] = [
    notANumber, lostNotANumber, signOfZero, saturated, flushedSubnormals, allZero, constantOutput,
    repeatedRow, transposed, shiftedByOne, signFlipped, constantRatio, lostPrecision,
    offByOneCode, duplicatedIndices, lastOfAxis, oneOfAxis, largeValues,
  ]

  /// `looks like: …` for each detector that recognises the wrong elements, at most three.
  var explanations: [String] {
    guard !wrong.isEmpty, observed.count == golden.count, shape.elementCount == observed.count
    else { return [] }
    var found: [String] = []
    for detector in Self.detectors {
      if let text = detector(self) { found.append("looks like: " + text) }
      if found.count == Self.limit { break }
    }
    return found
  }

  /// Wrong positions at which both values are finite.
  var finiteWrong: [Int] { wrong.filter { observed[$0].isFinite && golden[$0].isFinite } }

  /// Whether a condition holds at all of at least `minimum` wrong positions.
  func everyWrong(minimum: Int = 1, _ condition: (Int) -> Bool) -> Bool {
    wrong.count >= minimum && wrong.allSatisfy(condition)
  }
}

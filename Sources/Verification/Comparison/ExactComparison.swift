import NumericFormats
import Spec
import Tensors

/// Class X (numerics §6.1): equal codes; any NaN for NaN, zero signs only where they are judged.
struct ExactComparison {
  private let comparison: TensorComparison
  private let flushes: Bool

  init(_ comparison: TensorComparison) {
    self.comparison = comparison
    flushes = comparison.mode.subnormals != .preserve
  }

  /// Judges against one expected tensor, or several of which each element may follow any.
  func findings(_ expected: [Tensor]) throws(GoldenFault) -> Findings {
    guard let first = expected.first else { throw GoldenFault("no expected tensor") }
    for tensor in expected
    where tensor.type != comparison.golden.type || tensor.shape != comparison.golden.shape {
      throw GoldenFault("an expected tensor differs from its golden in type or shape")
    }
    var tally = ElementTally()
    tally.missedExact = true
    if !isSame(first) { try compare(expected, &tally) }
    return ElementReport(comparison, tally, accuracy: .exact(expected)).findings(
      boundText: { _ in expected.count > 1 ? "exactly, one of \(expected.count)" : "exactly" },
      derivation: { _ in ["bound: equal bits, class exact (numerics §6.1)"] })
  }

  private func isSame(_ expected: Tensor) -> Bool {
    !flushes && comparison.observed.bytes == expected.bytes
      && comparison.observed.type != .string
  }

  private func compare(_ expected: [Tensor], _ tally: inout ElementTally) throws(GoldenFault) {
    let observed = comparison.observed
    switch observed.type.meaning {
    case .string: compareStrings(expected, &tally)
    case .bool:
      compareCodes(observed.codes.map(isTrue), expected.map { $0.codes.map(isTrue) }, &tally)
    case .integer: compareCodes(observed.codes, expected.map(\.codes), &tally)
    case .float(let format):
      compareFloats(observed.doubles ?? [], expected.map { $0.doubles ?? [] }, format, 1, &tally)
    case .complex(let format):
      let parts = expected.map { complexParts($0) }
      compareFloats(complexParts(observed), parts, format, 2, &tally)
    }
  }

  private func isTrue(_ code: UInt64) -> UInt64 { code == 0 ? 0 : 1 }

  private func isUndefined(_ position: Int) -> Bool {
    !comparison.golden.undefined.isEmpty && comparison.golden.undefined[position]
  }

  private func compareStrings(_ expected: [Tensor], _ tally: inout ElementTally) {
    for (position, text) in comparison.observed.strings.enumerated() where !isUndefined(position) {
      // Swift's own equality would take canonically equivalent texts for equal.
      let isRight = expected.contains { $0.strings[position].utf8.elementsEqual(text.utf8) }
      if !isRight { tally.recordWrongValue(at: position, ratio: .infinity) }
    }
  }

  private func compareCodes(
    _ observed: [UInt64], _ expected: [[UInt64]], _ tally: inout ElementTally
  ) {
    for position in observed.indices where !isUndefined(position) {
      let code = observed[position]
      if expected.contains(where: { $0[position] == code }) { continue }
      tally.recordWrongValue(at: position, ratio: .infinity)
    }
  }

  /// Real and imaginary parts, alternating.
  private func complexParts(_ tensor: Tensor) -> [Double] {
    let part: ElementType = tensor.type == .c64 ? .f32 : .f64
    return Tensor(type: part, shape: [tensor.count, 2], bytes: tensor.bytes)?.doubles ?? []
  }

  /// Compares values, `parts` of which make one element.
  private func compareFloats(
    _ observed: [Double], _ expected: [[Double]], _ format: FloatFormat, _ parts: Int,
    _ tally: inout ElementTally
  ) {
    for index in observed.indices {
      let position = index / parts
      if isUndefined(position) { continue }
      let y = observed[index]
      if expected.contains(where: { isSame(y, $0[index]) }) { continue }
      let candidates = expected.map { $0[index] }
      if mayFlush(y, candidates, format, &tally.flushes) { continue }
      if candidates.allSatisfy({ isOtherClass(y, $0) }) {
        if tally.wrongClass.last != position { tally.wrongClass.append(position) }
      } else if tally.wrongValue.last != position {
        tally.recordWrongValue(at: position, ratio: .infinity)
      }
    }
    if flushes { countKept(observed, expected, format, &tally.flushes) }
  }

  @inline(__always)
  private func isSame(_ y: Double, _ g: Double) -> Bool {
    if y == g { return y != 0 || !comparison.golden.signedZero || y.sign == g.sign }
    return y.isNaN && g.isNaN
  }

  private func isOtherClass(_ y: Double, _ g: Double) -> Bool {
    !y.isFinite || !g.isFinite || (y == 0 && g == 0)
  }

  /// S4: a zero for a subnormal result in a flushing mode; also any sign of such a zero.
  private func mayFlush(
    _ y: Double, _ expected: [Double], _ format: FloatFormat, _ tally: inout FlushTally
  ) -> Bool {
    guard flushes, y == 0 else { return false }
    guard let g = expected.first(where: { abs($0) < format.smallestNormal }) else { return false }
    if g != 0 { tally.flushed += 1 }
    return true
  }

  private func countKept(
    _ observed: [Double], _ expected: [[Double]], _ format: FloatFormat, _ tally: inout FlushTally
  ) {
    for (index, y) in observed.enumerated() where y != 0 && abs(y) < format.smallestNormal {
      if expected.contains(where: { $0[index] == y }) { tally.kept += 1 }
    }
  }
}

/// `|y − g| ≤ absolute + relative·|g|`, the comparison of NumPy's `isclose` and its relatives.
struct ElementTolerance: Hashable, Sendable {
  let relative: Double
  let absolute: Double

  /// Whether an element is close; equal infinities are, NaN only where `equalNaN` says so.
  func isMet(_ y: Double, _ g: Double, equalNaN: Bool) -> Bool {
    if y == g { return true }
    guard y.isFinite, g.isFinite else { return equalNaN && y.isNaN && g.isNaN }
    return abs(y - g) <= absolute + relative * abs(g)
  }

  /// How many elements are not close.
  func mismatches(_ observed: [Double], _ golden: [Double], equalNaN: Bool) -> Int {
    zip(observed, golden).count { !isMet($0, $1, equalNaN: equalNaN) }
  }
}

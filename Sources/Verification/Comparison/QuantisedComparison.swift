import NumericFormats
import Spec
import Tensors

/// Class Q (numerics §6.7): the code lies in the interval that the mode's rounding of the real
/// value before quantisation leaves open; one code for most elements, never a blanket ±1.
struct QuantisedComparison {
  private let comparison: TensorComparison
  private let column: QuantisedColumn
  private let observed: [Double]
  private let codeRange: ClosedRange<Double>
  private let isInteger: Bool
  /// u of the computed real value: the coarsest of compute, accumulator and input.
  private let unitRoundoff: Double

  init(_ comparison: TensorComparison, _ column: QuantisedColumn) throws(GoldenFault) {
    self.comparison = comparison
    self.column = column
    try GoldenFault.check("value", column.value.count, comparison.count)
    try GoldenFault.check("lowest", column.lowest.count, comparison.count)
    try GoldenFault.check("highest", column.highest.count, comparison.count)
    try GoldenFault.check("sensitivity", column.sensitivity.count, comparison.count, orEmpty: true)
    let precision = EffectivePrecision(comparison.mode, output: .f32)
    let accumulator = precision.levels.map(\.unitRoundoff).max() ?? 0
    unitRoundoff = max(precision.compute, accumulator, precision.input)
    if let values = comparison.observed.integers {
      observed = values.map { Double($0) }
      isInteger = true
    } else if let values = comparison.observed.doubles {
      observed = values
      isInteger = false
    } else {
      throw GoldenFault("quantised codes for the type \(comparison.golden.type.name)")
    }
    codeRange = Self.range(of: comparison.golden.type)
  }

  private static func range(of type: ElementType) -> ClosedRange<Double> {
    switch type.meaning {
    case .integer(let bits, true): -powerOfTwo(bits - 1)...(powerOfTwo(bits - 1) - 1)
    case .integer(let bits, false): 0...(powerOfTwo(bits) - 1)
    case .bool: 0...1
    case .float(let format), .complex(let format): -format.greatestFinite...format.greatestFinite
    case .string: 0...0
    }
  }

  func findings() -> Findings {
    var tally = ElementTally()
    var twoCodes = 0
    for position in observed.indices {
      if !comparison.golden.undefined.isEmpty, comparison.golden.undefined[position] { continue }
      let (low, high) = interval(at: position)
      if low < high { twoCodes += 1 }
      let y = observed[position]
      if y >= low, y <= high { continue }
      if low.isNaN || y.isNaN || y.isInfinite {
        if !(low.isNaN && y.isNaN), !(y == low) { tally.wrongClass.append(position) }
      } else {
        tally.recordWrongValue(at: position, ratio: .infinity)
      }
    }
    let middle = observed.indices.map { nearestCode(at: $0) }
    var report = ElementReport(
      comparison, tally, accuracy: .values(observed: observed, golden: middle))
    report.valueCode = .valueBound
    report.extraMetrics = ["quantised.twoCodes": Double(twoCodes)]
    return report.findings(
      boundText: { intervalText(at: $0) }, derivation: { derivation(at: $0) })
  }

  /// The golden that patterns compare with: the observed code moved into the interval.
  private func nearestCode(at position: Int) -> Double {
    let (low, high) = interval(at: position)
    guard low <= high else { return low }
    return min(max(observed[position].isNaN ? low : observed[position], low), high)
  }

  /// How far the value before rounding may be off in weaker modes.
  private func slack(at position: Int) -> Double {
    let magnitude = abs(column.value[position])
    var slack = 0.0
    if !column.sensitivity.isEmpty {
      slack = roundedUp(8 * unitRoundoff * Double(column.sensitivity[position]))
    }
    if unitRoundoff > 0x1p-24 { slack = max(slack, roundedUp(3 * unitRoundoff * magnitude)) }
    if comparison.mode.requantise == .fixedPoint {
      slack = max(slack, roundedUp(0x1p-31 * magnitude + 0x1p-31))
    }
    return slack
  }

  /// The strict interval, widened by the codes that a slack of the real value can reach.
  private func interval(at position: Int) -> (low: Double, high: Double) {
    let (low, high) = (column.lowest[position], column.highest[position])
    let (v, slack) = (column.value[position], slack(at: position))
    guard slack > 0, v.isFinite, low.isFinite, high.isFinite else { return (low, high) }
    let (down, up) = ((v - slack).nextDown, roundedUp(v + slack))
    if isInteger {
      let code = v.rounded(.toNearestOrEven)
      let reach = (code - down.rounded(.toNearestOrEven), up.rounded(.toNearestOrEven) - code)
      return (
        max(codeRange.lowerBound, low - reach.0), min(codeRange.upperBound, high + reach.1)
      )
    }
    guard let format = comparison.golden.type.floatFormat else { return (low, high) }
    return (
      min(low, format.round(down, overflow: .saturate)),
      max(high, format.round(up, overflow: .saturate))
    )
  }

  private func codeText(_ code: Double) -> String {
    isInteger && abs(code) < 0x1p53 ? String(Int64(code)) : DecimalText.both(code)
  }

  private func intervalText(at position: Int) -> String {
    let (low, high) = interval(at: position)
    return low == high ? codeText(low) : "[\(codeText(low)), \(codeText(high))]"
  }

  private func derivation(at position: Int) -> [String] {
    let slack = slack(at: position)
    let value = "value before rounding \(DecimalText.both(column.value[position]))"
    let text = slack > 0 ? "\(value), off by at most \(DecimalText.short(slack))" : value
    return ["bound: codes \(intervalText(at: position)), class quantised (numerics §6.7)", text]
  }
}

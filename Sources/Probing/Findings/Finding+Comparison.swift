package import Spec
package import Tensors
package import Verification

extension Finding {
  /// One finding in words beside the declaration.
  package struct Comparison: Hashable, Sendable {
    package var field: ProbeRecord.Field
    package var declared: String
    package var probed: String
    package var agreement: ProbeRecord.Agreement
  }

  /// What the mode declares for values of this type, and whether the finding agrees.
  package func comparisons(with mode: NumericMode, for type: ElementType) -> [Comparison] {
    switch self {
    case .inputs(let width): Self.inputs(width, mode, type)
    case .standing(let width, let isExact): [Self.standing(width, isExact, mode, type)]
    case .compute(let width): [Self.compute(width, mode, type)]
    case .accumulator(let accumulator): [Self.accumulator(accumulator, mode, type)]
    case .accumulateRounding(let rounding): [Self.accumulateRounding(rounding, mode)]
    case .summationOrder(let tree): [Self.summationOrder(tree)]
    case .basicRounding(let rounding): [Self.basicRounding(rounding, mode)]
    case .subnormals(let finding): [Self.subnormals(finding, mode)]
    case .overflow(let finding): [Self.overflow(finding, mode)]
    case .integerOverflow(let finding): [Self.integerOverflow(finding, mode)]
    case .minMaxNaN(let finding): [Self.minMaxNaN(finding, mode)]
    case .zeroSign(let isKept): [Self.zeroSign(isKept)]
    }
  }

  private static func precision(of type: ElementType) -> Int {
    switch type.meaning {
    case .float(let format): format.precision
    case .integer(let bits, let signed): signed ? bits - 1 : bits
    case .bool, .string, .complex: 1
    }
  }

  private static func order(_ probed: Int, _ declared: Int) -> ProbeRecord.Agreement {
    probed == declared ? .agrees : probed > declared ? .stricter : .contradicts
  }

  private static func inputs(
    _ width: WidthFinding, _ mode: NumericMode, _ type: ElementType
  ) -> [Comparison] {
    let own = precision(of: type)
    let declared = min(mode.inputPrecision ?? own, own)
    let precision = Comparison(
      field: .inputPrecision, declared: "\(declared) bits",
      probed: width.isFull ? "inputs kept" : "inputs rounded to \(width.formatName)",
      agreement: width.isFull ? order(own, declared) : order(width.bits, declared))
    guard !width.isFull else { return [precision] }
    let text = width.rounding.map(word) ?? "neither to nearest nor toward zero"
    let agreement: ProbeRecord.Agreement =
      switch (width.rounding, mode.inputRounding) {
      case (.nearestEven, .nearestEven), (.towardZero, .towardZero): .agrees
      case (.nearestEven, .towardZero): .stricter
      case (.towardZero, .nearestEven): .contradicts
      case (nil, _): .unmeasured
      }
    return [
      precision,
      Comparison(
        field: .inputRounding, declared: word(mode.inputRounding),
        probed: "inputs rounded \(text)", agreement: agreement),
    ]
  }

  private static func standing(
    _ width: Int, _ isExact: Bool, _ mode: NumericMode, _ type: ElementType
  ) -> Comparison {
    let own = precision(of: type)
    let declared = min(mode.inputPrecision ?? own, own)
    let agreement: ProbeRecord.Agreement =
      declared < width ? (isExact ? .stricter : .agrees) : isExact ? .agrees : .contradicts
    return Comparison(
      field: .inputPrecision, declared: "\(declared) bits",
      probed: isExact ? "inputs of \(width) bits kept" : "inputs of \(width) bits changed",
      agreement: agreement)
  }

  private static func compute(
    _ width: WidthFinding, _ mode: NumericMode, _ type: ElementType
  ) -> Comparison {
    let own = precision(of: type)
    let declared = type.isFloat ? min(mode.computePrecision ?? own, own) : own
    let name = width.isFull ? "" : type.isFloat ? width.formatName : "\(width.bits) bits"
    return Comparison(
      field: .computePrecision, declared: "\(declared) bits",
      probed: width.isFull ? "values kept" : "values rounded to \(name)",
      agreement: width.isFull ? order(own, declared) : order(width.bits, declared))
  }

  private static func accumulator(
    _ found: AccumulatorFinding, _ mode: NumericMode, _ type: ElementType
  ) -> Comparison {
    let declared = mode.accumulator.map(\.precision).min() ?? (type == .f64 ? 53 : 24)
    // A lower bound below the declared precision decides nothing: the type's range ended first.
    let agreement: ProbeRecord.Agreement =
      found.isLowerBound
      ? (found.bits > declared ? .stricter : .agrees) : order(found.bits, declared)
    return Comparison(
      field: .accumulator, declared: "\(declared) bits",
      probed: "sums in \(found.isLowerBound ? "at least " : "")\(found.bits) bits",
      agreement: agreement)
  }

  private static func accumulateRounding(
    _ found: NumericMode.Rounding, _ mode: NumericMode
  ) -> Comparison {
    let isSame = found == mode.accumulateRounding
    return Comparison(
      field: .accumulateRounding, declared: word(mode.accumulateRounding),
      probed: "sums rounded \(word(found))",
      agreement: isSame ? .agrees : found == .nearestEven ? .stricter : .contradicts)
  }

  /// Every order is legal: no bound depends on it.
  private static func summationOrder(_ tree: SummationTree) -> Comparison {
    Comparison(field: .summationOrder, declared: "any", probed: tree.text, agreement: .agrees)
  }

  private static func basicRounding(_ found: RoundingFinding, _ mode: NumericMode) -> Comparison {
    let declared = mode.basicRounding == .correct ? "correct" : "within 1 ulp"
    let (text, isCorrect, isRelaxed) =
      switch found.kind {
      case .correct: ("results correctly rounded", true, true)
      case .towardZero: ("results rounded toward zero", false, true)
      case .relaxed(let wrong): ("\(wrong) of \(found.count) results 1 ulp off", false, true)
      case .coarse(let wrong): ("\(wrong) of \(found.count) results further off", false, false)
      }
    let agreement: ProbeRecord.Agreement =
      switch mode.basicRounding {
      case .correct: isCorrect ? .agrees : .contradicts
      case .relaxed: isCorrect ? .stricter : isRelaxed ? .agrees : .contradicts
      }
    return Comparison(
      field: .basicRounding, declared: declared, probed: text, agreement: agreement)
  }

  static func word(_ rounding: NumericMode.Rounding) -> String {
    switch rounding {
    case .nearestEven: "to nearest"
    case .towardZero: "toward zero"
    }
  }
}

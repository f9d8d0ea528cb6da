package import Spec

/// What one probe says about one field of the numeric mode.
package enum Finding: Hashable, Sendable {
  /// Of the factors of a product, or the terms of a sum.
  case inputs(WidthFinding)
  /// Whether products of factors of so many bits were exact in a long sum.
  case standing(width: Int, isExact: Bool)
  /// Of elementwise arithmetic.
  case compute(WidthFinding)
  case accumulator(AccumulatorFinding)
  case accumulateRounding(NumericMode.Rounding)
  case summationOrder(SummationTree)
  case basicRounding(RoundingFinding)
  case subnormals(SubnormalFinding)
  case overflow(OverflowFinding)
  case integerOverflow(IntegerOverflowFinding)
  case minMaxNaN(NaNFinding)
  /// Whether the sign of a zero was kept.
  case zeroSign(Bool)
}

import Spec

extension RequiredPrecision {
  /// The precision of accumulators and steps that a mode leaves at its default.
  private static let ordinary = 24

  /// What a mode lacks for an output to be judged, in words; nil when it lacks nothing.
  func shortage(in mode: NumericMode) -> String? {
    if keepsRange, mode.overflow != .ieee || mode.subnormals != .preserve {
      return "infinite or subnormal values lie before it, which the mode does not keep "
        + "(numerics §6.10)"
    }
    let truncates = mode.accumulateRounding == .towardZero
    let sums = mode.accumulator.map(\.precision).min() ?? Self.ordinary
    // Factors that are not rounded are as precise as they have to be.
    let kept = mode.inputPrecision.map { $0 - (mode.inputRounding == .towardZero ? 1 : 0) }
    let steps = min(
      mode.computePrecision ?? max(compute, Self.ordinary), mode.storagePrecision ?? .max)
    let demands = [
      ("factors", factors, kept ?? factors),
      (
        truncates ? "accumulators that round toward zero" : "accumulators",
        truncates ? truncating : accumulator, sums
      ),
      ("elementwise steps", compute, steps),
    ]
    guard let (what, needed, declared) = demands.first(where: { $0.1 > $0.2 }) else { return nil }
    return "the values before it are decided from \(needed) bits of \(what) on, "
      + "the mode declares \(declared) (numerics §6.10)"
  }
}

import Verification

/// The line of a failure card that says which finding of the probes explains the failure.
enum ProbedCause {
  /// `f32 matmul: inputs rounded to bf16: see probes`; nil when no probe names a cause.
  static func text(of entry: Entry, among contradictions: [ProbeRecord]) -> String? {
    guard entry.record.verdict.kind == .fail, !contradictions.isEmpty else { return nil }
    let families = families(of: entry.record.operatorName)
    let types = Set(entry.record.types.split(separator: ".").map { String($0) })
    let record = contradictions.first {
      families.contains($0.family) && types.contains($0.type) && explains($0, entry)
    }
    return record.map { "\($0.type) \($0.family.rawValue): \($0.probed): see probes" }
  }

  /// The families whose arithmetic an operator consists of.
  static func families(of operatorName: String) -> Set<ProbeRecord.Family> {
    switch operatorName {
    case "MatMul", "Gemm", "Einsum": [.matmul]
    case "Attention", "LSTM", "GRU", "RNN": [.matmul, .elementwise]
    case "Conv", "ConvTranspose", "DeformConv": [.conv]
    case "MaxPool", "GlobalMaxPool", "AveragePool", "GlobalAveragePool": [.conv]
    case "Sum", "Mean", "CumSum": [.reduce, .elementwise]
    case _ where operatorName.hasPrefix("Reduce"): [.reduce, .elementwise]
    default: [.elementwise]
    }
  }

  /// Whether a difference in this field shows as a failure of this kind.
  private static func explains(_ record: ProbeRecord, _ entry: Entry) -> Bool {
    let selections: Set = ["Max", "Min", "Clip", "Relu", "ReduceMax", "ReduceMin", "MaxPool"]
    guard case .fail(let code) = entry.record.verdict else { return false }
    switch record.field {
    case .inputPrecision, .accumulator, .computePrecision:
      return [.valueExact, .valueBound, .valueDistribution].contains(code)
    case .basicRounding: return code == .valueExact || code == .valueBound
    case .minMaxNaN:
      return code == .valueClass && selections.contains(entry.record.operatorName)
    case .integerOverflow: return code == .valueExact
    // Of these a card cannot tell whether the element at fault is concerned.
    case .inputRounding, .accumulateRounding, .summationOrder, .subnormals, .overflow, .zeroSign:
      return false
    }
  }
}

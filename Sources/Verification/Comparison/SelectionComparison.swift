import Spec
import Tensors

/// Class I (numerics §6.8): each index is the golden one; the indices of one tie group may stand
/// in any order.
struct SelectionComparison {
  private let comparison: TensorComparison
  private let column: SelectionColumn
  private let observed: [Int64]

  init(_ comparison: TensorComparison, _ column: SelectionColumn) throws(GoldenFault) {
    self.comparison = comparison
    self.column = column
    try GoldenFault.check("indices", column.indices.count, comparison.count)
    try GoldenFault.check("tieGroup", column.tieGroup.count, comparison.count, orEmpty: true)
    switch comparison.golden.type.meaning {
    case .integer(bits: 64, _): observed = comparison.observed.codes.map { Int64(bitPattern: $0) }
    case .integer, .bool:
      observed = (comparison.observed.integers ?? []).map { Int64(truncatingIfNeeded: $0) }
    case .float, .string, .complex:
      throw GoldenFault("indices of the type \(comparison.golden.type.name)")
    }
  }

  func findings() -> Findings {
    var tally = ElementTally()
    let wrong = column.tieGroup.isEmpty ? wrongOutsideGroups : wrongWithGroups
    for position in wrong { tally.recordWrongValue(at: position, ratio: .infinity) }
    var report = ElementReport(
      comparison, tally,
      accuracy: .values(
        observed: observed.map(Double.init), golden: column.indices.map(Double.init)))
    report.valueCode = .indexOrder
    return report.findings(
      boundText: { group(at: $0) == 0 ? "exactly" : "any order within its tie group" },
      derivation: { _ in ["bound: the golden indices, class indices (numerics §6.8)"] })
  }

  private func group(at position: Int) -> Int32 {
    column.tieGroup.isEmpty ? 0 : column.tieGroup[position]
  }

  private func isUndefined(_ position: Int) -> Bool {
    !comparison.golden.undefined.isEmpty && comparison.golden.undefined[position]
  }

  private var wrongOutsideGroups: [Int] {
    observed.indices.filter { observed[$0] != column.indices[$0] && !isUndefined($0) }
  }

  /// Positions whose index is not one of the group's that is still to be given.
  private var wrongWithGroups: [Int] {
    var open: [Int32: [Int64: Int]] = [:]
    for position in observed.indices where group(at: position) != 0 && !isUndefined(position) {
      open[group(at: position), default: [:]][column.indices[position], default: 0] += 1
    }
    return observed.indices.filter { position in
      if isUndefined(position) { return false }
      let group = group(at: position)
      if group == 0 { return observed[position] != column.indices[position] }
      guard let left = open[group]?[observed[position]], left > 0 else { return true }
      open[group]?[observed[position]] = left - 1
      return false
    }
  }
}

/// A fault or a witness, as its library describes it.
package struct VariantEntry: Hashable, Sendable {
  package let name: String
  package let kind: Kind
  /// The number of the mutation operator in the project's numerics document, where there is one.
  package let number: Int?
  /// The numeric mode a witness is judged in.
  package let mode: String
  /// One line for people: what is done wrongly, or differently.
  package let summary: String

  package enum Kind: Hashable, Sendable {
    case fault(FaultSeverity)
    case witness
  }

  package init(
    name: String, kind: Kind, number: Int? = nil, mode: String = "strict-fp32", summary: String = ""
  ) {
    (self.name, self.kind, self.number) = (name, kind, number)
    (self.mode, self.summary) = (mode, summary)
  }

  /// Whether draws are made wrongly (100 to 102), which samples have to show; any other fault only
  /// meets another sample where a generator has no seed.
  package var spoilsDraws: Bool { (100...102).contains(number ?? 0) }

  /// How often a case has to run before this variant can show; nil where runs of one case with one
  /// set of inputs never show it reliably.
  ///
  /// Numbers are those of numerics §9: 102 differs from run to run; 101 and 103 to 106 need other
  /// seeds, batches, placements, inputs or addresses, and are the matter of determinism marks and
  /// audits.
  package var repetitions: Int? {
    switch number ?? 0 {
    case 102: 2
    case 101, 103...106: nil
    default: 1
    }
  }

  /// The severity of a fault; nil for a witness.
  package var severity: FaultSeverity? {
    if case .fault(let severity) = kind { severity } else { nil }
  }
}

/// Where a fault has to be noticed (numerics §9.2).
package enum FaultSeverity: String, CaseIterable, Hashable, Sendable {
  /// In every case it changes.
  case gross
  /// In nine of ten cases of a group that it changes, and in every group.
  case precision
  /// In some case of the operator.
  case special
}

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

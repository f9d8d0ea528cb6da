/// What a probe found out about one field of the numeric mode, beside what is declared.
package struct ProbeRecord: Hashable, Sendable {
  /// Operators that compute alike (numerics §3).
  package enum Family: String, CaseIterable, Hashable, Sendable {
    case elementwise, matmul, conv, reduce
  }

  /// A field of the numeric mode, named as in a backend's description; `zeroSign` has no choice,
  /// and any `summationOrder` is legal.
  package enum Field: String, CaseIterable, Hashable, Sendable {
    case inputPrecision, inputRounding, accumulator, accumulateRounding, summationOrder
    case computePrecision, basicRounding, subnormals, overflow, integerOverflow, minMaxNaN, zeroSign
  }

  /// How the two compare.
  package enum Agreement: String, CaseIterable, Hashable, Sendable {
    case agrees
    /// More precise than declared: the bounds are wider than necessary, nothing is hidden.
    case stricter
    /// Finding V706 for the family.
    case contradicts
    /// Refused, died, or answered something that decides nothing.
    case unmeasured
  }

  package var family: Family
  /// The operator that was asked.
  package var operatorName: String
  /// Short name of the input type, e.g. `f32`.
  package var type: String
  package var field: Field
  /// E.g. `24 bits`.
  package var declared: String
  /// What was seen, as the end of a sentence, e.g. `inputs rounded to bf16`.
  package var probed: String
  package var agreement: Agreement

  package init(
    family: Family, operatorName: String, type: String, field: Field, declared: String,
    probed: String, agreement: Agreement
  ) {
    self.family = family
    self.operatorName = operatorName
    self.type = type
    self.field = field
    self.declared = declared
    self.probed = probed
    self.agreement = agreement
  }
}

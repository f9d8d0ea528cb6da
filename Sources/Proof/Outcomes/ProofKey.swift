/// What the outcomes of a case depend on, for each half of its proof: equal keys, equal outcomes.
package struct ProofKey: Hashable, Sendable {
  /// Of the plain run, the faults and the data findings; empty for fresh inputs.
  package let faults: String
  package let witnesses: String

  package init(faults: String, witnesses: String) {
    (self.faults, self.witnesses) = (faults, witnesses)
  }
}

package import Cases

/// A selected case with the names it is looked up by.
package struct SelectedCase: Sendable {
  package let entry: CaseEntry
  package let id: String
  /// `Add`, or `ml/Scaler` outside of the main domain.
  package let operatorName: String

  init(_ entry: CaseEntry) {
    self.entry = entry
    id = "\(entry.id)"
    operatorName = ProofSelection.operatorName(entry)
  }
}

/// One thing that a proof found wrong with the suite.
package struct ProofFinding: Hashable, Sendable {
  package let kind: Kind
  package let operatorName: String
  /// A case, a group, or an operator, as the kind says.
  package let subject: String
  /// The fault or witness; empty where there is none.
  package let variant: String
  package let message: String
  package let advice: String
  /// The cases that fail for it.
  package let cases: [String]

  /// In the order of importance.
  package enum Kind: Int, CaseIterable, Comparable, Hashable, Sendable {
    /// The bundled backend fails the case, so that nothing can be proven.
    case broken
    /// A fault that would go unnoticed.
    case gross, precision, special
    /// A right way of computing that would be rejected.
    case falseAlarm
    /// A variant declined for no stated reason.
    case refused
    /// Data that prove little, and declarations of them that are not needed.
    case data, idleExemption
    /// A recorded figure that moved by more than a factor of two.
    case drift

    package static func < (a: Kind, b: Kind) -> Bool { a.rawValue < b.rawValue }

    /// The word at the start of a line.
    package var word: String {
      switch self {
      case .broken: "NOT PROVABLE"
      case .gross, .precision, .special: "SURVIVED"
      case .falseAlarm: "FALSE ALARM"
      case .refused: "REFUSED"
      case .data, .idleExemption: "DATA"
      case .drift: "DRIFT"
      }
    }
  }
}

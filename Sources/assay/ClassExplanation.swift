import Spec

/// The rule of each accuracy class in one sentence.
enum ClassExplanation {
  static func text(_ accuracyClass: AccuracyClass) -> String {
    switch accuracyClass {
    case .exact: "class X: bits are equal (numerics §6.1)"
    case .rounded: "class R: the exact result, rounded once to nearest even (numerics §6.2)"
    case .elementwise:
      "class E: ½ ulp of the output plus k ulps of the compute format (numerics §6.3)"
    case .accumulated:
      "class D: γ(h)·S in every order, and the distribution of the errors (numerics §6.4)"
    case .product: "class P: γ(h)·|g| (numerics §6.5)"
    case .composite:
      "class C: ½ ulp + 8σ from measured sensitivities, and the distribution (numerics §6.6)"
    case .quantised: "class Q: an interval of codes, never a blanket ±1 (numerics §6.7)"
    case .indices:
      "class I: exact indices, tie groups where the text leaves order open (numerics §6.8)"
    case .random: "class S: distribution tests only (numerics §6.9)"
    case .model: "class M: propagated sensitivities of the whole graph (numerics §6.10)"
    }
  }
}

/// The executable specification of one operator, all of its versions.
///
/// One evaluation serves the exact run and the perturbed runs: arithmetic whose rounding matters in
/// class C goes through `call.trace`. Nothing here is per type or per rank.
package protocol Evaluator: Sendable {
  /// The operator's name in the standard.
  static var name: String { get }
  /// Empty for `ai.onnx`.
  static var domain: String { get }
  /// How many structurally different legal decompositions `evaluate` knows (numerics §6.6); it
  /// reads the one to use from `call.decomposition`.
  static var decompositions: Int { get }
  /// The outputs, at least those that the node names.
  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome]
}

extension Evaluator {
  package static var domain: String { "" }
  package static var decompositions: Int { 1 }
}

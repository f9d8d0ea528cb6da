package import Tensors

/// The implementation of one operator, all of its since-versions in one file.
///
/// The compiler has checked arity, attribute names and kinds, and input types against the
/// standard's signature before `run` is called; shapes and values are the operator's own duty.
package protocol OperatorKernel: Sendable {
  static var name: String { get }
  /// Empty for `ai.onnx`, which is the default.
  static var domain: String { get }
  /// The since-versions this type implements; others are reported as an unsupported opset.
  static var versions: [Int] { get }

  /// Whether the element or value type is implemented for a type variable of the signature.
  ///
  /// The default takes every type that the standard allows.
  static func supports(_ type: ValueType, for variable: String, version: Int) -> Bool

  /// Finds faults of the node that need no input values; the default finds none.
  ///
  /// - Throws: `invalidModel` or `unsupported`.
  static func check(_ declaration: Declaration) throws(KernelError)

  /// The output types as far as attributes decide them; nil entries are left to the signature.
  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?]

  /// Computes the outputs in order, at least up to the last one wanted.
  static func run(_ call: Call) throws(KernelError) -> [Value]
}

extension OperatorKernel {
  package static var domain: String { "" }

  package static func supports(_ type: ValueType, for variable: String, version: Int) -> Bool {
    true
  }

  package static func check(_ declaration: Declaration) throws(KernelError) {}

  package static func outputTypes(
    _ declaration: Declaration
  ) throws(KernelError) -> [ValueType?] { [] }
}

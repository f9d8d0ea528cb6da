package import Tensors

/// What a library of this package serves over the standard interface.
///
/// The CPU backend is one; libraries that wrap it to compute differently on purpose are others.
package protocol ModelBackend: Sendable {
  /// What `describe` hands out, as the JSON that `assay_backend.h` describes.
  var description: String { get }

  /// Compiles a serialised model; `options` is a JSON object or empty.
  func compile(
    onnx bytes: [UInt8], options: String
  ) throws(KernelError) -> any ModelExecutable
}

/// A compiled model.
package protocol ModelExecutable: Sendable {
  /// The declared types of the graph's inputs.
  var inputTypes: [ValueType] { get }

  /// Runs the model on its inputs, in the order of the graph's inputs; nil leaves an input to its
  /// initializer.
  func execute(_ inputs: [Value?]) throws(KernelError) -> [Value]
}

extension Executable: ModelExecutable {}

extension Backend: ModelBackend {
  package func compile(
    onnx bytes: [UInt8], options: String
  ) throws(KernelError) -> any ModelExecutable {
    try executable(onnx: bytes, options: options)
  }
}

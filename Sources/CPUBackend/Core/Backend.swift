package import ModelFormat

/// A session with the CPU: what `create` of the standard interface opens.
package struct Backend: Sendable {
  /// The one numeric mode: binary32 arithmetic for types of up to 32 bits, binary64 for float64,
  /// everything else as strict as the standard allows.
  static let numericMode = "strict-fp32"

  private let resources: Resources

  /// Opens a session.
  ///
  /// - Parameter options: a JSON object or empty text. `threads` is the number of threads to
  ///   compute with; the default is one per core.
  /// - Throws: `invalidInput` when the options are unusable.
  package init(options: String = "") throws(KernelError) {
    let members = try Self.object(options)
    guard let threads = members["threads"] else {
      resources = Resources(threadCount: Resources.defaultThreadCount)
      return
    }
    guard case .number(let number) = threads, let count = Int(exactly: number), count >= 1 else {
      throw .invalidInput("option threads is \(threads.text), it must be an integer >= 1")
    }
    resources = Resources(threadCount: count)
  }

  /// Identity, capabilities and numeric modes as the JSON that `assay_backend.h` describes.
  package var description: String { Description.json.text }

  /// Compiles a serialised model.
  ///
  /// - Parameter options: a JSON object or empty text. `numericMode` selects the numeric mode.
  package func executable(
    onnx bytes: [UInt8], options: String = ""
  ) throws(KernelError) -> Executable {
    if let mode = try Self.object(options)["numericMode"], mode != .string(Self.numericMode) {
      throw .unsupported(
        .numericMode, "numeric mode \(mode.text); the only one is \"\(Self.numericMode)\"")
    }
    return try Executable(onnx: bytes, resources: resources)
  }

  /// Compiles a decoded model.
  ///
  /// - Parameter substitution: what computes some operators in another way.
  package func executable(
    _ model: Model, substitution: (any KernelSubstitution)? = nil
  ) throws(KernelError) -> Executable {
    try Executable(model, resources: resources, substitution: substitution)
  }

  private static func object(_ text: String) throws(KernelError) -> JSON {
    guard !text.isEmpty else { return .object([]) }
    guard let json = JSONReader.read(text), case .object = json else {
      throw .invalidInput("the options are no JSON object")
    }
    return json
  }
}

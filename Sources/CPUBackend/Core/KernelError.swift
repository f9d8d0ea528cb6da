/// Why this backend cannot compile a model or run it; every case says what and where.
package enum KernelError: Error, Hashable, Sendable {
  /// The model breaks the standard, whatever its inputs.
  case invalidModel(String)
  /// The inputs do not fit the model, or an input of an operator has an impossible shape or value.
  case invalidInput(String)
  /// Legal, but beyond what this backend implements.
  case unsupported(Limitation, String)
  /// A tensor larger than the memory limit.
  case outOfMemory(String)
  /// A defect of this backend.
  case internalError(String)

  /// What an unsupported model asks for.
  package enum Limitation: String, CaseIterable, Hashable, Sendable {
    case `operator`, opset, type, attribute, rank, shape, numericMode, memory
    /// None of the others; the message says what.
    case construct
  }

  /// The message without its class.
  package var message: String {
    switch self {
    case .invalidModel(let text), .invalidInput(let text), .outOfMemory(let text),
      .internalError(let text), .unsupported(_, let text):
      text
    }
  }

  /// The same error with the place it happened in front of its message.
  func located(at place: String) -> KernelError {
    switch self {
    case .invalidModel(let text): .invalidModel("\(place): \(text)")
    case .invalidInput(let text): .invalidInput("\(place): \(text)")
    case .unsupported(let limitation, let text): .unsupported(limitation, "\(place): \(text)")
    case .outOfMemory(let text): .outOfMemory("\(place): \(text)")
    case .internalError(let text): .internalError("\(place): \(text)")
    }
  }
}

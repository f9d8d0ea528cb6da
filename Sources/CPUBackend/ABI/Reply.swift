import BackendABI

/// Status codes and messages of the interface.
enum Reply {
  /// Runs the body and translates what it throws.
  static func status(
    _ why: UnsafeMutablePointer<assay_message>?, _ body: () throws(KernelError) -> Void
  ) -> assay_status {
    do throws(KernelError) {
      try body()
      return ASSAY_OK
    } catch {
      if let why { write(error, to: why) }
      return status(of: error)
    }
  }

  private static func status(of error: KernelError) -> assay_status {
    switch error {
    case .invalidModel: ASSAY_INVALID_MODEL
    case .invalidInput: ASSAY_INVALID_INPUT
    case .unsupported: ASSAY_UNSUPPORTED
    case .outOfMemory: ASSAY_OUT_OF_MEMORY
    case .internalError: ASSAY_INTERNAL_ERROR
    }
  }

  private static func reason(of error: KernelError) -> assay_reason {
    guard case .unsupported(let limitation, _) = error else { return ASSAY_REASON_NONE }
    switch limitation {
    case .operator: return ASSAY_REASON_OPERATOR
    case .opset: return ASSAY_REASON_OPSET
    case .type: return ASSAY_REASON_DTYPE
    case .attribute: return ASSAY_REASON_ATTRIBUTE
    case .rank: return ASSAY_REASON_RANK
    case .shape: return ASSAY_REASON_SHAPE
    case .numericMode: return ASSAY_REASON_NUMERIC_MODE
    case .memory: return ASSAY_REASON_MEMORY
    case .construct: return ASSAY_REASON_OTHER
    }
  }

  private static func write(
    _ error: KernelError, to why: UnsafeMutablePointer<assay_message>
  ) {
    why.pointee.reason = reason(of: error)
    guard let buffer = why.pointee.buffer else { return }
    let bytes = Array(error.message.utf8)
    var length = min(bytes.count, why.pointee.capacity)
    // A continuation byte after the cut means that the cut goes through a character.
    while length > 0, length < bytes.count, bytes[length] & 0xC0 == 0x80 { length -= 1 }
    for index in 0..<length { buffer[index] = CChar(bitPattern: bytes[index]) }
    why.pointee.length = length
  }
}

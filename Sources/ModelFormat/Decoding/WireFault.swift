import SwiftProtobuf

/// Reads messages, and finds the place where unreadable bytes stop making sense.
enum WireFault {
  /// Decodes a message, or says at which byte the first unreadable top-level field starts.
  static func decode<M: SwiftProtobuf.Message>(
    _: M.Type, from bytes: [UInt8]
  ) throws(ModelError) -> M {
    var options = BinaryDecodingOptions()
    options.messageDepthLimit = ModelLimits.messageDepth
    do {
      return try M(serializedBytes: bytes, partial: true, options: options)
    } catch {
      throw locate(M.self, in: bytes, options: options, cause: error)
    }
  }

  private static func locate<M: SwiftProtobuf.Message>(
    _: M.Type, in bytes: [UInt8], options: BinaryDecodingOptions, cause: any Error
  ) -> ModelError {
    var cursor = WireCursor(bytes: bytes)
    while !cursor.atEnd {
      let start = cursor.position
      guard let number = cursor.skipField() else {
        return .wire(offset: start, reason: "the field that starts here is cut off or malformed")
      }
      // The library does not report positions, so each field is tried on its own.
      do {
        _ = try M(
          serializedBytes: Array(bytes[start..<cursor.position]), partial: true, options: options)
      } catch {
        return .wire(offset: start, reason: "field \(number) is malformed: \(reason(of: error))")
      }
    }
    return .wire(offset: 0, reason: reason(of: cause))
  }

  private static func reason(of error: any Error) -> String {
    switch error as? BinaryDecodingError {
    case .truncated: "it ends too early"
    case .invalidUTF8: "text is not UTF-8"
    case .messageDepthLimit: "nested deeper than \(ModelLimits.messageDepth) messages"
    case .malformedProtobuf, .trailingGarbage, .internalExtensionError,
      .missingRequiredFields, .none:
      "not a protobuf message"
    @unknown default: "not a protobuf message"
    }
  }
}

/// Steps over the fields of a message without knowing their meaning.
private struct WireCursor {
  let bytes: [UInt8]
  private(set) var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var atEnd: Bool { position >= bytes.count }

  /// Moves behind the next field and gives its number; nil when it is not complete.
  mutating func skipField() -> UInt64? {
    guard let tag = varint(), tag >> 3 != 0 else { return nil }
    let complete: Bool
    switch tag & 7 {
    case 0: complete = varint() != nil
    case 1: complete = skip(8)
    case 2:
      guard let length = varint() else { return nil }
      complete = skip(length)
    case 5: complete = skip(4)
    default: complete = false
    }
    return complete ? tag >> 3 : nil
  }

  private mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard position < bytes.count else { return nil }
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }

  private mutating func skip(_ length: UInt64) -> Bool {
    guard length <= UInt64(bytes.count - position) else { return false }
    position += Int(length)
    return true
  }
}

import BackendABI
import Glibc

/// The buffer in which a library explains a status, the reading of both, and the clock of all calls.
final class Explanation {
  private static let capacity = 4096
  private let buffer: UnsafeMutablePointer<CChar>
  private let message: UnsafeMutablePointer<assay_message>
  /// Processor time of all calls so far, over all threads of the process, in nanoseconds.
  private(set) var processorTime: UInt64 = 0

  init() {
    buffer = .allocate(capacity: Self.capacity)
    message = .allocate(capacity: 1)
    message.initialize(to: assay_message())
  }

  deinit {
    buffer.deallocate()
    message.deallocate()
  }

  /// Makes one call and says how long it took.
  /// - Throws: `Refusal` for every status but `ASSAY_OK`.
  @discardableResult
  func check(
    _ call: (UnsafeMutablePointer<assay_message>) -> assay_status
  ) throws(Refusal) -> CallTimes {
    message.pointee = assay_message()
    message.pointee.buffer = buffer
    message.pointee.capacity = Self.capacity
    let (status, times) = measured { call(message) }
    if status != ASSAY_OK { throw refusal(status) }
    return times
  }

  /// Makes a call that explains nothing.
  func measured<Result>(_ call: () -> Result) -> (Result, CallTimes) {
    let processorStart = nanoseconds(of: CLOCK_PROCESS_CPUTIME_ID)
    let start = nanoseconds(of: CLOCK_MONOTONIC)
    let result = call()
    let wall = nanoseconds(of: CLOCK_MONOTONIC) &- start
    let processor = nanoseconds(of: CLOCK_PROCESS_CPUTIME_ID) &- processorStart
    processorTime &+= processor
    return (result, CallTimes(wall: wall, processor: processor))
  }

  private func refusal(_ status: assay_status) -> Refusal {
    // The claimed length is foreign; the buffer is ours, so is its address.
    let length = min(message.pointee.length, Self.capacity)
    let bytes = UnsafeRawBufferPointer(start: buffer, count: length)
    var text = String(decoding: bytes, as: UTF8.self)
    let reason = Refusal.Reason(rawValue: message.pointee.reason) ?? .other
    switch status {
    case ASSAY_UNSUPPORTED: return Refusal(.unsupported, reason: reason, message: text)
    case ASSAY_INVALID_MODEL: return Refusal(.invalidModel, message: text)
    case ASSAY_INVALID_INPUT: return Refusal(.invalidArgument, message: text)
    case ASSAY_DEVICE_UNAVAILABLE: return Refusal(.deviceUnavailable, message: text)
    case ASSAY_OUT_OF_MEMORY: return Refusal(.outOfMemory, message: text)
    case ASSAY_INTERNAL_ERROR: return Refusal(.error, message: text)
    default:
      text = "unknown status \(status)" + (text.isEmpty ? "" : ": \(text)")
      return Refusal(.error, message: text)
    }
  }
}

/// Nanoseconds of one call of a library.
struct CallTimes {
  let wall: UInt64
  /// Over all threads of the process.
  let processor: UInt64
}

extension assay_text {
  /// The text as a string, at most `limit` bytes long; nil when it is no valid UTF-8, longer, or
  /// at no address.
  func string(limit: Int) -> String? {
    if length == 0 { return "" }
    guard let bytes, length <= limit else { return nil }
    return String(
      validating: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
  }
}

/// Lends a string as a text of the interface.
func withText<Result>(_ string: String, _ body: (assay_text) -> Result) -> Result {
  var copy = string
  return copy.withUTF8 { utf8 in
    utf8.withMemoryRebound(to: CChar.self) { characters in
      body(assay_text(bytes: characters.baseAddress, length: characters.count))
    }
  }
}

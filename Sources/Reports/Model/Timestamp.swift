/// Times as reports carry them: UTC, seconds, fixed width.
package enum Timestamp {
  private static let pattern = Array("dddd-dd-ddTdd:dd:ddZ".utf8)

  /// Whether the text has the form `YYYY-MM-DDThh:mm:ssZ` with fields in range.
  package static func isValid(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == pattern.count else { return false }
    for (byte, form) in zip(bytes, pattern) {
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      guard form == UInt8(ascii: "d") ? isDigit : byte == form else { return false }
    }
    let fields = text.split { "-T:Z".contains($0) }.compactMap { Int($0) }
    guard fields.count == 6 else { return false }
    return (1...12).contains(fields[1]) && (1...31).contains(fields[2])
      && fields[3] < 24 && fields[4] < 60 && fields[5] < 60
  }
}

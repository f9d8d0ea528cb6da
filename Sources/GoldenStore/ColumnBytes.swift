/// Little-endian bytes of golden columns; a column whose elements are all equal is stored once.
enum ColumnBytes {
  /// More elements than any golden has; a constant column of more would only exhaust memory.
  private static let elementLimit = 1 << 26

  static func encode<Element>(_ column: [Element], _ bits: (Element) -> UInt64, width: Int)
    -> [UInt8]
  {
    guard let first = column.first else { return [] }
    let isConstant = column.count > 1 && column.allSatisfy { bits($0) == bits(first) }
    var bytes: [UInt8] = []
    for element in isConstant ? [first] : column {
      let word = bits(element)
      for byte in 0..<width { bytes.append(UInt8(truncatingIfNeeded: word >> (8 * UInt64(byte)))) }
    }
    return bytes
  }

  /// `count` elements, or nil when the bytes hold neither one element nor `count`.
  static func decode<Element>(
    _ bytes: ArraySlice<UInt8>, count: Int, width: Int, _ make: (UInt64) -> Element
  ) -> [Element]? {
    guard count > 0 else { return bytes.isEmpty ? [] : nil }
    let (total, overflow) = width.multipliedReportingOverflow(by: count)
    guard !overflow, count <= elementLimit, bytes.count == width || bytes.count == total else {
      return nil
    }
    var elements: [Element] = []
    elements.reserveCapacity(count)
    bytes.withUnsafeBytes { raw in
      for start in stride(from: 0, to: raw.count, by: width) {
        var word: UInt64 = 0
        for byte in 0..<width { word |= UInt64(raw[start + byte]) << (8 * UInt64(byte)) }
        elements.append(make(word))
      }
    }
    if elements.count == 1, count > 1, let only = elements.first {
      return [Element](repeating: only, count: count)
    }
    return elements
  }
}

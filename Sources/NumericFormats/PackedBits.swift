/// Packing of elements narrower than a byte, as the ONNX `raw_data` field lays them out.
///
/// Codes form one stream of bits, the first element in the lowest bits of the first byte: 4-bit
/// elements low nibble first, 2-bit elements four to a byte, four 6-bit elements in three bytes.
/// The unused bits of the last byte are zero when packed and ignored when unpacked.
package enum PackedBits {
  /// Number of bytes that hold `count` elements: ⌈count · bitWidth / 8⌉.
  ///
  /// Nil if the count is negative, the width is not in 1 ... 8, or the product overflows.
  package static func byteCount(count: Int, bitWidth: Int) -> Int? {
    guard count >= 0, (1...8).contains(bitWidth) else { return nil }
    let (bits, overflow) = count.multipliedReportingOverflow(by: bitWidth)
    return overflow ? nil : bits / 8 + (bits % 8 == 0 ? 0 : 1)
  }

  /// One code per element, or nil if the bytes are not exactly as many as `count` needs.
  package static func unpack(_ bytes: [UInt8], bitWidth: Int, count: Int) -> [UInt8]? {
    guard byteCount(count: count, bitWidth: bitWidth) == bytes.count else { return nil }
    let mask = UInt16(1) << UInt16(bitWidth) - 1
    var codes: [UInt8] = []
    codes.reserveCapacity(count)
    var window: UInt16 = 0
    var available = 0
    var next = bytes.startIndex
    for _ in 0..<count {
      if available < bitWidth {
        window |= UInt16(bytes[next]) << UInt16(available)
        next += 1
        available += 8
      }
      codes.append(UInt8(window & mask))
      window >>= UInt16(bitWidth)
      available -= bitWidth
    }
    return codes
  }

  /// The packed bytes of the codes; bits of a code above `bitWidth` are dropped.
  ///
  /// Requires a width of 1 ... 8 bits.
  package static func pack(_ codes: [UInt8], bitWidth: Int) -> [UInt8] {
    precondition((1...8).contains(bitWidth), "a packed element has 1 to 8 bits")
    let mask = UInt16(1) << UInt16(bitWidth) - 1
    var bytes: [UInt8] = []
    bytes.reserveCapacity(codes.count)
    var window: UInt16 = 0
    var filled = 0
    for code in codes {
      window |= (UInt16(code) & mask) << UInt16(filled)
      filled += bitWidth
      if filled >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: window))
        window >>= 8
        filled -= 8
      }
    }
    if filled > 0 { bytes.append(UInt8(truncatingIfNeeded: window)) }
    return bytes
  }

  /// The value of a two's complement code of `bitWidth` bits, for example 0xF as 4 bits is -1.
  ///
  /// Requires a width of 1 ... 8 bits; bits above are ignored.
  package static func signExtended(_ code: UInt8, bitWidth: Int) -> Int8 {
    precondition((1...8).contains(bitWidth), "a packed element has 1 to 8 bits")
    let unused = UInt8(8 - bitWidth)
    return Int8(bitPattern: code << unused) >> Int8(unused)
  }
}

import Tensors

/// The pattern that memory for an output holds before an execution.
///
/// It is NaN for floating-point types, so that adding to what is there shows; neither 0 nor 1 for
/// bool; otherwise pseudo-random and different for each element. Every byte of the two variants of
/// a pattern differs, so a byte that a repeatable execution left alone can be told for certain from
/// one that happens to be equal to the pattern: it holds the first variant after the first
/// execution and the second variant after the second.
struct Poison: Hashable {
  /// Bytes per element; sub-byte types and types of one byte are looked at by bytes.
  let elementBytes: Int
  private let forcedBits: UInt64
  private let flippedBits: UInt64

  init(type: ElementType, second: Bool) {
    elementBytes = min(8, max(1, type.bitWidth / 8))
    forcedBits = Self.forcedBits(type)
    flippedBits = second ? ~forcedBits : 0
  }

  /// Bits set in each eight bytes; never all bits of a byte.
  private static func forcedBits(_ type: ElementType) -> UInt64 {
    switch type {
    case .f16: 0x7e00_7e00_7e00_7e00
    case .bf16: 0x7fc0_7fc0_7fc0_7fc0
    case .f32, .c64: 0x7fc0_0000_7fc0_0000
    case .f64, .c128: 0x7ff8_0000_0000_0000
    case .e4m3fn: 0x7f7f_7f7f_7f7f_7f7f
    case .e5m2: 0x7e7e_7e7e_7e7e_7e7e
    case .bool: 0xa4a4_a4a4_a4a4_a4a4
    default: 0
    }
  }

  /// Eight bytes of the pattern, little-endian (SplitMix64's finaliser over the position).
  private func word(_ index: Int) -> UInt64 {
    var mixed = UInt64(truncatingIfNeeded: index &+ 1) &* 0x9e37_79b9_7f4a_7c15
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return ((mixed ^ mixed >> 31) ^ flippedBits) | forcedBits
  }

  private func byte(_ index: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: word(index / 8) >> (8 * UInt64(index % 8)))
  }

  func fill(_ bytes: UnsafeMutableRawBufferPointer) {
    for index in 0..<bytes.count / 8 {
      bytes.storeBytes(of: word(index).littleEndian, toByteOffset: index * 8, as: UInt64.self)
    }
    for index in bytes.count / 8 * 8..<bytes.count { bytes[index] = byte(index) }
  }

  /// Whether a whole element still holds the pattern.
  func remains(in bytes: UnsafeRawBufferPointer) -> Bool {
    for index in 0..<bytes.count / 8 {
      let found = bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)
      if hasZeroElement(UInt64(littleEndian: found) ^ word(index)) { return true }
    }
    // Packed elements may end anywhere; the last bytes are looked at one by one for all types.
    return (bytes.count / 8 * 8..<bytes.count).contains { bytes[$0] == byte($0) }
  }

  private func hasZeroElement(_ difference: UInt64) -> Bool {
    if elementBytes == 8 { return difference == 0 }
    let bits = UInt64(8 * elementBytes)
    let mask = (1 as UInt64) << bits - 1
    var rest = difference
    for _ in 0..<8 / elementBytes {
      if rest & mask == 0 { return true }
      rest >>= bits
    }
    return false
  }

  /// How many bytes hold this pattern in `bytes` and the other one in `others`.
  func count(
    in bytes: UnsafeRawBufferPointer, and other: Poison, in others: UnsafeRawBufferPointer
  ) -> UInt64 {
    var count: UInt64 = 0
    for index in 0..<min(bytes.count, others.count)
    where bytes[index] == byte(index) && others[index] == other.byte(index) { count += 1 }
    return count
  }
}

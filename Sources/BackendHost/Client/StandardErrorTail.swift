/// The last bytes of a stream of any length.
struct StandardErrorTail {
  static let capacity = 64 << 10

  private var ring: [UInt8] = []
  /// Where the oldest byte is, once the ring is full.
  private var start = 0

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    for byte in bytes.suffix(Self.capacity) {
      if ring.count < Self.capacity {
        ring.append(byte)
      } else {
        ring[start] = byte
        start = (start + 1) % Self.capacity
      }
    }
  }

  /// In the order of arrival.
  var bytes: [UInt8] { Array(ring[start...] + ring[..<start]) }
}

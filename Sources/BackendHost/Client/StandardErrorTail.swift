/// The last bytes of a stream of any length.
struct StandardErrorTail {
  static let capacity = 64 << 10

  private var ring: [UInt8] = []
  /// Where the oldest byte is, once the ring is full.
  private var start = 0

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    var rest = UnsafeRawBufferPointer(rebasing: bytes.suffix(Self.capacity))
    let room = rest.prefix(Self.capacity - ring.count)
    ring.append(contentsOf: room)
    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(room.count))
    while !rest.isEmpty {
      let part = rest.prefix(Self.capacity - start)
      ring.withUnsafeMutableBytes { all in
        UnsafeMutableRawBufferPointer(rebasing: all[start..<start + part.count])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: part))
      }
      start = (start + part.count) % Self.capacity
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(part.count))
    }
  }

  /// In the order of arrival.
  var bytes: [UInt8] { Array(ring[start...] + ring[..<start]) }
}

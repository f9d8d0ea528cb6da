/// Memory between two guards of NaNs, placed off any vector boundary.
///
/// All guard bytes are 0xff, which is a NaN in every floating-point type: a kernel that reads too
/// far spoils its result, one that writes too far spoils the guard.
final class GuardedBuffer<Element: BitwiseCopyable> {
  let start: UnsafeMutablePointer<Element>
  private let raw: UnsafeMutableRawPointer
  private let frontBytes: Int
  private let backBytes = 192
  private let count: Int

  /// - Parameter misalignment: Elements by which the start is off a cache line.
  init(_ values: [Element], misalignment: Int = 0) {
    let stride = MemoryLayout<Element>.stride
    count = values.count
    frontBytes = 192 + misalignment * stride
    let byteCount = frontBytes + count * stride + backBytes
    raw = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
    raw.initializeMemory(as: UInt8.self, repeating: 0xff, count: byteCount)
    start = (raw + frontBytes).bindMemory(to: Element.self, capacity: count)
    for (i, value) in values.enumerated() { start[i] = value }
  }

  /// Room for a result of which every byte is 0xff.
  convenience init(count: Int, filler: Element, misalignment: Int = 0) {
    self.init(Array(repeating: filler, count: count), misalignment: misalignment)
  }

  deinit {
    raw.deallocate()
  }

  var elements: [Element] {
    Array(UnsafeBufferPointer(start: start, count: count))
  }

  var guardsAreIntact: Bool {
    let back = frontBytes + count * MemoryLayout<Element>.stride
    let bytes = UnsafeRawBufferPointer(start: raw, count: back + backBytes)
    return bytes[..<frontBytes].allSatisfy { $0 == 0xff }
      && bytes[back...].allSatisfy { $0 == 0xff }
  }
}

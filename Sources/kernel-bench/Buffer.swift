import Glibc

/// Memory for a benchmark, on huge pages if the system has them.
final class Buffer<Element: BitwiseCopyable> {
  let start: UnsafeMutablePointer<Element>

  init(count: Int, fill: (Int) -> Element) {
    let hugePage = 1 << 21
    let byteCount = max(1, count) * MemoryLayout<Element>.stride
    let rounded = (byteCount + hugePage - 1) / hugePage * hugePage
    let raw = UnsafeMutableRawPointer.allocate(byteCount: rounded, alignment: hugePage)
    // Only advice: without it the figures are a little lower.
    _ = madvise(raw, rounded, MADV_HUGEPAGE)
    start = raw.bindMemory(to: Element.self, capacity: count)
    for i in 0..<count { start[i] = fill(i) }
  }

  deinit {
    start.deallocate()
  }
}

/// A pseudo-random number in [-1, 1) for an index: the same in every run.
func noise(_ index: Int) -> Float {
  var state = UInt32(truncatingIfNeeded: index) &* 2_654_435_761 &+ 12345
  state ^= state >> 15
  state = state &* 2_246_822_519
  state ^= state >> 13
  return Float(Int32(bitPattern: state)) * 0x1p-31
}

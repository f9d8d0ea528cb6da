import Glibc
import Synchronization

/// Buffers for packed operands, kept between calls because fresh memory costs page faults.
///
/// A buffer belongs to one borrower at a time; any number of threads may borrow.
final class ScratchStore: Sendable {
  static let shared = ScratchStore()

  private struct Buffer: @unchecked Sendable {
    var start: UnsafeMutableRawPointer
    var byteCount: Int
  }

  /// Free buffers, the most recently returned last.
  private let free = Mutex<[Buffer]>([])
  /// Enough for the operands of a few concurrent products; what exceeds it is given back.
  private let capacity = 16

  private init() {}

  /// Calls `body` with at least `count` uninitialised elements on a cache line of their own.
  func withBuffer<Element: BitwiseCopyable, Result>(
    of type: Element.Type, count: Int, _ body: (UnsafeMutablePointer<Element>) -> Result
  ) -> Result {
    let buffer = take(byteCount: max(1, count) * MemoryLayout<Element>.stride)
    defer { giveBack(buffer) }
    return body(buffer.start.bindMemory(to: type, capacity: count))
  }

  private func take(byteCount: Int) -> Buffer {
    let reused = free.withLock { free -> Buffer? in
      // The smallest that fits, so that small needs do not use up the large buffers.
      let best = free.indices.filter { free[$0].byteCount >= byteCount }
        .min { free[$0].byteCount < free[$1].byteCount }
      return best.map { free.remove(at: $0) }
    }
    return reused ?? allocate(byteCount: byteCount)
  }

  private func giveBack(_ buffer: Buffer) {
    let surplus = free.withLock { free -> Buffer? in
      free.append(buffer)
      return free.count > capacity ? free.removeFirst() : nil
    }
    surplus?.start.deallocate()
  }

  private func allocate(byteCount: Int) -> Buffer {
    let hugePage = 1 << 21
    guard byteCount >= hugePage / 8 else {
      let start = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
      return Buffer(start: start, byteCount: byteCount)
    }
    // Packed panels are walked page by page; with huge pages the translation cache covers them all.
    let rounded = (byteCount + hugePage - 1) / hugePage * hugePage
    let start = UnsafeMutableRawPointer.allocate(byteCount: rounded, alignment: hugePage)
    // Only advice: the result is the same if the system does not take it.
    _ = madvise(start, rounded, MADV_HUGEPAGE)
    return Buffer(start: start, byteCount: rounded)
  }
}

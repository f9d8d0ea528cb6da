import BackendABI
import CSystem
import Glibc

/// A buffer that notices writes outside of it; see `cs_guarded.h`.
struct GuardedBuffer {
  fileprivate var raw: cs_guarded

  /// The usable bytes; aligned to `ASSAY_ALIGNMENT`.
  var bytes: UnsafeMutableRawBufferPointer { .init(start: raw.bytes, count: raw.size) }

  /// The address of the first usable byte; valid, but not to be read, for an empty buffer too.
  var base: UnsafeMutableRawPointer { UnsafeMutableRawPointer(raw.bytes) }

  /// Whether the buffer starts with these bytes.
  func holds(_ expected: UnsafeRawBufferPointer) -> Bool {
    guard let start = expected.baseAddress, expected.count > 0 else { return true }
    return expected.count <= bytes.count && memcmp(raw.bytes, start, expected.count) == 0
  }

  /// Where the nearest damaged byte around the buffer is, counted from its start; nil: none.
  func damage() -> Int? {
    withUnsafePointer(to: raw) { buffer in
      var offset = 0
      return cs_guarded_check(buffer, &offset) == 0 ? nil : offset
    }
  }
}

extension GuardedBuffer {
  /// A sentence about damage at `place` around a buffer of `size` bytes.
  static func finding(_ name: String, _ place: Int, size: Int) -> String {
    place < 0
      ? "\(name): wrote \(-place) bytes before the buffer"
      : "\(name): wrote byte \(place) of a buffer of \(size)"
  }
}

/// Guarded buffers for reuse: mapping one costs more than a small operator.
///
/// Only undamaged buffers come back, so that their canaries need not be written again.
struct GuardedPool {
  private static let mostBytes = 64 << 20
  private static let mostBuffersOfOneSize = 16

  private var free: [Int: [GuardedBuffer]] = [:]
  private var freeBytes = 0

  /// A buffer of exactly `size` bytes with arbitrary contents.
  mutating func take(_ size: Int) throws(Refusal) -> GuardedBuffer {
    if let buffer = free[size]?.popLast() {
      freeBytes -= Self.footprint(size)
      return buffer
    }
    var raw = cs_guarded()
    guard cs_guarded_alloc(size, Int(ASSAY_ALIGNMENT), &raw) == 0 else {
      let text = "no memory for a tensor of \(size) bytes within the limit of the worker"
      throw Refusal(.outOfMemory, message: text)
    }
    return GuardedBuffer(raw: raw)
  }

  /// Takes a buffer back.
  mutating func give(_ buffer: GuardedBuffer, damaged: Bool) {
    let size = buffer.raw.size
    let footprint = Self.footprint(size)
    let isFull =
      freeBytes > Self.mostBytes - min(footprint, Self.mostBytes)
      || free[size, default: []].count >= Self.mostBuffersOfOneSize
    if damaged || isFull {
      var raw = buffer.raw
      cs_guarded_free(&raw)
    } else {
      free[size, default: []].append(buffer)
      freeBytes += footprint
    }
  }

  /// Resident bytes: the pages of the buffer and of its canaries.
  private static func footprint(_ size: Int) -> Int { size / 4096 * 4096 + 8192 }
}

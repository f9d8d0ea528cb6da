import BackendABI
import CSystem
import Glibc
import Tensors

/// Values laid out as a library reads them, in memory that notices writes.
///
/// The bytes of tensors and strings lie in guarded buffers; descriptions (dimensions, lists) in
/// plain memory. Everything stays valid until `release`.
struct InputArena {
  /// Bytes as they were handed out and as they should still be.
  fileprivate struct Lent {
    let buffer: GuardedBuffer
    let original: [UInt8]
    let input: Int
  }

  /// What became of the inputs.
  struct Inspection {
    var mutated = false
    var outOfBounds = false
    var findings: [String] = []
    fileprivate var damaged: Set<Int> = []
  }

  private(set) var values: UnsafePointer<assay_value>?
  let count: Int
  private var lent: [Lent] = []
  private var allocations: [UnsafeMutableRawPointer] = []
  private var input = 0

  init(_ inputs: [Value], pool: inout GuardedPool) throws(Refusal) {
    count = inputs.count
    let list = allocate(assay_value.self, inputs.count)
    do throws(Refusal) {
      for (index, value) in inputs.enumerated() {
        input = index
        list[index] = try lay(value, pool: &pool)
      }
    } catch {
      release(to: &pool)
      throw error
    }
    values = UnsafePointer(list)
  }

  /// Compares everything lent with its original and looks at the guards.
  func inspect() -> Inspection {
    var inspection = Inspection()
    for (index, entry) in lent.enumerated() {
      if let place = entry.buffer.damage() {
        inspection.damaged.insert(index)
        inspection.outOfBounds = true
        inspection.findings.append(
          GuardedBuffer.finding("input \(entry.input)", place, size: entry.original.count))
      }
      guard let place = entry.firstChange else { continue }
      inspection.mutated = true
      inspection.findings.append("input \(entry.input): byte \(place) was changed")
    }
    return inspection
  }

  /// Gives back all memory; buffers found damaged are not used again.
  mutating func release(to pool: inout GuardedPool, after inspection: Inspection? = nil) {
    for (index, entry) in lent.enumerated() {
      pool.give(entry.buffer, damaged: inspection?.damaged.contains(index) ?? true)
    }
    for allocation in allocations { allocation.deallocate() }
    (lent, allocations, values) = ([], [], nil)
  }

  /// Zeroed memory for structures of C.
  private mutating func allocate<Element>(
    _: Element.Type, _ count: Int
  ) -> UnsafeMutablePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, count))
    memset(memory, 0, count * MemoryLayout<Element>.stride)
    allocations.append(UnsafeMutableRawPointer(memory))
    return memory
  }

  private mutating func lend(
    _ bytes: [UInt8], pool: inout GuardedPool
  ) throws(Refusal) -> UnsafeRawPointer {
    let buffer = try pool.take(bytes.count)
    buffer.bytes.copyBytes(from: bytes)
    lent.append(Lent(buffer: buffer, original: bytes, input: input))
    // The base of a guarded buffer exists for every size.
    return UnsafeRawPointer(buffer.base)
  }
}

// MARK: - Kinds of values

extension InputArena {
  private mutating func lay(
    _ value: Value, pool: inout GuardedPool
  ) throws(Refusal) -> assay_value {
    var laid = assay_value()
    switch value {
    case .tensor(let tensor):
      laid.kind = ASSAY_KIND_TENSOR
      laid.tensor = try lay(tensor, pool: &pool)
    case .sequence(let values, let element):
      laid.kind = ASSAY_KIND_SEQUENCE
      laid.sequence = try lay(values, element: element, pool: &pool)
    case .optional(let content, _):
      laid.kind = ASSAY_KIND_OPTIONAL
      if let content {
        let place = allocate(assay_value.self, 1)
        place.pointee = try lay(content, pool: &pool)
        laid.optional = assay_optional(value: UnsafePointer(place))
      }
    case .map(let keys, let values, let type):
      laid.kind = ASSAY_KIND_MAP
      let keyPlace = allocate(assay_tensor.self, 1)
      keyPlace.pointee = try lay(keys, pool: &pool)
      let valuePlace = allocate(assay_value.self, 1)
      let column = MapValues.joined(values, type: type)
      let list = column.map(Value.tensor) ?? .sequence(values, element: type)
      valuePlace.pointee = try lay(list, pool: &pool)
      laid.map = assay_map(keys: UnsafePointer(keyPlace), values: UnsafePointer(valuePlace))
    }
    return laid
  }

  private mutating func lay(
    _ values: [Value], element: ValueType, pool: inout GuardedPool
  ) throws(Refusal) -> assay_sequence {
    var sequence = assay_sequence()
    sequence.element_kind = element.abiKind
    if case .tensor(let type) = element { sequence.element_type = type.rawValue }
    sequence.count = values.count
    let list = allocate(assay_value.self, values.count)
    for (index, value) in values.enumerated() { list[index] = try lay(value, pool: &pool) }
    sequence.elements = UnsafePointer(list)
    return sequence
  }

  private mutating func lay(
    _ tensor: Tensor, pool: inout GuardedPool
  ) throws(Refusal) -> assay_tensor {
    var laid = assay_tensor()
    laid.element_type = tensor.type.rawValue
    laid.rank = UInt32(clamping: tensor.shape.count)
    let dimensions = allocate(Int64.self, tensor.shape.count)
    for (axis, dimension) in tensor.shape.enumerated() { dimensions[axis] = Int64(dimension) }
    laid.dims = UnsafePointer(dimensions)
    if tensor.type == .string {
      laid.strings = try lay(tensor.strings, pool: &pool)
      laid.string_count = tensor.count
    } else {
      laid.bytes = try lend(tensor.bytes, pool: &pool)
      laid.byte_count = tensor.bytes.count
    }
    return laid
  }

  private mutating func lay(
    _ strings: [String], pool: inout GuardedPool
  ) throws(Refusal) -> UnsafePointer<assay_text> {
    let texts = allocate(assay_text.self, strings.count)
    let characters = try lend(strings.flatMap { Array($0.utf8) }, pool: &pool)
    var start = 0
    for (index, string) in strings.enumerated() {
      let length = string.utf8.count
      let place = (characters + start).assumingMemoryBound(to: CChar.self)
      texts[index] = assay_text(bytes: place, length: length)
      start += length
    }
    return UnsafePointer(texts)
  }
}

extension InputArena.Lent {
  /// The first byte that differs from the original.
  fileprivate var firstChange: Int? {
    let same = original.withUnsafeBytes { expected in
      buffer.holds(expected)
    }
    return same ? nil : original.indices.first { buffer.bytes[$0] != original[$0] }
  }
}

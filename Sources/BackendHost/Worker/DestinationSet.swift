import BackendABI
import Tensors

/// Poisoned and guarded memory for the outputs of one execution.
struct DestinationSet {
  private let plan: [OutputPlan.Destination]
  private var buffers: [GuardedBuffer] = []
  /// Room for the dimensions of every output, guarded like the outputs themselves.
  private var dimensions: GuardedBuffer?
  let list: UnsafeMutablePointer<assay_destination>
  /// Sentences about damage around the memory, filled by `values`.
  private(set) var damage: [String] = []
  private var inspected = false

  var count: Int { plan.count }
  private static let rankCapacity = Int(ASSAY_MAX_RANK)

  init(_ plan: [OutputPlan.Destination], pool: inout GuardedPool) throws(Refusal) {
    self.plan = plan
    list = .allocate(capacity: max(1, plan.count))
    do throws(Refusal) {
      dimensions = try pool.take(plan.count * Self.rankCapacity * MemoryLayout<Int64>.size)
      for destination in plan { buffers.append(try pool.take(destination.byteCount)) }
    } catch {
      release(to: &pool)
      throw error
    }
    fill(second: false)
  }

  mutating func release(to pool: inout GuardedPool) {
    let isDamaged = !inspected || !damage.isEmpty
    for buffer in buffers { pool.give(buffer, damaged: isDamaged) }
    if let dimensions { pool.give(dimensions, damaged: isDamaged) }
    list.deallocate()
  }

  /// Prepares the memory for an execution with the first or second variant of the pattern.
  mutating func fill(second: Bool) {
    for (index, buffer) in buffers.enumerated() {
      Poison(type: plan[index].type, second: second).fill(buffer.bytes)
      var destination = assay_destination()
      destination.bytes = buffer.base
      destination.capacity = plan[index].byteCount
      destination.dims = dimensionPlace(index)
      destination.rank_capacity = UInt32(Self.rankCapacity)
      list[index] = destination
    }
  }

  private func dimensionPlace(_ index: Int) -> UnsafeMutablePointer<Int64>? {
    dimensions.map { $0.base.assumingMemoryBound(to: Int64.self) + index * Self.rankCapacity }
  }

  /// Looks at the guards and copies out what was written, checking what the library claims.
  mutating func values(_ reader: OutputReader) throws(Refusal) -> [Value] {
    inspect()
    var values: [Value] = []
    for index in plan.indices { values.append(.tensor(try tensor(index, reader))) }
    return values
  }

  private mutating func inspect() {
    damage = []
    inspected = true
    for (index, buffer) in buffers.enumerated() {
      guard let place = buffer.damage() else { continue }
      damage.append(
        GuardedBuffer.finding("output \(index)", place, size: plan[index].byteCount))
    }
    if let dimensions, let place = dimensions.damage() {
      damage.append(
        GuardedBuffer.finding("output dimensions", place, size: dimensions.bytes.count))
    }
  }

  private func tensor(_ index: Int, _ reader: OutputReader) throws(Refusal) -> Tensor {
    let name = "output \(index)"
    let claim = list[index]
    let type = try reader.elementType(claim.element_type, name)
    let shape = try reader.shape(dimensionPlace(index), rank: claim.rank, name)
    guard type != .string else {
      throw Refusal(.malformed, message: "\(name): strings in a destination for bytes")
    }
    let size = try reader.byteCount(type, shape, name)
    guard claim.byte_count == size, size <= buffers[index].bytes.count else {
      let text =
        "\(name): \(claim.byte_count) bytes written; \(type.onnxName) \(shape) takes \(size), "
        + "the destination \(buffers[index].bytes.count)"
      throw Refusal(.malformed, message: text)
    }
    let bytes = [UInt8](UnsafeRawBufferPointer(rebasing: buffers[index].bytes[..<size]))
    guard let tensor = Tensor(type: type, shape: shape, bytes: bytes) else {
      throw Refusal(.malformed, message: "\(name): type, shape and size do not fit")
    }
    return tensor
  }

  /// Whether an element of the outputs still holds the first variant of the pattern, by chance or
  /// because it was not written.
  func mayBeUnwritten(_ outputs: [Value]) -> Bool {
    zip(plan, outputs).contains { planned, output in
      output.tensor?.bytes.withUnsafeBytes { bytes in
        Poison(type: planned.type, second: false).remains(in: bytes)
      } ?? false
    }
  }

  /// Bytes per output that hold the first variant in `outputs` and the second one in memory now.
  mutating func unwritten(after outputs: [Value]) -> [UInt64] {
    let earlier = damage
    inspect()
    if !earlier.isEmpty { damage = earlier }
    return plan.indices.map { index in
      guard index < outputs.count, let tensor = outputs[index].tensor else { return 0 }
      let first = Poison(type: plan[index].type, second: false)
      let second = Poison(type: plan[index].type, second: true)
      return tensor.bytes.withUnsafeBytes {
        first.count(in: $0, and: second, in: UnsafeRawBufferPointer(buffers[index].bytes))
      }
    }
  }
}

import BackendABI
import Tensors

/// The outputs of one execution in the memory layout of the interface.
final class ResultStorage {
  private var blocks: [UnsafeMutableRawPointer] = []
  private(set) var values: UnsafePointer<assay_value>?
  private(set) var count = 0

  init(_ results: [Value]) throws(KernelError) {
    var views: [assay_value] = []
    for result in results { views.append(try view(of: result)) }
    count = views.count
    values = copy(views)
  }

  deinit { for block in blocks { block.deallocate() } }

  /// Elements without references in a block of their own; nil when there are none.
  private func copy<Element>(_ elements: [Element]) -> UnsafePointer<Element>? {
    guard !elements.isEmpty else { return nil }
    let block = UnsafeMutableRawPointer.allocate(
      byteCount: elements.count * MemoryLayout<Element>.stride,
      alignment: MemoryLayout<Element>.alignment)
    blocks.append(block)
    let start = block.bindMemory(to: Element.self, capacity: elements.count)
    for (index, element) in elements.enumerated() { (start + index).initialize(to: element) }
    return UnsafePointer(start)
  }

  private func copy(bytes: [UInt8]) -> UnsafeRawPointer? {
    guard !bytes.isEmpty else { return nil }
    let block = UnsafeMutableRawPointer.allocate(byteCount: bytes.count, alignment: 64)
    blocks.append(block)
    UnsafeMutableRawBufferPointer(start: block, count: bytes.count).copyBytes(from: bytes)
    return UnsafeRawPointer(block)
  }

  private func text(_ string: String) -> assay_text {
    let bytes = Array(string.utf8)
    return assay_text(
      bytes: copy(bytes: bytes)?.assumingMemoryBound(to: CChar.self), length: bytes.count)
  }

  private func view(of tensor: Tensor) -> assay_tensor {
    var view = assay_tensor()
    view.element_type = tensor.type.rawValue
    view.rank = UInt32(tensor.shape.count)
    view.dims = copy(tensor.shape.map { Int64($0) })
    view.bytes = copy(bytes: tensor.bytes)
    view.byte_count = tensor.bytes.count
    view.strings = copy(tensor.strings.map { text($0) })
    view.string_count = tensor.strings.count
    return view
  }

  private func view(of value: Value) throws(KernelError) -> assay_value {
    var view = assay_value()
    view.kind = value.type.kind
    switch value {
    case .tensor(let tensor):
      guard tensor.shape.count <= Int(ASSAY_MAX_RANK) else {
        throw .unsupported(.rank, "an output of rank \(tensor.shape.count)")
      }
      view.tensor = self.view(of: tensor)
    case .sequence(let elements, let element):
      view.sequence = try sequence(elements, element)
    case .optional(let content, _):
      if let content { view.optional.value = copy([try self.view(of: content)]) }
    case .map(let keys, let values, let valueType):
      let content = try sequence(values, valueType)
      var list = assay_value()
      list.kind = ASSAY_KIND_SEQUENCE
      list.sequence = content
      view.map = assay_map(keys: copy([self.view(of: keys)]), values: copy([list]))
    }
    return view
  }

  private func sequence(
    _ elements: [Value], _ element: ValueType
  ) throws(KernelError) -> assay_sequence {
    var views: [assay_value] = []
    for value in elements { views.append(try view(of: value)) }
    var sequence = assay_sequence()
    sequence.element_kind = element.kind
    if case .tensor(let type) = element { sequence.element_type = type.rawValue }
    sequence.count = views.count
    sequence.elements = copy(views)
    return sequence
  }
}

extension ValueType {
  /// The kind of value as the interface numbers it.
  fileprivate var kind: assay_value_kind {
    switch self {
    case .tensor: ASSAY_KIND_TENSOR
    case .sequence: ASSAY_KIND_SEQUENCE
    case .optional: ASSAY_KIND_OPTIONAL
    case .map: ASSAY_KIND_MAP
    }
  }
}

import Tensors

/// The elements of a tensor as texts for a failure card; made only when something failed.
struct ElementTexts {
  private enum Content {
    case reals([Double])
    case complex([Double])
    case integers([Int128])
    case bools([UInt64])
    case strings([String])
  }

  private let content: Content

  init(_ tensor: Tensor) {
    switch tensor.type.meaning {
    case .float: content = .reals(tensor.doubles ?? [])
    case .integer: content = .integers(tensor.integers ?? [])
    case .bool: content = .bools(tensor.codes)
    case .string: content = .strings(tensor.strings)
    case .complex:
      let part: ElementType = tensor.type == .c64 ? .f32 : .f64
      let parts = Tensor(type: part, shape: [tensor.count, 2], bytes: tensor.bytes)
      content = .complex(parts?.doubles ?? [])
    }
  }

  init(reals: [Double]) { content = .reals(reals) }

  /// The text of one element; empty when there is no such element.
  func text(at position: Int) -> String {
    switch content {
    case .reals(let values): element(values, position).map(DecimalText.both) ?? ""
    case .complex(let values):
      "("
        + [2 * position, 2 * position + 1].compactMap { element(values, $0) }
        .map(DecimalText.both).joined(separator: ", ") + ")"
    case .integers(let values): element(values, position).map { String($0) } ?? ""
    case .bools(let values): element(values, position).map { $0 == 0 ? "false" : "true" } ?? ""
    case .strings(let values): element(values, position).map { "\"\($0.prefix(80))\"" } ?? ""
    }
  }

  private func element<Element>(_ values: [Element], _ position: Int) -> Element? {
    values.indices.contains(position) ? values[position] : nil
  }
}

/// One key of a map.
package enum MapKey: Hashable, Sendable {
  case integer(Int128)
  /// Texts are equal when their bytes are, which is stricter than Swift's equality.
  case text([UInt8])
}

extension MapKey: CustomStringConvertible {
  /// The key as reports name it: `3`, `"b"`.
  package var description: String {
    switch self {
    case .integer(let number): "\(number)"
    case .text(let bytes): String(decoding: bytes, as: UTF8.self).debugDescription
    }
  }
}

extension Tensor {
  /// The elements as keys of a map; empty for types that are neither integers nor strings.
  package var mapKeys: [MapKey] {
    switch type.meaning {
    case .string: strings.map { .text(Array($0.utf8)) }
    case .integer: (integers ?? []).map { .integer($0) }
    case .bool, .float, .complex: []
    }
  }
}

/// Why bytes or text are not a model or value, or why one cannot be written.
package enum ModelError: Error, Hashable, Sendable {
  /// Not a protobuf message: the top-level field starting at this byte cannot be read.
  case wire(offset: Int, reason: String)
  /// A field holds something the format does not allow.
  case content(path: String, reason: String)
  /// Well-formed, but this package does not support it.
  case unsupported(path: String, feature: String)
  /// Larger or deeper than `ModelLimits` allows.
  case limit(path: String, reason: String)
  /// A tensor's file cannot be used.
  case external(path: String, location: String, reason: String)
  /// Not the textual syntax; line and column count from 1, the column in characters.
  case text(line: Int, column: Int, reason: String)
}

extension ModelError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .wire(let offset, let reason): "byte \(offset): \(reason)"
    case .content(let path, let reason), .limit(let path, let reason): "\(path): \(reason)"
    case .unsupported(let path, let feature): "\(path): \(feature) is not supported"
    case .external(let path, let location, let reason):
      "\(path): external file \"\(location)\": \(reason)"
    case .text(let line, let column, let reason): "\(line):\(column): \(reason)"
    }
  }
}

/// Bounds on what is read, so that a hostile file cannot exhaust stack or memory.
package enum ModelLimits {
  /// Nested protobuf messages; a subgraph takes three (graph, node, attribute).
  package static let messageDepth = 100
  /// Nested subgraphs, types or lists in text.
  package static let textDepth = 30
  /// Elements of one tensor.
  package static let elements = 1 << 31
  /// Bytes a sparse tensor may take once its zeros are written out.
  package static let denseBytes = 1 << 30
}

/// The place of a field inside a message, e.g. `graph.node[3].attribute[alpha].t.raw_data`.
///
/// Kept as a chain so that decoding pays for the text only when there is something to report.
indirect enum FieldPath: CustomStringConvertible {
  case root(String)
  case field(FieldPath, String)
  case element(FieldPath, String, Int)
  case entry(FieldPath, String, String)

  var description: String {
    switch self {
    case .root(let name): name
    case .field(let parent, let name): "\(parent.prefix)\(name)"
    case .element(let parent, let name, let index): "\(parent.prefix)\(name)[\(index)]"
    case .entry(let parent, let name, let key): "\(parent.prefix)\(name)[\(key)]"
    }
  }

  private var prefix: String {
    let text = description
    return text.isEmpty ? "" : text + "."
  }

  func content(_ reason: String) -> ModelError { .content(path: description, reason: reason) }
}

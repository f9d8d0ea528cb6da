import ModelFormat
import Spec

/// An attribute of one node with the value in force: the one stated or the standard's default.
struct AttributePlace: Sendable {
  /// The node's place in `allNodes`.
  let node: Int
  let name: String
  let value: Attribute
  let schema: AttributeSchema
  let isStated: Bool

  /// Attributes that ask for more precision than the standard's default; a backend that computes
  /// wider or draws other numbers is right.
  static let free: Set<String> = ["seed", "softmax_precision", "stash_type"]
}

extension Site {
  /// The attributes of all nodes that can be wrong, in order of nodes and names.
  var attributes: [AttributePlace] {
    model.graph.allNodes.enumerated().flatMap { index, node in
      (schema(of: node)?.attributes ?? [:]).sorted { $0.key < $1.key }
        .compactMap { name, schema -> AttributePlace? in
          guard !AttributePlace.free.contains(name),
            let value = node.attributes[name] ?? schema.defaultValue
          else { return nil }
          return AttributePlace(
            node: index, name: name, value: value, schema: schema,
            isStated: node.attributes[name] != nil)
        }
    }
  }

  /// The model with one attribute replaced, or left out by nil.
  func replacing(_ place: AttributePlace, by value: Attribute?) -> Model {
    changing(node: place.node) { $0.attributes[place.name] = value }
  }

  /// The model with one node of `allNodes` changed.
  func changing(node index: Int, _ change: (inout Node) -> Void) -> Model {
    var changed = model
    var position = 0
    changed.graph = model.graph.mappingNodes { node in
      defer { position += 1 }
      guard position == index else { return node }
      var node = node
      change(&node)
      return node
    }
    return changed
  }
}

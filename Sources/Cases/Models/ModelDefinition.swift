import ModelFormat
import Spec
import Tensors

/// What the file of a model says besides its groups: graphs, weights, and how outputs are judged.
struct ModelDefinition: Sendable {
  let name: String
  /// ONNX text by the graph's name.
  let graphs: [GraphText]
  /// In the order written.
  let weights: [Syntax.Member]
  /// By the output's name; every other float output is a tap.
  let tokenRules: [String: TokenRule]
  /// The type variables in the order of case ids.
  let typeVariables: [TypeVariable]

  /// The text of one graph and the file it stands in.
  struct GraphText: Sendable {
    let name: String
    let path: String
    let text: String
  }

  static let keys = ["model", "versions", "types", "constraints", "weights", "outputs", "groups"]

  init(
    _ members: [Syntax.Member], name: String, graphs: [GraphText]
  ) throws(SyntaxFault) {
    self.name = name
    self.graphs = graphs
    guard !graphs.isEmpty else {
      throw SyntaxFault(
        1, "the model has no graph", remedy: "put its ONNX text beside the file: NAME.onnxtxt")
    }
    typeVariables = try Self.typeVariables(members["types"])
    weights = try Self.weights(members["weights"])
    tokenRules = try Self.tokenRules(members["outputs"])
    let words = Set(graphs.flatMap { Self.words(of: $0.text) })
    for member in weights where !words.contains(member.key) {
      throw SyntaxFault(member.line, "no graph reads the weight \"\(member.key)\"")
    }
    for member in try members["outputs"]?.requireMembers("outputs") ?? []
    where !words.contains(member.key) {
      throw SyntaxFault(member.line, "no graph gives the output \"\(member.key)\"")
    }
  }

  /// The graph of a name; an unknown one is an error.
  func graph(_ name: String, _ line: Int) throws(SyntaxFault) -> GraphText {
    guard let graph = graphs.first(where: { $0.name == name }) else {
      throw .unknown("graph", name, at: line, known: graphs.map(\.name))
    }
    return graph
  }

  private static func typeVariables(_ syntax: Syntax?) throws(SyntaxFault) -> [TypeVariable] {
    var result: [TypeVariable] = []
    for member in try syntax?.requireMembers("types") ?? [] {
      var types: [ValueType] = []
      for element in try member.value.requireElements(member.key) {
        types.append(.tensor(try element.elementType()))
      }
      result.append(TypeVariable(name: member.key, types: types))
    }
    return result
  }

  private static func weights(_ syntax: Syntax?) throws(SyntaxFault) -> [Syntax.Member] {
    let members = try syntax?.requireMembers("weights") ?? []
    for member in members {
      try InputSyntax.check(member.value)
      guard member.value.members != nil else {
        throw SyntaxFault(member.line, "a weight must be {type, shape, fill …}")
      }
    }
    return members
  }

  private static func tokenRules(_ syntax: Syntax?) throws(SyntaxFault) -> [String: TokenRule] {
    var rules: [String: TokenRule] = [:]
    for member in try syntax?.requireMembers("outputs") ?? [] {
      let entries = try member.value.requireMembers(member.key)
      try entries.requireKeys(["tokens", "kind"])
      var axes: [Int] = []
      for axis in try entries["tokens"]?.requireElements("tokens") ?? [] {
        axes.append(try axis.requireInt("an axis"))
      }
      let kind: OutputKind = try entries["kind"]?.choice("kind") ?? .values
      rules[member.key] = TokenRule(axes: axes, isLogits: kind == .logits)
    }
    return rules
  }

  /// What an output that is judged by tokens holds.
  private enum OutputKind: String, CaseIterable {
    case values, logits
  }

  /// The identifiers of a text.
  private static func words(of text: String) -> Set<String> {
    Set(
      text.split(whereSeparator: { !Bindings.isNameCharacter($0) }).map { String($0) })
  }
}

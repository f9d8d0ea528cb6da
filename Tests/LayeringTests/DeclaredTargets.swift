/// The Swift modules and executables that a manifest declares, with their dependencies.
struct DeclaredTargets {
  private(set) var dependencies: [String: Set<String>] = [:]

  /// Reads the calls `module("Name", […])` and `executable("Name", […])` of a manifest.
  init(manifest: String) {
    for call in ["module(\"", "executable(\""] {
      var rest = manifest.filter { !$0.isWhitespace }[...]
      while let start = Self.end(of: call, in: rest) {
        rest = rest[start...]
        let name = String(rest.prefix { $0 != "\"" })
        dependencies[name] = Self.names(Self.firstList(rest.dropFirst(name.count + 1)))
      }
    }
  }

  /// Everything a target's build waits for.
  func reachable(from target: String) -> Set<String> {
    ImportRules.reachable(from: target, table: dependencies)
  }

  /// The position behind the first occurrence of a text.
  private static func end(of text: String, in body: Substring) -> Substring.Index? {
    var start = body.startIndex
    while start < body.endIndex {
      if body[start...].hasPrefix(text) { return body.index(start, offsetBy: text.count) }
      start = body.index(after: start)
    }
    return nil
  }

  /// The list that follows the name, empty where the call ends without one.
  private static func firstList(_ rest: Substring) -> Substring {
    guard rest.hasPrefix(",[") else { return "" }
    return rest.dropFirst(2).prefix { $0 != "]" }
  }

  /// Names of targets; products by the name that is imported.
  private static func names(_ list: Substring) -> Set<String> {
    var names: Set<String> = []
    if list.contains("protobuf") { names.insert("SwiftProtobuf") }
    if list.contains("arguments") { names.insert("ArgumentParser") }
    // The second string of a product names its package, here always the same word.
    let pieces = list.split(separator: "\"", omittingEmptySubsequences: false)
    for position in pieces.indices where position % 2 == 1 {
      names.insert(String(pieces[position]))
    }
    return names
  }
}

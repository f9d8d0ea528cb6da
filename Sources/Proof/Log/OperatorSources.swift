import Cases
import Spec

/// The source files of operators, one for each, with what each takes from the others.
///
/// A file takes from another what it names: a type or function that stands at the left margin there,
/// or the other's operator as a quoted name. Naming too much only proves a case too often.
struct OperatorSources {
  /// By operator: over its own files and everything they take from others.
  private let digests: [String: String]

  /// `root`: the folder that holds a folder for each family.
  init(root: String) throws(ProofError) {
    var sources: [OperatorSource] = []
    for path in try SourceFiles.paths(under: root)
    where path.dropFirst(root.count + 1).contains("/") {
      sources.append(OperatorSource(path: path, bytes: try SourceFiles.bytes(of: path)))
    }
    var places: [Substring: [Int]] = [:]
    for (index, source) in sources.enumerated() {
      for name in source.declared { places[name, default: []].append(index) }
      places["\"\(source.operatorName)", default: []].append(index)
    }
    var members: [String: [Int]] = [:]
    for (index, source) in sources.enumerated() {
      members[source.operatorName, default: []].append(index)
    }
    digests = members.mapValues { own in
      Self.digest(Self.reach(from: own, sources, places).sorted().map { sources[$0] })
    }
  }

  private static func reach(
    from own: [Int], _ sources: [OperatorSource], _ places: [Substring: [Int]]
  ) -> Set<Int> {
    var reached = Set(own)
    var waiting = own
    while let index = waiting.popLast() {
      for word in sources[index].words {
        for place in places[word] ?? [] where reached.insert(place).inserted {
          waiting.append(place)
        }
      }
    }
    return reached
  }

  private static func digest(_ sources: [OperatorSource]) -> String {
    var hash = SHA256()
    for source in sources {
      hash.update(separated: source.name)
      hash.update(separated: source.digest)
    }
    return SHA256.hexadecimal(hash.digest())
  }

  /// Operators that have a file of their own.
  var operators: Set<String> { Set(digests.keys) }

  /// The digest of an operator; empty for one without a file.
  subscript(name: String) -> String { digests[name] ?? "" }
}

/// One file: what it declares for others, and the words it uses.
private struct OperatorSource {
  let operatorName: String
  let name: String
  let digest: String
  let declared: Set<Substring>
  /// Identifiers, and quoted ones with the opening quote before them.
  let words: Set<Substring>

  init(path: String, bytes: [UInt8]) {
    name = path.split(separator: "/").suffix(2).joined(separator: "/")
    operatorName = String(
      (path.split(separator: "/").last ?? "").prefix { $0 != "." && $0 != "+" })
    digest = SHA256.hexadecimal(SHA256.digest(of: bytes))
    let text = String(decoding: bytes, as: UTF8.self)
    words = Set(
      text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "\"") }
        .flatMap(Self.parts))
    declared = Self.declarations(text)
  }

  private static func parts(_ word: Substring) -> [Substring] {
    guard word.contains("\"") else { return [word] }
    let pieces = word.split(separator: "\"")
    return pieces + pieces.map { "\"\($0)" }
  }

  private static let keywords: Set<Substring> = [
    "enum", "struct", "class", "actor", "protocol", "typealias", "func", "let", "var",
  ]

  private static func declarations(_ text: String) -> Set<Substring> {
    var names: Set<Substring> = []
    var isExtension = false
    for line in text.split(separator: "\n") {
      let depth = line.prefix { $0 == " " }.count
      guard depth == 0 || (depth == 2 && isExtension) else { continue }
      let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
      if depth == 0, line != "}" { isExtension = words.contains("extension") }
      guard !words.contains("private"), !words.contains("fileprivate") else {
        if depth == 0 { isExtension = false }
        continue
      }
      for (word, next) in zip(words, words.dropFirst()) where keywords.contains(word) {
        names.insert(next)
        break
      }
    }
    return names
  }
}

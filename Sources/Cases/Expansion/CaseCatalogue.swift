package import Spec

/// All cases of a directory of case files; listing is cheap, tensors are made case by case.
package struct CaseCatalogue: Sendable {
  /// In the order of files (by path), groups, versions and combinations.
  package let entries: [CaseEntry]
  package let standard: Standard
  package let seed: SuiteSeed
  let files: [CaseFile]
  let expansions: [GroupExpansion]
  private let positions: [CaseID: Int]

  /// Reads `<directory>/operators/<family>/*.yaml`.
  ///
  /// A filter that names operators keeps the files of all others unread. Throws the first error of
  /// a file; a directory without case files is an error.
  package init(
    load directory: String, standard: Standard, seed: SuiteSeed = .published,
    filter: CaseFilter? = nil
  ) throws(CaseFileError) {
    var files: [CaseFile] = []
    for path in try Self.paths(directory) {
      let name = path.split(separator: "/").last.map { String($0.dropLast(5)) } ?? path
      if let filter, !filter.mayMatch(operatorName: name) { continue }
      files.append(try CaseFile(path: path, yaml: Self.text(path), standard: standard))
    }
    try self.init(files: files, standard: standard, seed: seed, filter: filter)
  }

  /// A catalogue of case files given as text, by path.
  package init(
    texts: [(path: String, yaml: String)], standard: Standard, seed: SuiteSeed = .published,
    filter: CaseFilter? = nil
  ) throws(CaseFileError) {
    var files: [CaseFile] = []
    for (path, yaml) in texts {
      files.append(try CaseFile(path: path, yaml: yaml, standard: standard))
    }
    try self.init(files: files, standard: standard, seed: seed, filter: filter)
  }

  private init(
    entries: [CaseEntry], standard: Standard, seed: SuiteSeed, files: [CaseFile],
    expansions: [GroupExpansion], positions: [CaseID: Int]
  ) {
    (self.entries, self.standard, self.seed) = (entries, standard, seed)
    (self.files, self.expansions, self.positions) = (files, expansions, positions)
  }

  private init(
    files: [CaseFile], standard: Standard, seed: SuiteSeed, filter: CaseFilter?
  ) throws(CaseFileError) {
    var expander = Expander(standard: standard)
    for (index, file) in files.enumerated() { try expander.add(file, at: index) }
    entries =
      filter.map { filter in expander.entries.filter { filter.matches($0) } }
      ?? expander.entries
    expansions = expander.expansions
    let numbered = entries.enumerated().map { ($0.element.id, $0.offset) }
    positions = Dictionary(numbered, uniquingKeysWith: { first, _ in first })
    (self.files, self.standard, self.seed) = (files, standard, seed)
  }

  /// The same cases with random inputs drawn from another seed.
  package func reseeded(_ seed: SuiteSeed) -> CaseCatalogue {
    CaseCatalogue(
      entries: entries, standard: standard, seed: seed, files: files, expansions: expansions,
      positions: positions)
  }

  /// The entry of an id; nil when there is none.
  package func entry(_ id: CaseID) -> CaseEntry? { positions[id].map { entries[$0] } }

  /// The constraints of an operator's file, label and text, in the order written.
  package func constraints(of entry: CaseEntry) -> [(label: String, text: String)] {
    files[expansions[entry.expansion].file].constraints
  }

  /// The path of the case file and the line of the group, for messages.
  package func source(of entry: CaseEntry) -> (path: String, line: Int) {
    let expansion = expansions[entry.expansion]
    let file = files[expansion.file]
    return (file.path, file.groups[expansion.group].line)
  }

  /// Makes the model and the input tensors of a case; equal calls give equal bytes.
  package func materialise(_ entry: CaseEntry) throws(CaseFileError) -> Case {
    let expansion = expansions[entry.expansion]
    let file = files[expansion.file]
    let group = file.groups[expansion.group]
    do throws(SyntaxFault) {
      let builder = CaseBuilder(
        entry: entry, definition: group, schema: expansion.schema, opset: expansion.opset,
        bindings: expansion.space.bindings(entry.combination), seed: seed)
      return try builder.build()
    } catch {
      throw CaseFileError(
        path: file.path, line: error.line, group: group.name,
        reason: "\(error.reason) (\(entry.id))", remedy: error.remedy)
    }
  }

  private static func paths(_ directory: String) throws(CaseFileError) -> [String] {
    let root = directory + "/operators"
    do throws(FileFault) {
      var paths: [String] = []
      for family in try FileContents.names(in: root) where !family.contains(".") {
        for name in try FileContents.names(in: "\(root)/\(family)") where name.hasSuffix(".yaml") {
          paths.append("\(root)/\(family)/\(name)")
        }
      }
      guard paths.isEmpty else { return paths }
    } catch {
      throw CaseFileError(path: error.path, reason: error.reason)
    }
    throw CaseFileError(
      path: root, reason: "no case files", remedy: "give the directory conformance-cases")
  }

  private static func text(_ path: String) throws(CaseFileError) -> String {
    do throws(FileFault) {
      let bytes = try FileContents.bytes(at: path)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw FileFault(path: path, reason: "not UTF-8")
      }
      return text
    } catch {
      throw CaseFileError(path: path, reason: error.reason)
    }
  }
}

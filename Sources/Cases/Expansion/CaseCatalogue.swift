package import Spec

/// All cases of a directory of case files; listing is cheap, tensors are made case by case.
package struct CaseCatalogue: Sendable {
  /// In the order of files (by path), groups, versions and combinations.
  package let entries: [CaseEntry]
  package let standard: Standard
  package private(set) var seed: SuiteSeed
  /// What was read from a directory; nil for texts.
  package let contents: SuiteContents?
  let files: [CaseFile]
  let expansions: [GroupExpansion]
  private let positions: [CaseID: Int]
  private let bodies: OperatorBodies

  /// Reads `<directory>/operators/<family>/*.yaml`, `<directory>/models/<name>/<name>.yaml` and the
  /// bodies `<directory>/functions/*.onnxtxt`.
  ///
  /// A filter that names operators or models keeps the files of all others unread; a tier keeps what
  /// has no cases in it unread, by the `outlines` of a manifest. Throws the first error of a file; a
  /// directory without case files is an error.
  package init(
    load directory: String, standard: Standard, seed: SuiteSeed = .published,
    filter: CaseFilter? = nil, tier: Tier? = nil, outlines: [String: FileOutline] = [:]
  ) throws(CaseFileError) {
    var reading = FileReading(directory: directory, outlines: outlines, tier: tier)
    _ = try reading.whole("\(directory)/standard/\(Standard.fileName)")
    let patterns = try SuiteFiles.patterns(in: directory, &reading)
    let bodies = try OperatorBodies(reading: &reading, standard: standard, filter: filter)
    var files: [CaseFile] = []
    for path in try SuiteFiles.operators(in: directory) {
      let name = path.split(separator: "/").last.map { String($0.dropLast(5)) } ?? path
      if let filter, !filter.mayMatch(operatorName: name) { continue }
      guard let contents = try reading.cases(path) else { continue }
      files.append(
        try CaseFile(
          path: path, yaml: contents.text, standard: standard, patterns: patterns,
          tier: contents.tier))
    }
    for model in try SuiteFiles.models(in: directory) {
      if let filter, !filter.mayMatch(model: model.name) { continue }
      guard let contents = try reading.cases(model.path) else { continue }
      files.append(
        try CaseFile(
          path: model.path, yaml: contents.text, standard: standard,
          graphs: SuiteFiles.graphs(of: model, &reading), tier: contents.tier))
    }
    try self.init(
      files: files, standard: standard, seed: seed, filter: filter, bodies: bodies,
      reading: reading)
  }

  /// A catalogue of case files given as text, by path, and of `patterns` that they name; `graphs`
  /// holds the ONNX text of models by path, in the folders of their files; `functions` the bodies of
  /// operators, by path.
  package init(
    texts: [(path: String, yaml: String)], patterns: [(path: String, yaml: String)] = [],
    graphs: [(path: String, text: String)] = [],
    functions: [(path: String, text: String)] = [],
    standard: Standard, seed: SuiteSeed = .published, filter: CaseFilter? = nil
  ) throws(CaseFileError) {
    var known: [GroupPattern] = []
    for (path, yaml) in patterns { known.append(try GroupPattern(path: path, yaml: yaml)) }
    var files: [CaseFile] = []
    for (path, yaml) in texts {
      let beside = graphs.filter { SuiteFiles.folder(of: $0.path) == SuiteFiles.folder(of: path) }
      files.append(
        try CaseFile(
          path: path, yaml: yaml, standard: standard, patterns: known,
          graphs: beside.map { SuiteFiles.graph(path: $0.path, text: $0.text) }))
    }
    try self.init(
      files: files, standard: standard, seed: seed, filter: filter,
      bodies: OperatorBodies(texts: functions, standard: standard))
  }

  private init(
    files: [CaseFile], standard: Standard, seed: SuiteSeed, filter: CaseFilter?,
    bodies: OperatorBodies, reading: FileReading? = nil
  ) throws(CaseFileError) {
    var expander = Expander(standard: standard, seed: seed, bodies: bodies)
    for (index, file) in files.enumerated() { try expander.add(file, at: index) }
    contents = reading.map { SuiteContents($0, expander.entries, files, expander.expansions) }
    entries =
      filter.map { filter in expander.entries.filter { filter.matches($0) } }
      ?? expander.entries
    expansions = expander.expansions
    let numbered = entries.enumerated().map { ($0.element.id, $0.offset) }
    positions = Dictionary(numbered, uniquingKeysWith: { first, _ in first })
    (self.files, self.standard, self.seed) = (files, standard, seed)
    self.bodies = bodies
  }

  /// The same cases with random inputs drawn from another seed.
  package func reseeded(_ seed: SuiteSeed) -> CaseCatalogue {
    var catalogue = self
    catalogue.seed = seed
    return catalogue
  }

  /// The entry of an id; nil when there is none.
  package func entry(_ id: CaseID) -> CaseEntry? { positions[id].map { entries[$0] } }

  /// The constraints of an operator's file, in the order written.
  package func constraints(of entry: CaseEntry) -> [Constraint] {
    files[expansions[entry.expansion].file].constraints
  }

  /// The position of the case's file among those that were read; the same for all of its cases.
  package func filePosition(of entry: CaseEntry) -> Int { expansions[entry.expansion].file }

  /// How many case files were read.
  package var fileCount: Int { files.count }

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
      let bindings = expansion.space.bindings(entry.combination)
      if let model = file.model {
        return try ModelCaseBuilder(
          entry: entry, definition: group, model: model, opset: expansion.opset,
          bindings: bindings, seed: seed
        ).build()
      }
      let builder = CaseBuilder(
        entry: entry, definition: group, schema: expansion.schema, opset: expansion.opset,
        bindings: bindings, seed: seed, bodies: bodies)
      return try builder.build()
    } catch {
      throw CaseFileError(
        path: error.file ?? file.path, line: error.line, group: group.name,
        reason: "\(error.reason) (\(entry.id))", remedy: error.remedy)
    }
  }
}

import Spec

/// Where case files and graphs lie.
enum SuiteFiles {
  /// The file of a model or of an operator's bodies.
  struct NamedFile {
    let name: String
    let path: String
  }

  /// The ending of graphs in ONNX's textual syntax.
  static let graphEnding = ".onnxtxt"

  /// The case files of operators, by path; a directory without any is an error.
  static func operators(in directory: String) throws(CaseFileError) -> [String] {
    let root = directory + "/operators"
    var paths: [String] = []
    for family in try names(in: root) where !family.contains(".") {
      for name in try names(in: "\(root)/\(family)") where name.hasSuffix(".yaml") {
        paths.append("\(root)/\(family)/\(name)")
      }
    }
    guard paths.isEmpty else { return paths }
    throw CaseFileError(
      path: root, reason: "no case files", remedy: "give the directory conformance-cases")
  }

  /// The patterns of groups, by name; none where the directory has no patterns.
  static func patterns(
    in directory: String, _ reading: inout FileReading
  ) throws(CaseFileError) -> [GroupPattern] {
    guard try names(in: directory).contains("patterns") else { return [] }
    let root = directory + "/patterns"
    var patterns: [GroupPattern] = []
    for name in try names(in: root) where name.hasSuffix(".yaml") {
      let path = "\(root)/\(name)"
      patterns.append(try GroupPattern(path: path, yaml: try reading.whole(path)))
    }
    return patterns
  }

  /// The case files of models, by name; none where the directory has no models.
  static func models(in directory: String) throws(CaseFileError) -> [NamedFile] {
    guard try names(in: directory).contains("models") else { return [] }
    let root = directory + "/models"
    return try names(in: root).filter { !$0.contains(".") }.map {
      NamedFile(name: $0, path: "\(root)/\($0)/\($0).yaml")
    }
  }

  /// The files `functions/<Operator>.onnxtxt`, by name; none without the folder.
  static func functions(in directory: String) throws(CaseFileError) -> [NamedFile] {
    guard try names(in: directory).contains("functions") else { return [] }
    let root = "\(directory)/functions"
    return try names(in: root).filter { $0.hasSuffix(graphEnding) }.map {
      NamedFile(name: String($0.dropLast(graphEnding.count)), path: "\(root)/\($0)")
    }
  }

  /// The graphs beside the file of a model.
  static func graphs(
    of model: NamedFile, _ reading: inout FileReading
  ) throws(CaseFileError) -> [ModelDefinition.GraphText] {
    let folder = folder(of: model.path)
    var graphs: [ModelDefinition.GraphText] = []
    for name in try names(in: folder) where name.hasSuffix(graphEnding) {
      let path = "\(folder)/\(name)"
      graphs.append(graph(path: path, text: try reading.whole(path)))
    }
    return graphs
  }

  /// A graph, named like its file.
  static func graph(path: String, text: String) -> ModelDefinition.GraphText {
    let file = path.split(separator: "/").last.map { String($0) } ?? path
    let name = file.hasSuffix(graphEnding) ? String(file.dropLast(graphEnding.count)) : file
    return ModelDefinition.GraphText(name: name, path: path, text: text)
  }

  /// Everything before the last slash; empty without one.
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  private static func names(in directory: String) throws(CaseFileError) -> [String] {
    do throws(FileFault) {
      return try FileContents.names(in: directory)
    } catch {
      throw CaseFileError(path: error.path, reason: error.reason)
    }
  }
}

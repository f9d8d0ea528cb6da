import Spec

/// Where case files and graphs lie.
enum SuiteFiles {
  /// The file of a model.
  struct ModelFile {
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
  static func patterns(in directory: String) throws(CaseFileError) -> [GroupPattern] {
    guard try names(in: directory).contains("patterns") else { return [] }
    let root = directory + "/patterns"
    var patterns: [GroupPattern] = []
    for name in try names(in: root) where name.hasSuffix(".yaml") {
      let path = "\(root)/\(name)"
      patterns.append(try GroupPattern(path: path, yaml: try text(path)))
    }
    return patterns
  }

  /// The case files of models, by name; none where the directory has no models.
  static func models(in directory: String) throws(CaseFileError) -> [ModelFile] {
    guard try names(in: directory).contains("models") else { return [] }
    let root = directory + "/models"
    return try names(in: root).filter { !$0.contains(".") }.map {
      ModelFile(name: $0, path: "\(root)/\($0)/\($0).yaml")
    }
  }

  /// The functions and graphs in a folder of the directory, by path; none without the folder.
  static func texts(
    in directory: String, folder: String
  ) throws(CaseFileError) -> [(path: String, text: String)] {
    guard try names(in: directory).contains(folder) else { return [] }
    let root = "\(directory)/\(folder)"
    var texts: [(path: String, text: String)] = []
    for name in try names(in: root) where name.hasSuffix(graphEnding) {
      texts.append(("\(root)/\(name)", try text("\(root)/\(name)")))
    }
    return texts
  }

  /// The graphs beside the file of a model.
  static func graphs(of model: ModelFile) throws(CaseFileError) -> [ModelDefinition.GraphText] {
    let folder = folder(of: model.path)
    var graphs: [ModelDefinition.GraphText] = []
    for name in try names(in: folder) where name.hasSuffix(graphEnding) {
      let path = "\(folder)/\(name)"
      graphs.append(graph(path: path, text: try text(path)))
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

  /// The text of a file in UTF-8.
  static func text(_ path: String) throws(CaseFileError) -> String {
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

  private static func names(in directory: String) throws(CaseFileError) -> [String] {
    do throws(FileFault) {
      return try FileContents.names(in: directory)
    } catch {
      throw CaseFileError(path: error.path, reason: error.reason)
    }
  }
}

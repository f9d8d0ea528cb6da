import CanonicalJSON
import Glibc
import ModelFormat

/// A folder of test cases in the classic ONNX layout: `<case>/model.onnx` and
/// `<case>/test_data_set_N/{input,output}_K.pb`.
package struct ForeignSuite: Sendable {
  /// One data set of one model.
  struct Entry: Sendable {
    /// `<case>` or `<case>/test_data_set_N` when the model has several.
    let name: String
    let model: String
    let dataSet: String
    /// Relative and absolute tolerance: ONNX's defaults unless `data.json` says otherwise.
    let tolerance: ForeignTolerance
  }

  let entries: [Entry]
  /// Folders in folders; a link may lead back up.
  private static let depthLimit = 16

  /// Finds every case below the folder, in the order of their paths.
  ///
  /// - Throws: `ForeignSuiteError` when the folder cannot be read or holds no case.
  package init(scanning folder: String) throws(ForeignSuiteError) {
    var entries: [Entry] = []
    let name = folder.split(separator: "/").last.map { String($0) } ?? folder
    try Self.scan(folder, name: name, depth: 0, into: &entries)
    guard !entries.isEmpty else { throw .empty(folder) }
    var places: [String: String] = [:]
    for entry in entries {
      guard let other = places.updateValue(entry.dataSet, forKey: entry.name) else { continue }
      throw .malformed(
        entry.dataSet, reason: "a case of the same name is \(other); run the folders one by one")
    }
    self.entries = entries
  }

  private static func scan(
    _ folder: String, name: String, depth: Int, into entries: inout [Entry]
  ) throws(ForeignSuiteError) {
    let children = try Self.children(of: folder)
    guard children.contains("model.onnx") else {
      guard depth < depthLimit else { throw .malformed(folder, reason: "nested too deeply") }
      for child in children where isFolder("\(folder)/\(child)") {
        try scan("\(folder)/\(child)", name: child, depth: depth + 1, into: &entries)
      }
      return
    }
    let sets = children.filter { $0.hasPrefix("test_data_set_") }
    guard !sets.isEmpty else {
      throw .malformed(
        folder, reason: "model.onnx without a test_data_set_N; complete or remove it")
    }
    let tolerance = try ForeignTolerance(readingFrom: "\(folder)/data.json")
    for set in sets {
      entries.append(
        Entry(
          name: sets.count == 1 ? name : "\(name)/\(set)", model: "\(folder)/model.onnx",
          dataSet: "\(folder)/\(set)", tolerance: tolerance))
    }
  }

  private static func children(of folder: String) throws(ForeignSuiteError) -> [String] {
    guard let directory = opendir(folder) else {
      throw .unreadable(folder, reason: String(cString: strerror(errno)))
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}

/// Why a foreign suite cannot be run.
package enum ForeignSuiteError: Error, Hashable, Sendable, CustomStringConvertible {
  case unreadable(String, reason: String)
  case empty(String)
  case malformed(String, reason: String)

  package var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .empty(let folder):
      "\(folder): holds no model.onnx beside a test_data_set_N; see scripts/materialise-onnx-suite"
    case .malformed(let path, let reason): "\(path): \(reason)"
    }
  }
}

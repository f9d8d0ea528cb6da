import Glibc

/// The files of this package, as they lie on disk.
enum SourceTree {
  struct Unreadable: Error { let path: String }

  static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

  /// Paths below a folder of the package, from the package's root on, sorted.
  static func files(under folder: String, endings: [String] = [".swift"]) throws -> [String] {
    var found: [String] = []
    guard try collect(folder, endings: endings, into: &found) else {
      throw Unreadable(path: folder)
    }
    return found.sorted()
  }

  /// The names of the folders and files right in a folder.
  static func names(in folder: String) -> [String]? {
    guard let directory = opendir(root + "/" + folder) else { return nil }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  /// Whether a file or folder of the package exists.
  static func exists(_ path: String) -> Bool { access(root + "/" + path, F_OK) == 0 }

  /// The lines of a file of the package.
  static func lines(of path: String) throws -> [Substring] {
    guard let file = fopen(root + "/" + path, "r") else { throw Unreadable(path: path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      bytes += chunk[..<count]
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// Whether a tool wrote the file.
  static func isGenerated(_ path: String) -> Bool {
    path.hasSuffix(".generated.swift") || path.hasSuffix(".pb.swift")
  }

  /// False for a path that is no folder.
  private static func collect(
    _ path: String, endings: [String], into found: inout [String]
  ) throws -> Bool {
    guard let names = names(in: path) else { return false }
    for name in names {
      let inner = path + "/" + name
      let isFolder = try collect(inner, endings: endings, into: &found)
      if !isFolder, endings.contains(where: { name.hasSuffix($0) }) { found.append(inner) }
    }
    return true
  }
}

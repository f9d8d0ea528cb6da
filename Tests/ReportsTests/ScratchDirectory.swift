import Glibc

/// A directory of its own for one test, removed with what it holds at the end.
final class ScratchDirectory {
  struct Unavailable: Error {}

  let root: String

  init() throws {
    var template = Array("/tmp/assay-reports-XXXXXX\0".utf8CString.dropLast())
    guard mkdtemp(&template) != nil else { throw Unavailable() }
    root = String(
      decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for name in names { unlink(path(name)) }
    rmdir(root)
  }

  func path(_ name: String) -> String { root + "/" + name }

  /// The names in the directory, sorted.
  var names: [String] {
    guard let directory = opendir(root) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The bytes of a file; nil if it cannot be read.
  func contents(_ name: String) -> [UInt8]? {
    guard let file = fopen(path(name), "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return bytes }
      bytes += chunk.prefix(count)
    }
  }
}

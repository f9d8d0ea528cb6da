import Glibc

/// A directory of its own for one test, removed with everything in it at the end.
final class ScratchDirectory {
  struct Unavailable: Error {}

  let root: String

  init() throws {
    var template = Array("/tmp/assay-goldens-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Unavailable() }
    root = String(
      decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(root) }

  func path(_ name: String) -> String { root + "/" + name }

  /// Makes `name` stand for a file or directory elsewhere.
  func link(_ name: String, to target: String) throws {
    guard symlink(target, path(name)) == 0 else { throw Unavailable() }
  }

  /// Takes a file or folder away.
  func remove(_ name: String) { Self.remove(path(name)) }

  /// Links are removed, not followed.
  private static func remove(_ path: String) {
    if unlink(path) == 0 { return }
    for name in names(path) { remove("\(path)/\(name)") }
    rmdir(path)
  }

  private static func names(_ path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}

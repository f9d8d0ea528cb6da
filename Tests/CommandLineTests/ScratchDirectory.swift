import Glibc

/// A folder of its own for one test, removed with all it holds at the end.
final class ScratchDirectory {
  struct Unavailable: Error { let path: String }

  let root: String

  init() throws {
    var template = Array("/tmp/assay-commands-XXXXXX\0".utf8CString.dropLast())
    guard mkdtemp(&template) != nil else { throw Unavailable(path: "/tmp") }
    root = String(
      decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    let names = [path("unread-output"), path("unread-errors")]
    let removal = try? Launch(["rm", "-rf", root], in: "/", output: names[0], errors: names[1])
    _ = try? removal?.ending()
  }

  func path(_ name: String) -> String { root + "/" + name }

  /// Copies a folder into this one under its own name.
  func copy(_ folder: String) throws {
    let launch = try Launch(
      ["cp", "-r", folder, root], in: "/", output: path("copy-output"), errors: path("copy-errors"))
    guard try launch.ending() == .exit(0) else { throw Unavailable(path: folder) }
  }

  /// Makes a folder in this one.
  func makeFolder(_ name: String) throws {
    guard mkdir(path(name), 0o755) == 0 else { throw Unavailable(path: path(name)) }
  }

  /// Makes `name` stand for a file or folder elsewhere.
  func link(_ name: String, to target: String) throws {
    guard symlink(target, path(name)) == 0 else { throw Unavailable(path: path(name)) }
  }

  /// The bytes of a file.
  func contents(_ name: String) throws -> [UInt8] {
    guard let file = fopen(path(name), "r") else { throw Unavailable(path: path(name)) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      bytes += chunk[..<count]
    }
    return bytes
  }

  func text(_ name: String) throws -> String { String(decoding: try contents(name), as: UTF8.self) }

  func write(_ bytes: some Collection<UInt8>, to name: String) throws {
    let bytes = Array(bytes)
    guard let file = fopen(path(name), "w") else { throw Unavailable(path: path(name)) }
    defer { fclose(file) }
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
      throw Unavailable(path: path(name))
    }
  }

  func exists(_ name: String) -> Bool { access(path(name), R_OK) == 0 }
}

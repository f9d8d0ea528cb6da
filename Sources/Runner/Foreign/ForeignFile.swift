import Glibc

/// Whole files of a foreign suite.
enum ForeignFile {
  static func bytes(_ path: String) throws(ForeignSuiteError) -> [UInt8] {
    guard let file = fopen(path, "rbe") else {
      throw .unreadable(path, reason: String(cString: strerror(errno)))
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      bytes += chunk[..<count]
    }
    guard ferror(file) == 0 else {
      throw .unreadable(path, reason: String(cString: strerror(errno)))
    }
    return bytes
  }
}

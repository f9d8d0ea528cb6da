import Glibc

/// Whole files in and out; a written file appears under its name complete or not at all.
enum GoldenFileBytes {
  static func read(_ path: String) throws(GoldenError) -> [UInt8] {
    guard let file = fopen(path, "rbe") else { throw .unreadable(file: path, reason: reason()) }
    defer { fclose(file) }
    var status = stat()
    // A hint only: what is no regular file says 0, and a file may grow while it is read.
    let size = fstat(fileno(file), &status) == 0 ? Int(clamping: status.st_size) : 0
    var bytes = read(file, max(1 << 16, min(size + 1, 1 << 30)))
    while feof(file) == 0, ferror(file) == 0 { bytes += read(file, 1 << 20) }
    guard ferror(file) == 0 else { throw .unreadable(file: path, reason: reason()) }
    return bytes
  }

  /// At most `count` further bytes, read in place.
  private static func read(_ file: UnsafeMutablePointer<FILE>, _ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = fread(buffer.baseAddress, 1, count, file)
    }
  }

  static func write(_ bytes: [UInt8], to path: String) throws(GoldenError) {
    var directory = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      directory += part + "/"
      mkdir(directory, 0o755)
    }
    let temporary = path + ".new"
    guard let file = fopen(temporary, "wbe") else {
      throw .unwritable(file: path, reason: reason())
    }
    let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count && fflush(file) == 0
    let isClosed = fclose(file) == 0
    guard isWritten, isClosed, rename(temporary, path) == 0 else {
      let reason = reason()
      unlink(temporary)
      throw .unwritable(file: path, reason: reason)
    }
  }

  private static func reason() -> String { String(cString: strerror(errno)) }
}

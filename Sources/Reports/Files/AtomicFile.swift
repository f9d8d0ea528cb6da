import Glibc

/// Writes a file so that readers see either all of it, verified, or nothing.
package enum AtomicFile {
  /// A check of the finished temporary file, through a descriptor positioned at its start.
  package typealias Check = (_ descriptor: Int32) throws(ReportError) -> Void

  /// Opens the temporary file; returns a descriptor for reading and writing, or -1 and `errno`.
  package typealias Opening = (_ path: String) -> Int32

  /// Writes to a temporary file in the same directory, checks it, flushes it to the disk and
  /// renames it over `path`.
  ///
  /// After any failure neither the temporary file nor an older file at `path` exists: a stale
  /// report of an earlier run must not pass for this one's.
  package static func write(
    _ bytes: [UInt8], to path: String, check: Check = { _ in }, opening: Opening = create
  ) throws(ReportError) {
    try refuseSpecialFile(path)
    let temporary = "\(path).\(getpid()).partial"
    do throws(ReportError) {
      try write(bytes, temporary: temporary, check: check, opening: opening)
      guard rename(temporary, path) == 0 else { throw failure(path, "rename the file to") }
    } catch {
      unlink(temporary)
      unlink(path)
      throw error
    }
    try flushDirectory(of: path)
  }

  /// Creates a new file; an abandoned one of the same name is replaced.
  package static func create(_ path: String) -> Int32 {
    let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    let descriptor = open(path, flags, 0o644)
    guard descriptor < 0, errno == EEXIST, unlink(path) == 0 else { return descriptor }
    return open(path, flags, 0o644)
  }

  private static func write(
    _ bytes: [UInt8], temporary: String, check: Check, opening: Opening
  ) throws(ReportError) {
    let descriptor = opening(temporary)
    guard descriptor >= 0 else { throw failure(temporary, "create") }
    do throws(ReportError) {
      try writeAll(bytes, to: descriptor, path: temporary)
      guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw failure(temporary, "rewind") }
      try check(descriptor)
      guard fsync(descriptor) == 0 else { throw failure(temporary, "flush") }
    } catch {
      close(descriptor)
      throw error
    }
    // Network file systems report a full disk only here.
    guard close(descriptor) == 0 else { throw failure(temporary, "close") }
  }

  private static func writeAll(
    _ bytes: [UInt8], to descriptor: Int32, path: String
  ) throws(ReportError) {
    let code = bytes.withUnsafeBytes { buffer -> Int32 in
      var rest = buffer[...]
      while !rest.isEmpty {
        let written = Glibc.write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written < 0 {
          if errno == EINTR { continue }
          return errno
        }
        rest = rest.dropFirst(written)
      }
      return 0
    }
    guard code == 0 else { throw .file(path: path, operation: "write", code: code) }
  }

  private static func refuseSpecialFile(_ path: String) throws(ReportError) {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notARegularFile(path) }
  }

  /// Makes the new name itself durable; file systems that cannot flush directories say EINVAL.
  private static func flushDirectory(of path: String) throws(ReportError) {
    let directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(directory, "open") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure(directory, "flush") }
  }

  private static func failure(_ path: String, _ operation: String) -> ReportError {
    .file(path: path, operation: operation, code: errno)
  }
}

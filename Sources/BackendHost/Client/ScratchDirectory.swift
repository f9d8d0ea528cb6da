import Glibc

/// A fresh directory with an empty home and a place for temporary files, for one worker.
struct ScratchDirectory {
  private let root: String
  var home: String { root + "/home" }
  var temporary: String { root + "/tmp" }

  /// - Throws: `HostError.spawn` when it cannot be made.
  init() throws(HostError) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((parent + "/assay-worker-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw .spawn(program: "a worker", reason: "no directory in \(parent): \(errorText(errno))")
    }
    root = template.withUnsafeBufferPointer { characters in
      characters.baseAddress.map { String(cString: $0) } ?? ""
    }
    // A home that nothing can be installed into.
    guard mkdir(home, 0o500) == 0, mkdir(temporary, 0o700) == 0 else {
      let reason = "cannot fill \(root): \(errorText(errno))"
      rmdir(root)
      throw .spawn(program: "a worker", reason: reason)
    }
  }

  /// Removes it with everything a worker left in it.
  func remove() { Self.remove(root, depth: 0) }

  /// Never follows a link; directories made deeper than any sane program makes them stay.
  private static func remove(_ path: String, depth: Int) {
    if depth < 64, let directory = openDirectory(path) {
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
          name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != "." && name != ".." { remove(path + "/" + name, depth: depth + 1) }
      }
      closedir(directory)
      rmdir(path)
    } else {
      unlink(path)
    }
  }

  private static func openDirectory(_ path: String) -> OpaquePointer? {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    var descriptor = open(path, flags)
    if descriptor < 0, errno == EACCES, chmod(path, 0o700) == 0 { descriptor = open(path, flags) }
    guard descriptor >= 0 else { return nil }
    // Entries can only be removed from a directory that may be written.
    fchmod(descriptor, 0o700)
    guard let directory = fdopendir(descriptor) else {
      close(descriptor)
      return nil
    }
    return directory
  }
}

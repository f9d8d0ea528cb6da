import Glibc
import Synchronization

/// A fresh directory with an empty home and a place for temporary files, for one worker.
///
/// Locked as long as the harness lives: what a killed one left behind is known by its free lock, and
/// removed by a later one.
struct ScratchDirectory {
  private static let prefix = "assay-worker-"
  /// How long an unlocked directory stays: longer than making and locking one takes.
  private static let leaseSeconds = 600
  private static let sweep = Mutex(false)

  private let root: String
  private let lock: Int32
  var home: String { root + "/home" }
  var temporary: String { root + "/tmp" }

  /// - Throws: `HostError.spawn` when it cannot be made.
  init() throws(HostError) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    Self.removeAbandoned(in: parent)
    var template = Array("\(parent)/\(Self.prefix)XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw .spawn(
        program: "a worker",
        reason: "no directory in \(parent): \(errorText(errno)); set TMPDIR to a writable folder")
    }
    root = template.withUnsafeBufferPointer { characters in
      characters.baseAddress.map { String(cString: $0) } ?? ""
    }
    // Without a lock, should the file system have none, the directory merely looks abandoned later.
    lock = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    flock(lock, LOCK_EX | LOCK_NB)
    // A home that nothing can be installed into.
    guard mkdir(home, 0o500) == 0, mkdir(temporary, 0o700) == 0 else {
      let reason = "cannot fill \(root): \(errorText(errno))"
      rmdir(root)
      close(lock)
      throw .spawn(program: "a worker", reason: reason)
    }
  }

  /// Removes it with everything a worker left in it.
  func remove() {
    Self.remove(root, depth: 0)
    close(lock)
  }

  /// Once in the life of a process: removes directories whose harness is gone.
  private static func removeAbandoned(in parent: String) {
    let isFirst = sweep.withLock { isDone in
      defer { isDone = true }
      return !isDone
    }
    guard isFirst, let directory = opendir(parent) else { return }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = name(of: entry)
      if name.hasPrefix(prefix) { removeIfAbandoned("\(parent)/\(name)") }
    }
  }

  private static func removeIfAbandoned(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_uid == getuid(),
      time(nil) - status.st_mtim.tv_sec > leaseSeconds, flock(descriptor, LOCK_EX | LOCK_NB) == 0
    else { return }
    remove(path, depth: 0)
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
    withUnsafePointer(to: &entry.pointee.d_name) { name in
      name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
  }

  /// Never follows a link; directories made deeper than any sane program makes them stay.
  private static func remove(_ path: String, depth: Int) {
    if depth < 64, let directory = openDirectory(path) {
      while let entry = readdir(directory) {
        let name = name(of: entry)
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

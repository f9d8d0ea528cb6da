import Glibc

/// What the system knows about the processes that belong to a worker.
enum ProcessTable {
  /// The processes whose environment had `NAME=value` when they were started or forked.
  ///
  /// Finds descendants wherever they went: into a session of their own, or to another parent.
  /// Processes of other users cannot be looked at and are left out.
  static func processes(with variable: String) -> [pid_t] {
    guard let directory = opendir("/proc") else { return [] }
    defer { closedir(directory) }
    let wanted = Array(variable.utf8)
    var found: [pid_t] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard let process = pid_t(name), process > 1 else { continue }
      if contents("/proc/\(process)/environ").split(separator: 0).contains(where: {
        $0.elementsEqual(wanted)
      }) {
        found.append(process)
      }
    }
    return found
  }

  private static func contents(_ path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 16 << 10)
    let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    return Array(bytes.prefix(max(0, count)))
  }
}

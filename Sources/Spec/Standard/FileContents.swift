import Glibc

/// Reads whole files of the suite.
package enum FileContents {
  /// The bytes of a file; throws with the system's reason.
  package static func bytes(at path: String) throws(FileFault) -> [UInt8] {
    // Without waiting: opening a pipe that nobody writes to would never return.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw FileFault(path: path, reason: String(cString: strerror(errno)))
    }
    var status = stat()
    // Directories open too; reading them fails later with a less useful reason.
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let file = fdopen(descriptor, "rb")
    else {
      close(descriptor)
      throw FileFault(path: path, reason: "not a regular file")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size) + 1)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let read = fread(&buffer, 1, buffer.count, file)
      guard read > 0 else { break }
      bytes += buffer[..<read]
    }
    guard ferror(file) == 0 else {
      throw FileFault(path: path, reason: String(cString: strerror(errno)))
    }
    return bytes
  }

  /// The names in a directory without `.` and `..`, sorted; throws with the system's reason.
  package static func names(in directory: String) throws(FileFault) -> [String] {
    guard let stream = opendir(directory) else {
      throw FileFault(path: directory, reason: String(cString: strerror(errno)))
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

/// A file or directory that could not be read, and the system's reason.
package struct FileFault: Error, Hashable, Sendable, CustomStringConvertible {
  package let path: String
  package let reason: String

  package init(path: String, reason: String) { (self.path, self.reason) = (path, reason) }
  package var description: String { "\(path): \(reason)" }
}

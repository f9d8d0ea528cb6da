import Glibc

/// Reads tensor bytes from files next to a model, and from nowhere else.
struct ExternalTensors {
  /// The folder locations are relative to; nil refuses every external tensor.
  let directory: String?

  /// The bytes an `external_data` list describes; exactly `byteCount` or an error.
  func read(
    _ entries: [Onnx_StringStringEntryProto], byteCount: Int, at path: FieldPath
  ) throws(ModelError) -> [UInt8] {
    let keys = Dictionary(
      entries.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    return try read(keys, byteCount: byteCount, at: path)
  }

  func read(
    _ keys: [String: String], byteCount: Int, at path: FieldPath
  ) throws(ModelError) -> [UInt8] {
    let location = keys["location"] ?? ""
    let request = ExternalRange(path: path.description, location: location)
    guard let directory else {
      throw request.refused("no folder for external tensors was given")
    }
    let offset = try request.number(keys["offset"], "offset") ?? 0
    let length = try request.number(keys["length"], "length")
    let descriptor = try request.open(beneath: directory)
    defer { close(descriptor) }
    let size = try request.size(of: descriptor)
    guard offset <= size, length ?? 0 <= size - offset else {
      throw request.refused(
        "bytes \(offset)+\(length ?? 0) lie beyond its end, it has \(size) bytes")
    }
    guard length ?? (size - offset) == byteCount else {
      throw request.refused("\(length ?? (size - offset)) bytes, the tensor needs \(byteCount)")
    }
    return try request.bytes(of: descriptor, from: offset, count: byteCount)
  }
}

/// One request for a part of a file, with what its errors say.
private struct ExternalRange {
  let path: String
  let location: String

  func refused(_ reason: String) -> ModelError {
    .external(path: path, location: location, reason: reason)
  }

  func number(_ text: String?, _ key: String) throws(ModelError) -> Int? {
    guard let text, !text.isEmpty else { return nil }
    guard let value = Int(text), value >= 0 else {
      throw refused("\(key) \"\(text)\" is not a byte count")
    }
    return value
  }

  /// Opens the file one path component at a time, so that no link leads out of the folder.
  func open(beneath directory: String) throws(ModelError) -> Int32 {
    let components = location.split(separator: "/", omittingEmptySubsequences: false)
    guard !location.hasPrefix("/"), !location.utf8.contains(0) else {
      throw refused("the location must be relative")
    }
    guard components.allSatisfy({ $0 != ".." && $0 != "." && !$0.isEmpty }) else {
      throw refused("the location must name a file below the folder, without \"..\"")
    }
    var current = Glibc.open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard current >= 0 else { throw refused("cannot open the folder \"\(directory)\"") }
    for (index, component) in components.enumerated() {
      let kind = index + 1 < components.count ? O_DIRECTORY : O_NONBLOCK
      let next = openat(current, String(component), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | kind)
      let code = errno
      close(current)
      guard next >= 0 else {
        throw refused(
          code == ELOOP || code == ENOTDIR
            ? "\"\(component)\" is a link or not a folder" : "cannot be opened (errno \(code))")
      }
      current = next
    }
    return current
  }

  func size(of descriptor: Int32) throws(ModelError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw refused("not a regular file")
    }
    return Int(status.st_size)
  }

  func bytes(of descriptor: Int32, from offset: Int, count: Int) throws(ModelError) -> [UInt8] {
    var filled = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while filled < count {
        let read = pread(
          descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, offset + filled)
        if read < 0 && errno == EINTR { continue }
        if read <= 0 { break }
        filled += read
      }
      initialized = filled
    }
    guard filled == count else { throw refused("ends after \(filled) of \(count) bytes") }
    return bytes
  }
}

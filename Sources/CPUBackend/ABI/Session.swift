import BackendABI

/// A backend as the caller of the interface holds it.
final class Session {
  private let backend: any ModelBackend
  /// UTF-8 that `describe` hands out until `destroy`.
  private let description: UnsafeMutableBufferPointer<CChar>

  init(_ backend: any ModelBackend) {
    self.backend = backend
    let bytes = Array(backend.description.utf8)
    description = .allocate(capacity: bytes.count)
    _ = description.initialize(from: bytes.lazy.map { CChar(bitPattern: $0) })
  }

  deinit { description.deallocate() }

  static func describe(
    _ session: OpaquePointer?, into out: UnsafeMutablePointer<assay_text>?,
    why: UnsafeMutablePointer<assay_message>?
  ) -> assay_status {
    Reply.status(why) { () throws(KernelError) in
      let session = try require(Handle<Session>.object(session))
      try require(out).pointee = assay_text(
        bytes: session.description.baseAddress, length: session.description.count)
    }
  }

  static func compile(
    _ session: OpaquePointer?, model: assay_bytes, options: assay_text,
    into out: UnsafeMutablePointer<OpaquePointer?>?, why: UnsafeMutablePointer<assay_message>?
  ) -> assay_status {
    Reply.status(why) { () throws(KernelError) in
      let session = try require(Handle<Session>.object(session))
      guard model.count == 0 || model.bytes != nil else {
        throw .invalidModel("there is no model")
      }
      let bytes = [UInt8](UnsafeRawBufferPointer(start: model.bytes, count: model.count))
      let executable = try session.backend.compile(onnx: bytes, options: try text(of: options))
      try require(out).pointee = Handle.make(LoadedExecutable(executable))
    }
  }

  static func text(of options: assay_text) throws(KernelError) -> String {
    guard let text = options.string else { throw .invalidInput("the options are not UTF-8") }
    return text
  }

  /// An argument that the interface promises is there.
  static func require<Argument>(_ argument: Argument?) throws(KernelError) -> Argument {
    guard let argument else { throw .internalError("a NULL pointer was passed") }
    return argument
  }
}

package import BackendABI

/// The table of functions that a library of this package exports.
///
/// The libraries differ in what `create` opens; everything behind it is shared.
package enum LibraryTable {
  /// The type of `create` in the table.
  package typealias Create =
    @convention(c) (
      assay_text, UnsafeMutablePointer<OpaquePointer?>?, UnsafeMutablePointer<assay_message>?
    ) -> assay_status

  /// A table that lives as long as the process.
  package static func make(create: @escaping Create) -> UnsafeMutablePointer<assay_api> {
    let table = UnsafeMutablePointer<assay_api>.allocate(capacity: 1)
    table.initialize(
      to: assay_api(
        struct_size: UInt32(MemoryLayout<assay_api>.size), abi_version: ASSAY_ABI_VERSION,
        create: create,
        describe: { Session.describe($0, into: $1, why: $2) },
        compile: { Session.compile($0, model: $1, options: $2, into: $3, why: $4) },
        execute: { LoadedExecutable.execute($0, inputs: $1, count: $2, into: $3, why: $4) },
        result_values: { LoadedExecutable.values(of: $0, count: $1) },
        release_result: { Handle<ResultStorage>.release($0) },
        release_executable: { Handle<LoadedExecutable>.release($0) },
        destroy: { Handle<Session>.release($0) },
        execute_into: nil, device_time_ns: nil, placement_json: nil))
    return table
  }

  /// The body of a library's `create`: hands out a session with the backend that `open` makes of
  /// the options.
  package static func create(
    options: assay_text, into out: UnsafeMutablePointer<OpaquePointer?>?,
    why: UnsafeMutablePointer<assay_message>?,
    open: (String) throws(KernelError) -> any ModelBackend
  ) -> assay_status {
    Reply.status(why) { () throws(KernelError) in
      let backend = try open(try Session.text(of: options))
      try Session.require(out).pointee = Handle.make(Session(backend))
    }
  }
}

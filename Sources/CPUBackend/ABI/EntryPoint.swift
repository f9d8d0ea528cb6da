public import BackendABI

/// The exported symbol of the library: the table of functions for the requested version.
///
/// Both attributes are needed: without `public` the symbol vanishes from a release build.
@c(assay_backend_api)
public func backendTable(requestedVersion: UInt32) -> UnsafePointer<assay_api>? {
  requestedVersion == ASSAY_ABI_VERSION ? UnsafePointer(table) : nil
}

/// Written once before it is handed out and never again.
nonisolated(unsafe) private let table: UnsafeMutablePointer<assay_api> = {
  let table = UnsafeMutablePointer<assay_api>.allocate(capacity: 1)
  table.initialize(
    to: assay_api(
      struct_size: UInt32(MemoryLayout<assay_api>.size), abi_version: ASSAY_ABI_VERSION,
      create: { Session.create(options: $0, into: $1, why: $2) },
      describe: { Session.describe($0, into: $1, why: $2) },
      compile: { Session.compile($0, model: $1, options: $2, into: $3, why: $4) },
      execute: { LoadedExecutable.execute($0, inputs: $1, count: $2, into: $3, why: $4) },
      result_values: { LoadedExecutable.values(of: $0, count: $1) },
      release_result: { Handle<ResultStorage>.release($0) },
      release_executable: { Handle<LoadedExecutable>.release($0) },
      destroy: { Handle<Session>.release($0) },
      execute_into: nil, device_time_ns: nil, placement_json: nil))
  return table
}()

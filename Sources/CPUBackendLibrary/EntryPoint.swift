public import BackendABI
import CPUBackend

/// The exported symbol of the library: the table of functions for the requested version.
///
/// Both attributes are needed: without `public` the symbol vanishes from a release build. It has a
/// module of its own so that other libraries can use the backend and export a table of theirs.
@c(assay_backend_api)
public func backendTable(requestedVersion: UInt32) -> UnsafePointer<assay_api>? {
  requestedVersion == ASSAY_ABI_VERSION ? UnsafePointer(table) : nil
}

/// Written once before it is handed out and never again.
nonisolated(unsafe) private let table = LibraryTable.make { options, out, why in
  LibraryTable.create(options: options, into: out, why: why) { text throws(KernelError) in
    try Backend(options: text)
  }
}

public import BackendABI
import CPUBackend
import Saboteur
import Variants

/// The exported symbol of the library: the table of functions for the requested version.
@c(assay_backend_api)
public func backendTable(requestedVersion: UInt32) -> UnsafePointer<assay_api>? {
  requestedVersion == ASSAY_ABI_VERSION ? UnsafePointer(table) : nil
}

/// Written once before it is handed out and never again.
nonisolated(unsafe) private let table = LibraryTable.make { options, out, why in
  LibraryTable.create(options: options, into: out, why: why) { text throws(KernelError) in
    let cases = try VariantBackend.option(VariantContract.cases, of: text) ?? "conformance-cases"
    return try VariantBackend(
      product: "Assay saboteur", variants: try Saboteur.catalogue(cases: cases), options: text)
  }
}

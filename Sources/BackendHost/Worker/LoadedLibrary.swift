import BackendABI
import Glibc

/// The table of functions of a backend library, checked before anything of it is called.
struct LoadedLibrary {
  /// Members beyond the table of the library are nil.
  let api: assay_api

  typealias Entry = @convention(c) (UInt32) -> UnsafePointer<assay_api>?

  /// Loads a library for the rest of the life of the process.
  /// - Throws: `Refusal` that names the file and what it lacks.
  init(path: String) throws(Refusal) {
    guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      let reason = dlerror().map { String(cString: $0) } ?? "unknown reason"
      throw Refusal(.error, message: "cannot load \(path): \(reason)")
    }
    guard let symbol = dlsym(library, "assay_backend_api") else {
      throw Refusal(
        .error, message: "\(path) is no backend: it does not export assay_backend_api")
    }
    let entry = unsafeBitCast(symbol, to: Entry.self)
    guard let table = entry(ASSAY_ABI_VERSION) else {
      let text = "\(path) does not implement version \(ASSAY_ABI_VERSION) of the interface"
      throw Refusal(.error, message: text)
    }
    api = try Self.checked(UnsafeRawPointer(table), path: path)
  }

  /// Copies as much of the table as the library says it has.
  private static func checked(
    _ table: UnsafeRawPointer, path: String
  ) throws(Refusal) -> assay_api {
    var api = assay_api()
    let size = Int(table.loadUnaligned(as: UInt32.self))
    let required = MemoryLayout<assay_api>.offset(of: \.execute_into) ?? 0
    guard size >= required else {
      let text =
        "the table of \(path) has \(size) bytes; the required functions take \(required)"
      throw Refusal(.error, message: text)
    }
    withUnsafeMutableBytes(of: &api) { bytes in
      bytes.copyMemory(from: UnsafeRawBufferPointer(start: table, count: min(size, bytes.count)))
    }
    guard api.abi_version == ASSAY_ABI_VERSION else {
      let text =
        "\(path) answers with version \(api.abi_version) of the interface, "
        + "asked for was \(ASSAY_ABI_VERSION)"
      throw Refusal(.error, message: text)
    }
    let missing = missingFunctions(api)
    guard missing.isEmpty else {
      throw Refusal(
        .error, message: "\(path) lacks required functions: \(missing.joined(separator: ", "))")
    }
    return api
  }

  private static func missingFunctions(_ api: assay_api) -> [String] {
    let functions: [(String, Bool)] = [
      ("create", api.create != nil), ("describe", api.describe != nil),
      ("compile", api.compile != nil), ("execute", api.execute != nil),
      ("result_values", api.result_values != nil),
      ("release_result", api.release_result != nil),
      ("release_executable", api.release_executable != nil), ("destroy", api.destroy != nil),
    ]
    return functions.filter { !$0.1 }.map(\.0)
  }
}

import BackendABI
import Tensors

/// An executable as the caller of the interface holds it.
final class LoadedExecutable {
  private let executable: any ModelExecutable

  init(_ executable: any ModelExecutable) { self.executable = executable }

  static func execute(
    _ loaded: OpaquePointer?, inputs: UnsafePointer<assay_value>?, count: Int,
    into out: UnsafeMutablePointer<OpaquePointer?>?, why: UnsafeMutablePointer<assay_message>?
  ) -> assay_status {
    Reply.status(why) { () throws(KernelError) in
      let loaded = try Session.require(Handle<LoadedExecutable>.object(loaded))
      let out = try Session.require(out)
      guard count == 0 || inputs != nil else { throw .invalidInput("there are no inputs") }
      let views = UnsafeBufferPointer(start: inputs, count: count)
      let results = try loaded.executable.execute(try loaded.read(views))
      out.pointee = Handle.make(try ResultStorage(results))
    }
  }

  private func read(
    _ views: UnsafeBufferPointer<assay_value>
  ) throws(KernelError) -> [Value?] {
    let types = executable.inputTypes
    guard views.count == types.count else {
      throw .invalidInput("\(views.count) inputs, the model has \(types.count)")
    }
    var values: [Value?] = []
    for (position, type) in types.enumerated() {
      do throws(KernelError) {
        values.append(try ValueReader.read(views[position], declared: type))
      } catch {
        throw error.located(at: "input \(position)")
      }
    }
    return values
  }

  static func values(
    of result: OpaquePointer?, count: UnsafeMutablePointer<Int>?
  ) -> UnsafePointer<assay_value>? {
    let storage = Handle<ResultStorage>.object(result)
    count?.pointee = storage?.count ?? 0
    return storage?.values
  }
}

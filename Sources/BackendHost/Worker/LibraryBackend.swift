import BackendABI
import Glibc
package import Tensors

/// A library with the standard interface, served by this process.
package struct LibraryBackend: ServedBackend {
  /// A model compiled by the library, with what the model itself says about its outputs.
  package final class Executable {
    fileprivate let handle: OpaquePointer
    private let model: [UInt8]
    /// The library said that it cannot write the outputs of this model into foreign memory.
    fileprivate var refusesDestinations = false
    /// Read on first use only: most executions need it, a refused model does not.
    fileprivate private(set) lazy var plan = OutputPlan(model: model)

    fileprivate init(handle: OpaquePointer, model: [UInt8]) {
      self.handle = handle
      self.model = model
    }
  }

  private static let longestDescription = 16 << 20

  private let path: String
  private var api = assay_api()
  private var session: OpaquePointer?
  private var outputLimit = 0
  private var pool = GuardedPool()
  private let explanation = Explanation()

  /// - Parameter path: of the shared library; loaded by `start`.
  package init(path: String) { self.path = path }

  package var abiVersion: UInt32 { api.abi_version }
  package var processorTime: UInt64 { explanation.processorTime }

  package mutating func start(options: String, limits: WorkerLimits) throws(Refusal) {
    try limits.apply()
    outputLimit = limits.frameLimit
    let (loaded, _) = explanation.measured { () -> Result<assay_api, Refusal> in
      do throws(Refusal) { return .success(try LoadedLibrary(path: path).api) } catch {
        return .failure(error)
      }
    }
    let api = try loaded.get()
    var opened: OpaquePointer?
    try explanation.check { why in
      withText(options) { api.create($0, &opened, why) }
    }
    guard let opened else {
      throw Refusal(.malformed, message: "create claims success without a session")
    }
    self.api = api
    session = opened
  }

  package mutating func describe() throws(Refusal) -> String {
    let session = try self.opened()
    var text = assay_text()
    try explanation.check { api.describe(session, &text, $0) }
    guard let description = text.string(limit: Self.longestDescription) else {
      throw Refusal(
        .malformed, message: "the description is no UTF-8 text of at most 16 MiB")
    }
    return description
  }

  package mutating func compile(
    _ model: [UInt8], options: String
  ) throws(Refusal) -> Executable {
    let session = try self.opened()
    var compiled: OpaquePointer?
    try explanation.check { why in
      model.withUnsafeBytes { bytes in
        withText(options) { options in
          let view = assay_bytes(bytes: bytes.baseAddress, count: bytes.count)
          return api.compile(session, view, options, &compiled, why)
        }
      }
    }
    guard let compiled else {
      throw Refusal(.malformed, message: "compile claims success without an executable")
    }
    return Executable(handle: compiled, model: model)
  }

  package mutating func placement(of executable: Executable) -> String {
    guard let placement = api.placement_json else { return "" }
    var text = assay_text()
    let answered = try? explanation.check { placement(executable.handle, &text, $0) }
    guard answered != nil else { return "" }
    return text.string(limit: Self.longestDescription) ?? ""
  }

  package mutating func release(_ executable: Executable) {
    _ = explanation.measured { () -> Void in api.release_executable(executable.handle) }
  }

  package mutating func stop() {
    if let session { api.destroy(session) }
    session = nil
  }

  private func opened() throws(Refusal) -> OpaquePointer {
    guard let session else { throw Refusal(.error, message: "the backend has not been started") }
    return session
  }
}

// MARK: - Execution

extension LibraryBackend {
  package mutating func execute(
    _ executable: Executable, inputs: [Value], request: ExecutionRequest
  ) throws(Refusal) -> ServedExecution {
    var arena = try InputArena(inputs, pool: &pool)
    var inspection: InputArena.Inspection?
    defer { arena.release(to: &pool, after: inspection) }
    var execution = try executeOnce(executable, arena, poison: request.poison)
    for repetition in 1..<max(2, request.repetitions) where repetition < request.repetitions {
      let again = try executeOnce(executable, arena, poison: request.poison)
      execution.merge(again, repetition: repetition)
    }
    let found = arena.inspect()
    inspection = found
    execution.inputsMutated = found.mutated
    execution.outOfBounds = execution.outOfBounds || found.outOfBounds
    execution.findings += found.findings
    execution.deviceTime = deviceTime(of: executable)
    return execution
  }

  private mutating func executeOnce(
    _ executable: Executable, _ arena: InputArena, poison: Bool
  ) throws(Refusal) -> ServedExecution {
    if poison, api.execute_into != nil, !executable.refusesDestinations,
      let destinations = executable.plan.destinations
    {
      let written = try executeInto(executable, arena, destinations)
      if let written { return written }
      executable.refusesDestinations = true
    }
    return try executePlainly(executable, arena)
  }

  private mutating func executePlainly(
    _ executable: Executable, _ arena: InputArena
  ) throws(Refusal) -> ServedExecution {
    var result: OpaquePointer?
    let times = try explanation.check { why in
      api.execute(executable.handle, arena.values, arena.count, &result, why)
    }
    guard let result else {
      throw Refusal(.malformed, message: "execute claims success without a result")
    }
    defer { _ = explanation.measured { () -> Void in api.release_result(result) } }
    var count = 0
    let values = api.result_values(result, &count)
    var reader = OutputReader(limit: outputLimit)
    // Only values that may be missing or empty need the model's types.
    let types = OutputReader.needsTypes(values, count) ? executable.plan.types : []
    var execution = ServedExecution(
      outputs: try reader.values(values, count: count, types: types))
    execution.record(times)
    return execution
  }

  /// Nil when the library declines to write into foreign memory.
  private mutating func executeInto(
    _ executable: Executable, _ arena: InputArena, _ sizes: [OutputPlan.Destination]
  ) throws(Refusal) -> ServedExecution? {
    var destinations = try DestinationSet(sizes, pool: &pool)
    defer { destinations.release(to: &pool) }
    guard let times = try write(executable, arena, &destinations) else { return nil }
    let reader = OutputReader(limit: outputLimit)
    var execution = ServedExecution(outputs: try destinations.values(reader))
    execution.record(times)
    execution.poisoned = true
    execution.unwritten = [UInt64](repeating: 0, count: sizes.count)
    if destinations.mayBeUnwritten(execution.outputs) {
      destinations.fill(second: true)
      let again = try write(executable, arena, &destinations)
      if again != nil { execution.unwritten = destinations.unwritten(after: execution.outputs) }
    }
    execution.note(destinations)
    return execution
  }

  private func write(
    _ executable: Executable, _ arena: InputArena, _ destinations: inout DestinationSet
  ) throws(Refusal) -> CallTimes? {
    guard let executeInto = api.execute_into else { return nil }
    do throws(Refusal) {
      return try explanation.check { why in
        executeInto(
          executable.handle, arena.values, arena.count, destinations.list, destinations.count, why)
      }
    } catch {
      if error.status == .unsupported { return nil }
      throw error
    }
  }

  private func deviceTime(of executable: Executable) -> UInt64 {
    guard let measure = api.device_time_ns else { return 0 }
    var time: UInt64 = 0
    let answered = try? explanation.check { measure(executable.handle, &time, $0) }
    return answered == nil ? 0 : time
  }
}

// MARK: - What an execution showed

extension ServedExecution {
  fileprivate mutating func record(_ times: CallTimes) {
    wallTimes.append(times.wall)
    processorTime = times.processor
  }

  fileprivate mutating func note(_ destinations: DestinationSet) {
    let damage = destinations.damage
    outOfBounds = !damage.isEmpty
    findings += damage
    for (index, count) in unwritten.enumerated() where count > 0 {
      findings.append("output \(index): \(count) bytes were never written")
    }
  }

  /// Adds what a further execution of the same inputs showed.
  fileprivate mutating func merge(_ other: ServedExecution, repetition: Int) {
    if other.outputs != outputs, !outputsDiffer {
      outputsDiffer = true
      findings.append("execution \(repetition + 1) gave other outputs than the first")
    }
    outOfBounds = outOfBounds || other.outOfBounds
    if other.unwritten.contains(where: { $0 > 0 }) { unwritten = other.unwritten }
    findings += other.findings
    wallTimes += other.wallTimes
    processorTime = other.processorTime
  }
}

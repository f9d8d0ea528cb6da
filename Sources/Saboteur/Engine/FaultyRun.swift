import CPUBackend
import ModelFormat
import Synchronization
import Tensors

/// One model compiled under a plan.
final class FaultyRun: Sendable {
  private let plan: Plan
  private let seed: UInt64
  private let executable: any ModelExecutable
  /// Where the inputs of the graph enter, in order.
  private let entries: [(position: Int, parameter: String)]
  /// Whether the right results may be changed without running anything again.
  private let reusesRight: Bool
  private let runs = Mutex(0)

  /// - Throws: `notApplicable` when the changed model is none that the backend can run.
  init(
    plan: Plan, site: Site, right: any ModelExecutable, backend: Backend
  ) throws(KernelError) {
    self.plan = plan
    seed = site.seed
    entries = site.model.graph.inputs.map { site.entry(of: $0.name) }
    reusesRight = plan.model == nil && plan.input == nil && plan.inputs == nil
    guard !reusesRight else {
      executable = right
      return
    }
    var model = plan.model ?? site.model
    model.openOutputs()
    if let change = plan.input { model.changeConstants(at: site, change) }
    if plan.inputs != nil { model.openInputs() }
    do throws(KernelError) {
      executable = try backend.executable(model)
    } catch {
      throw .notApplicable("the changed model is refused: \(error.message)")
    }
  }

  /// The wrong results; nil when this run cannot be done wrongly.
  func execute(_ inputs: [Value?], right: [Value]) -> [Value]? {
    let run = runs.withLock { count in
      defer { count += 1 }
      return count
    }
    let results: [Value]
    if reusesRight {
      results = right
    } else {
      guard let changed = changing(inputs), let computed = try? executable.execute(changed) else {
        return nil
      }
      results = computed
    }
    if let change = plan.value { return results.map(change) }
    guard let change = plan.output else { return results }
    let occasion = Occasion(run: run, inputs: inputs.compactMap { $0?.tensor }, seed: seed)
    return results.map { $0.mappingTensors { change($0, occasion) } }
  }

  private func changing(_ inputs: [Value?]) -> [Value?]? {
    if let change = plan.inputs {
      let tensors = inputs.compactMap { $0?.tensor }
      guard tensors.count == inputs.count, let changed = change(tensors) else { return nil }
      return changed.map { .tensor($0) }
    }
    guard let change = plan.input else { return inputs }
    guard inputs.count == entries.count else { return inputs }
    return zip(inputs, entries).map { value, entry in
      value?.mappingTensors {
        change(Operand(tensor: $0, position: entry.position, parameter: entry.parameter))
      }
    }
  }
}

extension Model {
  /// Takes back what is declared of the outputs' shapes, which a fault may change.
  mutating func openOutputs() {
    for index in graph.outputs.indices { graph.outputs[index].shape = nil }
    graph.valueInfo = []
  }

  /// Takes back what is declared of the inputs' shapes.
  mutating func openInputs() {
    for index in graph.inputs.indices { graph.inputs[index].shape = nil }
  }

  fileprivate mutating func changeConstants(at site: Site, _ change: (Operand) -> Tensor) {
    for index in graph.initializers.indices {
      let constant = graph.initializers[index]
      let entry = site.entry(of: constant.name)
      graph.initializers[index].tensor = change(
        Operand(tensor: constant.tensor, position: entry.position, parameter: entry.parameter))
    }
  }
}

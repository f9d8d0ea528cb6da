import Tensors

extension Program {
  /// Runs all steps in order and returns the outputs.
  ///
  /// A nil input stands for an optional one that the caller omitted.
  /// - Throws: the error of the first step that fails, located at its node.
  func run(
    inputs values: [Value?], captured: [Value], resources: Resources
  ) throws(KernelError) -> [Value] {
    var frame = [Value?](repeating: nil, count: slotCount)
    for (slot, value) in constants { frame[slot] = value }
    for (capture, value) in zip(captures, captured) { frame[capture.inner] = value }
    for (slot, value) in zip(inputs, values) {
      guard let value else { continue }
      try Allocation.check(value)
      frame[slot] = value
    }
    for step in steps {
      do throws(KernelError) {
        try run(step, frame: &frame, resources)
      } catch {
        throw error.located(at: step.place)
      }
    }
    var results: [Value] = []
    for (slot, name) in zip(outputs, outputNames) {
      guard let value = frame[slot] else {
        throw .invalidInput("output \"\(name)\" has no value: an optional input is missing")
      }
      results.append(value)
    }
    return results
  }

  private func run(
    _ step: Step, frame: inout [Value?], _ resources: Resources
  ) throws(KernelError) {
    let values = step.inputs.map { slot in slot.flatMap { frame[$0] } }
    let results: [Value]
    switch step.action {
    case .function(let program):
      results = try program.run(inputs: values, captured: [], resources: resources)
    case .kernel(let kernel):
      results = try kernel.run(try call(of: kernel, step, values, frame, resources))
    case .substitute(let substitute, let kernel):
      results = try substitute(try call(of: kernel, step, values, frame, resources))
    }
    for (position, slot) in step.outputs.enumerated() {
      guard let slot else { continue }
      guard position < results.count else {
        throw .internalError("output \(position) was not computed")
      }
      try Allocation.check(results[position])
      frame[slot] = results[position]
    }
    for slot in step.releases { frame[slot] = nil }
  }

  private func call(
    of kernel: any OperatorKernel.Type, _ step: Step, _ values: [Value?], _ frame: [Value?],
    _ resources: Resources
  ) throws(KernelError) -> Call {
    if let signature = step.lateCheck { try check(values, against: signature, kernel) }
    return Call(
      version: step.version, inputs: values, attributes: step.attributes,
      wanted: step.outputs.map { $0 != nil },
      subgraphs: try bodies(of: step, frame: frame, resources), resources: resources)
  }

  private func check(
    _ values: [Value?], against signature: Signature, _ kernel: any OperatorKernel.Type
  ) throws(KernelError) {
    let bound = try signature.bind(values.map { $0?.type })
    try kernel.requireSupport(of: bound, signature: signature)
  }

  private func bodies(
    of step: Step, frame: [Value?], _ resources: Resources
  ) throws(KernelError) -> [String: Subgraph] {
    var bodies: [String: Subgraph] = [:]
    for (name, program) in step.bodies {
      var captured: [Value] = []
      for capture in program.captures {
        guard let value = frame[capture.outer] else {
          throw .invalidInput("body \(name) uses a value that an optional input left out")
        }
        captured.append(value)
      }
      bodies[name] = Subgraph(program: program, captured: captured, resources: resources)
    }
    return bodies
  }
}

extension OperatorKernel {
  /// Refuses types that the standard allows and this kernel does not implement.
  static func requireSupport(
    of bound: [String: ValueType], signature: Signature
  ) throws(KernelError) {
    for (variable, type) in bound.sorted(by: { $0.key < $1.key })
    where !supports(type, for: variable, version: signature.since) {
      throw .unsupported(.type, "\(name)-\(signature.since) with \(variable) = \(type)")
    }
  }
}

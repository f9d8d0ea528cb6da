import ModelFormat
import Tensors

/// Compiles one graph or function body into a program.
///
/// Names become slots; a name unknown here is looked up in the enclosing graph and captured.
/// Every structural rule of the standard is checked on the way.
final class ProgramBuilder {
  let context: CompileContext
  let parent: ProgramBuilder?
  /// Operator set versions by domain.
  let opsets: [String: Int64]
  /// Values of the attributes of the function this body belongs to.
  let bindings: [String: Attribute]
  private var slots: [String: Int] = [:]
  private(set) var types: [ValueType?] = []
  private(set) var constants: [Int: Tensor] = [:]
  private var captures: [(outer: Int, inner: Int)] = []
  private var steps: [Program.Step] = []
  /// Values of captured constants, which checks may use.
  private var outerConstants: [Int: Tensor] = [:]
  /// Initializers of inputs: their value may change from run to run, so they are no constants.
  private var defaults: [Int: Tensor] = [:]

  init(
    context: CompileContext, parent: ProgramBuilder?, opsets: [String: Int64],
    bindings: [String: Attribute]
  ) {
    self.context = context
    self.parent = parent
    self.opsets = opsets
    self.bindings = bindings
  }

  /// Compiles a graph.
  func build(_ graph: Graph) throws(KernelError) -> Program {
    var inputs: [Int] = []
    for input in graph.inputs {
      let slot = try define(input.name, type: input.type)
      inputs.append(slot)
      if let type = input.type { types[slot] = type }
    }
    try defineInitializers(of: graph)
    for node in graph.nodes { try add(node) }
    try checkDeclaredTypes(graph.valueInfo)
    var outputs: [Int] = []
    for output in graph.outputs {
      let slot = try outputSlot(output.name)
      try note(output.type, of: slot, name: output.name)
      outputs.append(slot)
    }
    let shapes = graph.outputs.map { output -> Shape in
      (output.shape ?? []).map { if case .fixed(let size) = $0 { max(0, size) } else { 0 } }
    }
    return program(
      inputs: inputs, outputs: outputs, names: graph.outputs.map(\.name), shapes: shapes)
  }

  /// Compiles the body of a function for a call with the given input types.
  func build(
    _ function: LocalFunction, inputTypes: [ValueType?]
  ) throws(KernelError) -> Program {
    var inputs: [Int] = []
    for (position, name) in function.inputs.enumerated() {
      let type = position < inputTypes.count ? inputTypes[position] : nil
      inputs.append(try define(name, type: type))
    }
    for node in function.nodes { try add(node) }
    var outputs: [Int] = []
    for name in function.outputs { outputs.append(try outputSlot(name)) }
    return program(inputs: inputs, outputs: outputs, names: function.outputs)
  }

  private func program(
    inputs: [Int], outputs: [Int], names: [String], shapes: [Shape] = []
  ) -> Program {
    Program(
      slotCount: types.count, inputs: inputs,
      constants: (Array(constants) + Array(defaults)).sorted { $0.key < $1.key }
        .map { (slot: $0.key, value: Value.tensor($0.value)) },
      captures: captures, steps: steps, outputs: outputs, outputNames: names,
      outputTypes: outputs.map { types[$0] }, outputShapes: shapes)
  }

  private func defineInitializers(of graph: Graph) throws(KernelError) {
    let inputNames = Set(graph.inputs.map(\.name))
    var seen: Set<String> = []
    for initializer in graph.initializers {
      let (name, tensor) = (initializer.name, initializer.tensor)
      try Allocation.check(.tensor(tensor))
      guard seen.insert(name).inserted else {
        throw .invalidModel("initializer \"\(name)\" is given twice")
      }
      if inputNames.contains(name), let slot = slots[name] {
        try note(.tensor(tensor.type), of: slot, name: name)
        defaults[slot] = tensor
      } else {
        constants[try define(name, type: .tensor(tensor.type))] = tensor
      }
    }
  }

  private func checkDeclaredTypes(_ declared: [ValueInfo]) throws(KernelError) {
    for value in declared {
      if let slot = slots[value.name] { try note(value.type, of: slot, name: value.name) }
    }
  }

  private func outputSlot(_ name: String) throws(KernelError) -> Int {
    guard let slot = try slot(of: name) else {
      throw .invalidModel("output \"\(name)\" is never produced")
    }
    return slot
  }

  /// Records what is known of a value's type and refuses a contradiction.
  func note(_ type: ValueType?, of slot: Int, name: String) throws(KernelError) {
    guard let type else { return }
    if let known = types[slot], known != type {
      throw .invalidModel("\"\(name)\" is \(known), but is declared as \(type)")
    }
    types[slot] = type
  }
}

// Names and slots.
extension ProgramBuilder {
  /// Gives a name its slot; names are unique among a graph and the graphs around it.
  func define(_ name: String, type: ValueType?) throws(KernelError) -> Int {
    guard !name.isEmpty else { throw .invalidModel("a value has an empty name") }
    guard slots[name] == nil else { throw .invalidModel("\"\(name)\" is defined twice") }
    let slot = addSlot(type: type)
    slots[name] = slot
    return slot
  }

  func addSlot(type: ValueType?) -> Int {
    types.append(type)
    return types.count - 1
  }

  /// Whether this graph or one around it defines the name.
  func isVisible(_ name: String) -> Bool {
    slots[name] != nil || (parent?.isVisible(name) ?? false)
  }

  /// The slot of a visible name, captured from outside when needed; nil for an unknown name.
  func slot(of name: String) throws(KernelError) -> Int? {
    if let slot = slots[name] { return slot }
    guard let parent, let outer = try parent.slot(of: name) else { return nil }
    let inner = addSlot(type: parent.types[outer])
    slots[name] = inner
    captures.append((outer, inner))
    // A captured constant stays one for the checks; its value still comes through the capture.
    outerConstants[inner] = parent.constant(outer)
    return inner
  }

  /// The value of a slot that is the same in every run; nil when it may change.
  func constant(_ slot: Int) -> Tensor? { constants[slot] ?? outerConstants[slot] }

  func append(_ step: Program.Step) { steps.append(step) }
}

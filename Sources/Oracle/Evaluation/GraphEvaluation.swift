import ExtendedArithmetic
import ModelFormat
import Spec
import Tensors

/// Evaluates a whole graph node by node, once: exactly, or with one rounding source perturbed.
struct GraphEvaluation {
  let model: Model
  let versions: VersionLookup
  let trace: Trace
  let decomposition: Int
  /// Set where every result is rounded to its type.
  var steps: StepLog?
  /// Set while sensitivities are measured: the unit round-off in which noise of storage counts.
  var storageUnit: Double?

  /// Whether results travel between nodes; the output of a lone node is rounded by its own rule.
  private var hasEdges: Bool { model.graph.nodes.count > 1 }

  /// The outcomes of the model's outputs for the given inputs by name.
  func run(_ inputs: [String: ExactValue]) throws(EvaluationError) -> [Outcome] {
    try values(inputs).map(\.outcome)
  }

  /// The model's outputs with how well they are known.
  func values(_ inputs: [String: ExactValue]) throws(EvaluationError) -> [EvaluatedValue] {
    let scope = Scope()
    for info in model.graph.inputs {
      if let value = inputs[info.name] { scope[info.name] = EvaluatedValue(given: value) }
    }
    for name in inputs.keys where !model.graph.inputs.contains(where: { $0.name == name }) {
      throw .invalid("the model has no input \"\(name)\"")
    }
    return try evaluate(model.graph, in: scope, opsets: model.opsetImports)
  }

  private func evaluate(
    _ graph: Graph, in scope: Scope, opsets: [String: Int64]
  ) throws(EvaluationError) -> [EvaluatedValue] {
    for constant in graph.initializers where scope[constant.name] == nil {
      scope[constant.name] = EvaluatedValue(given: .tensor(ExactTensor(constant.tensor)))
    }
    for node in graph.nodes {
      let results = try evaluate(node, in: scope, opsets: opsets)
      for (name, result) in zip(node.outputs, results) where !name.isEmpty { scope[name] = result }
    }
    var outputs: [EvaluatedValue] = []
    for output in graph.outputs {
      guard let value = scope[output.name] else {
        throw .invalid("the output \"\(output.name)\" is never produced")
      }
      outputs.append(value)
    }
    return outputs
  }

  private func evaluate(
    _ node: Node, in scope: Scope, opsets: [String: Int64]
  ) throws(EvaluationError) -> [EvaluatedValue] {
    var inputs: [EvaluatedValue?] = []
    for name in node.inputs {
      guard !name.isEmpty else {
        inputs.append(nil)
        continue
      }
      guard let value = scope[name] else { throw .invalid("the value \"\(name)\" is not defined") }
      inputs.append(value)
    }
    if let function = function(of: node) {
      return try call(function, node: node, inputs: inputs)
    }
    let domain = node.domain == "ai.onnx" ? "" : node.domain
    guard let opset = opsets[domain] ?? (domain.isEmpty ? opsets["ai.onnx"] : nil) else {
      throw .invalid("no opset is imported for the domain \"\(domain)\"")
    }
    guard let evaluator = EvaluatorRegistry.evaluator(domain: domain, name: node.operatorName)
    else {
      throw .unsupported("operator \(domain.isEmpty ? "" : domain + ".")\(node.operatorName)")
    }
    guard let definition = versions.definition(domain, node.operatorName, Int(clamping: opset))
    else {
      throw .invalid("opset \(opset) has no operator \(node.operatorName)")
    }
    try definition.check(node, inputs.map { $0?.value })
    if domain.isEmpty, let body = try earlierBody(of: node, opsets) {
      return try self.call(
        body.function, node: node, inputs: inputs + body.captured.map { scope[$0] })
    }
    let call = Call(
      node: node, version: definition.sinceVersion, inputs: inputs.map { $0?.value }, trace: trace,
      decomposition: decomposition % max(1, evaluator.decompositions)
    ) { (body, arguments) throws(EvaluationError) in
      try self.runSubgraph(body, arguments, in: scope, opsets: opsets)
    }
    let areSettled = inputs.allSatisfy { $0?.isSettled ?? true } && capturesSettled(node, scope)
    return try results(of: try evaluator.evaluate(call), inputs, areSettled: areSettled)
  }

  /// What stands for a node of a version from before operator set 9.
  private func earlierBody(
    of node: Node, _ opsets: [String: Int64]
  ) throws(EvaluationError) -> EarlierVersion.Body? {
    do throws(EarlierVersionError) {
      return try EarlierVersion.body(of: node, imports: opsets)
    } catch {
      switch error.kind {
      case .invalid: throw .invalid(error.description)
      case .unsupported: throw .unsupported(error.description)
      }
    }
  }

  /// The outcomes of a node with how well they are known, and what that takes of a mode.
  private func results(
    of outcomes: [Outcome], _ inputs: [EvaluatedValue?], areSettled: Bool
  ) throws(EvaluationError) -> [EvaluatedValue] {
    var results: [EvaluatedValue] = []
    let required = inputs.reduce(RequiredPrecision.none) { sum, input in
      sum.merged(with: input?.required ?? .none)
    }
    for var outcome in outcomes {
      outcome.required = required
      var result = try settle(outcome, inputsSettled: areSettled)
      result.required = required
      if result.isSettled {
        result.required = required.merged(
          with: try ExactSteps(inputs: inputs.map { $0?.value }).required(for: outcome))
      }
      results.append(result)
    }
    return results
  }

  private func runSubgraph(
    _ body: Graph, _ arguments: [ExactValue], in scope: Scope, opsets: [String: Int64]
  ) throws(EvaluationError) -> [Outcome] {
    let inner = Scope(outer: scope)
    guard arguments.count <= body.inputs.count else {
      throw .invalid("the subgraph \(body.name) takes \(body.inputs.count) inputs")
    }
    for (info, value) in zip(body.inputs, arguments) {
      inner[info.name] = EvaluatedValue(given: value.asParameter(of: info.type))
    }
    return try evaluate(body, in: inner, opsets: opsets).map(\.outcome)
  }

  /// Whether the outer values that a node's subgraphs read are settled.
  private func capturesSettled(_ node: Node, _ scope: Scope) -> Bool {
    node.attributes.values.compactMap(\.graphValue).allSatisfy { body in
      body.nodes.allSatisfy { inner in
        inner.inputs.allSatisfy { scope[$0]?.isSettled ?? true } && capturesSettled(inner, scope)
      }
    }
  }

  private func function(of node: Node) -> LocalFunction? {
    model.functions.first {
      $0.name == node.operatorName && $0.domain == node.domain && $0.overload == node.overload
    }
  }

  private func call(
    _ function: LocalFunction, node: Node, inputs: [EvaluatedValue?]
  ) throws(EvaluationError) -> [EvaluatedValue] {
    let scope = Scope()
    for (name, value) in zip(function.inputs, inputs) { scope[name] = value }
    let arguments = function.attributeDefaults.merging(node.attributes) { _, given in given }
    var nodes: [Node] = []
    for var inner in function.nodes {
      inner.attributes = try inner.attributes.resolved(with: arguments)
      nodes.append(inner)
    }
    let body = Graph(
      name: function.name, nodes: nodes, inputs: [],
      outputs: function.outputs.map { ValueInfo(name: $0, type: nil) })
    return try evaluate(body, in: scope, opsets: function.opsetImports)
  }

  /// Decides what a following node reads and how the value would be judged as an output.
  private func settle(
    _ outcome: Outcome, inputsSettled: Bool
  ) throws(EvaluationError) -> EvaluatedValue {
    var judged = outcome
    var value = outcome.value
    var isSettled = inputsSettled
    switch outcome.rule {
    case .exact, .oneOf, .selection, .quantised, .random: break
    case .rounded:
      // A perturbation is far smaller than the unit of a type: rounded, it would vanish or become a
      // whole unit. What depends on noise is therefore passed on with the noise of the type.
      if outcome.materialises, inputsSettled || storageUnit == nil {
        if let steps, try !value.isRepresentable() { steps.noteRoundingCast() }
        value = try value.mapTensors { (tensor) throws(EvaluationError) in try tensor.materialised()
        }
      } else {
        isSettled =
          inputsSettled && !outcome.materialises ? try value.isRepresentable() : false
      }
    case .accumulated(let side):
      isSettled =
        inputsSettled && outcome.exactInAnyOrder ? try value.isRepresentable() : false
      if trace.source == nil { trace.note(sumOf: Int(side.height.max() ?? 0)) }
    case .elementwise, .product, .composite: isSettled = false
    }
    if !inputsSettled, value.hasReals { judged.rule = .composite }
    // The unperturbed run of a measurement learns here how coarse the values between nodes are.
    if !isSettled, trace.source != nil || (storageUnit != nil && hasEdges) {
      value = try disturbed(value, by: outcome.rule)
    }
    if let steps { value = try steps.rounded(value, isElementary: outcome.rule.isElementary) }
    judged.value = trace.source == nil && steps == nil ? outcome.value : value
    return EvaluatedValue(value: value, outcome: judged, isSettled: isSettled)
  }

  /// The rounding of one node's result in a perturbed run; composites have perturbed themselves.
  private func disturbed(
    _ value: ExactValue, by rule: Outcome.Rule
  ) throws(EvaluationError) -> ExactValue {
    try value.mapTensors { (tensor) throws(EvaluationError) in
      guard case .reals(var reals) = tensor.elements else { return tensor }
      let units = storageUnits(of: tensor.type)
      for position in reals.indices {
        let error = disturbed(reals[position], at: position, by: rule)
        reals[position] = hasEdges ? trace.stored(error, units: units) : error
      }
      return ExactTensor(tensor.type, tensor.shape, reals: reals)
    }
  }

  /// How much coarser than the outputs a value between two nodes is held.
  private func storageUnits(of type: ElementType) -> Double {
    guard let storageUnit, let own = type.floatFormat?.unitRoundoff else { return 1 }
    return max(1, own / storageUnit)
  }

  private func disturbed(
    _ x: DoubleDouble, at position: Int, by rule: Outcome.Rule
  ) -> DoubleDouble {
    guard x.isFinite else { return x }
    switch rule {
    case .rounded, .product: return trace.step(x)
    case .elementwise(let budget):
      let error = trace.step(x) - x
      let absolute = position < budget.absolute.count ? Double(budget.absolute[position]) : 0
      return x + error * DoubleDouble(max(1, budget.ulps)) + trace.step(absolute: absolute)
    case .accumulated(let side):
      trace.note(.accumulate)
      if side.hasProducts { trace.note(.input) }
      let energy = side.productEnergy[position]
      switch trace.source {
      case .accumulate:
        return x
          + trace.noise(deviation: ((side.pathEnergy[position] + energy) / 3).squareRoot())
      case .truncation:
        let height = side.height[side.height.count == 1 ? 0 : position]
        return x
          + trace.bias(of: x, height: Int(height), energy: side.pathEnergy[position] + energy)
      case .input where side.hasProducts:
        return x + trace.noise(deviation: (2 * energy / 3).squareRoot())
      case .input, .compute, .storage, nil: return x
      }
    case .exact, .oneOf, .composite, .quantised, .selection, .random: return x
    }
  }
}

extension ExactValue {
  /// The value as a subgraph sees it in a parameter of the declared type: what an optional may hold
  /// arrives there as an optional that holds it, such as what an earlier run of a loop's body gave.
  fileprivate func asParameter(of declared: ValueType?) -> ExactValue {
    guard case .optional(let content) = declared, type == content else { return self }
    return .optional(self, content: content)
  }
}

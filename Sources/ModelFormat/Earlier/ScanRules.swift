import Tensors

extension EarlierVersion {
  /// Scan-8 has a batch: axis 0 of every input and output, the sequence being axis 1.
  ///
  /// Written as its text does, a loop over the batch around one over the sequence, in operator set
  /// 8, which the node's body is in. With lengths of sequences, what follows a shorter one "has an
  /// undefined value", which a loop does not express.
  static let scan: Rule = { (body) throws(EarlierVersionError) in
    let parts = try ScanParts(body)
    body.opset = 8
    body.captured = parts.captured
    let batch = try loop(over: parts, in: &body)
    // Without a carried value a loop has no form in this operator set.
    let carried = try body.integers([0])
    let shape = body.call("Shape", [body.input(parts.first)])
    let trips = body.call("Gather", [shape, try zero(&body)])
    body.loop(batch, inputs: [trips, "", carried], outputs: [body.fresh()] + body.outputs)
  }

  /// The loop over the batch: one entry of everything, and the loop over its sequence.
  private static func loop(
    over parts: ScanParts, in body: inout EarlierBody
  ) throws(EarlierVersionError) -> Graph {
    let (index, condition, carried) = (body.fresh(), body.fresh(), body.fresh())
    var entry = body.nested()
    var values: [String] = []
    for position in parts.positions {
      values.append(entry.call("Gather", [entry.input(position), index]))
    }
    let length = entry.call(
      "Gather", [entry.call("Shape", [values[parts.states]]), try zero(&entry)])
    let sequence = try loop(over: Array(values[parts.states...]), length, parts, in: &entry)
    // A loop without states carries a value that nobody reads.
    let none = parts.states == 0 ? [carried] : []
    let results = parts.body.outputs.map { _ in entry.fresh() }
    entry.loop(
      sequence, inputs: [length, ""] + none + values[..<parts.states],
      outputs: none.map { _ in entry.fresh() } + results)
    let same = [condition, carried].map { entry.call("Identity", [$0]) }
    body.continue(after: entry)
    return Graph(
      name: "batch", nodes: entry.nodes, inputs: loopInputs(index, condition, [carried]),
      outputs: zip(same, [ElementType.bool, .i64]).map {
        ValueInfo(name: $0, type: .tensor($1))
      } + zip(results, parts.body.outputs).map { ValueInfo(name: $0, type: $1.type) })
  }

  /// The loop over one sequence: an element of each scan input, and the node's own body.
  private static func loop(
    over sequences: [String], _ length: String, _ parts: ScanParts, in entry: inout EarlierBody
  ) throws(EarlierVersionError) -> Graph {
    let (index, condition) = (entry.fresh(), entry.fresh())
    var step = entry.nested()
    for (position, sequence) in sequences.enumerated() {
      var at = index
      if parts.isReversed[position] {
        let one = try step.integers([1])
        let last = step.call("Sub", [length, step.call("Squeeze", [one], ["axes": .ints([0])])])
        at = step.call("Sub", [last, index])
      }
      step.add(
        Node(
          operatorName: "Gather", inputs: [sequence, at],
          outputs: [parts.body.inputs[parts.states + position].name]))
    }
    for node in parts.body.nodes { step.add(node) }
    var inputs = Array(parts.body.inputs[..<parts.states])
    var carriedOn: [ValueInfo] = []
    if inputs.isEmpty {
      inputs = [ValueInfo(name: step.fresh(), type: .tensor(.i64))]
      let same = step.call("Identity", [inputs[0].name])
      carriedOn = [ValueInfo(name: same, type: .tensor(.i64))]
    }
    let goesOn = step.call("Identity", [condition])
    entry.continue(after: step)
    var graph = Graph(
      name: "sequence", nodes: step.nodes, inputs: loopInputs(index, condition, []) + inputs,
      outputs: [ValueInfo(name: goesOn, type: .tensor(.bool))] + carriedOn + parts.body.outputs)
    graph.initializers = parts.body.initializers
    return graph
  }

  private static func loopInputs(
    _ index: String, _ condition: String, _ carried: [String]
  ) -> [ValueInfo] {
    [
      ValueInfo(name: index, type: .tensor(.i64), shape: []),
      ValueInfo(name: condition, type: .tensor(.bool), shape: []),
    ] + carried.map { ValueInfo(name: $0, type: .tensor(.i64), shape: [.fixed(1)]) }
  }

  /// A scalar zero.
  private static func zero(_ body: inout EarlierBody) throws(EarlierVersionError) -> String {
    body.call("Squeeze", [try body.integers([0])], ["axes": .ints([0])])
  }
}

/// What a node of Scan-8 consists of.
private struct ScanParts {
  let body: Graph
  /// The number of states.
  let states: Int
  /// Positions of states and scan inputs among the inputs; the first input is the lengths.
  let positions: Range<Int>
  /// By scan input.
  let isReversed: [Bool]
  /// Outer values that the body reads.
  let captured: [String]

  /// The position of the first scan input.
  var first: Int { positions.lowerBound + states }

  init(_ earlier: EarlierBody) throws(EarlierVersionError) {
    let node = earlier.node
    guard let body = node.attributes["body"]?.graphValue else {
      throw earlier.invalid("it lacks its body")
    }
    guard earlier.input(0).isEmpty else {
      throw earlier.unsupported("lengths of sequences, behind which values are undefined")
    }
    let count = try earlier.int("num_scan_inputs") ?? 0
    guard let scans = Int(exactly: count), scans >= 1, scans < node.inputs.count,
      body.inputs.count == node.inputs.count - 1, !node.inputs.dropFirst().contains("")
    else { throw earlier.invalid("\(count) scan inputs of \(node.inputs.count - 1)") }
    let states = node.inputs.count - 1 - scans
    guard body.outputs.count == node.outputs.count, body.outputs.count >= states else {
      throw earlier.invalid("\(node.outputs.count) outputs, the body has \(body.outputs.count)")
    }
    let directions = try earlier.ints("directions") ?? Array(repeating: 0, count: scans)
    guard directions.count == scans, directions.allSatisfy({ $0 == 0 || $0 == 1 }) else {
      throw earlier.invalid("directions are 0 or 1 for each of \(scans) scan inputs")
    }
    self.body = body
    self.states = states
    positions = 1..<node.inputs.count
    isReversed = directions.map { $0 == 1 }
    var names: [String] = []
    for name in body.capturedNames where !name.isEmpty && !names.contains(name) {
      names.append(name)
    }
    captured = names
  }
}

extension EarlierBody {
  /// A body inside of this one, with names that go on from here.
  fileprivate func nested() -> EarlierBody {
    var inner = self
    inner.empty()
    return inner
  }

  fileprivate mutating func loop(_ graph: Graph, inputs: [String], outputs: [String]) {
    add(
      Node(
        operatorName: "Loop", inputs: inputs, outputs: outputs,
        attributes: ["body": .graph(graph)]))
  }
}

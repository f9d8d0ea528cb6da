import ModelFormat
import Spec
import Tensors
import Testing

@Suite("Control flow, sequences and functions")
struct ControlFlowTests {
  /// A body that doubles its carried value and also collects it.
  private static let doubling = Graph(
    name: "body",
    nodes: [Node(operatorName: "Add", inputs: ["v", "v"], outputs: ["w"])],
    inputs: [
      ValueInfo(name: "i", type: .tensor(.i64), shape: []),
      ValueInfo(name: "going", type: .tensor(.bool), shape: []),
      ValueInfo(name: "v", type: .tensor(.f32), shape: []),
    ],
    outputs: [
      ValueInfo(name: "going", type: .tensor(.bool), shape: []),
      ValueInfo(name: "w", type: .tensor(.f32), shape: []),
      ValueInfo(name: "w", type: .tensor(.f32), shape: []),
    ])

  private static func loop(trips: Int128, isGoing: Bool) throws -> SingleCall {
    SingleCall(
      "Loop", 13,
      [
        try .integers([trips], []), try .integers([isGoing ? 1 : 0], [], type: .bool),
        try .reals([1], []),
      ], ["body": .graph(doubling)], outputs: 2)
  }

  @Test("Loop of no trips hands its values through and collects nothing")
  func noTrips() throws {
    for call in [
      try Self.loop(trips: 0, isGoing: true), try Self.loop(trips: 5, isGoing: false),
    ] {
      #expect(try call.reals(0) == [1])
      #expect(try call.shape(1) == [0])
      #expect(try call.tensor(1).type == .f32)
    }
  }

  @Test("Loop carries values from trip to trip and stacks the collected ones")
  func trips() throws {
    let call = try Self.loop(trips: 3, isGoing: true)
    #expect(try call.reals(0) == [8])
    #expect(try call.reals(1) == [2, 4, 8])
    #expect(try call.shape(1) == [3])
  }

  /// A loop whose body is told an optional and gives the content that it found, or a sequence.
  private static func loop(of content: Value?, declaring declared: ValueType) throws -> SingleCall {
    let text = ValueType.sequence(.tensor(.f32))
    let body = Graph(
      name: "body",
      nodes: [
        Node(operatorName: "OptionalHasElement", inputs: ["v"], outputs: ["has"]),
        Node(operatorName: "OptionalGetElement", inputs: ["v"], outputs: ["w"]),
      ],
      inputs: [
        ValueInfo(name: "i", type: .tensor(.i64), shape: []),
        ValueInfo(name: "going", type: .tensor(.bool), shape: []),
        ValueInfo(name: "v", type: declared),
      ],
      outputs: [
        ValueInfo(name: "has", type: .tensor(.bool), shape: []), ValueInfo(name: "w", type: text),
      ])
    return SingleCall(
      "Loop", 16,
      [
        try .integers([3], []), try .integers([1], [], type: .bool),
        .optional(content, content: text),
      ], ["body": .graph(body)])
  }

  @Test("What a body gives for an optional arrives in its next run as an optional that holds it")
  func optionalCarried() throws {
    let content = try Self.sequence([1, 2])
    let sequence = ValueType.sequence(.tensor(.f32))
    #expect(
      try Self.loop(of: content, declaring: .optional(sequence)).values() == [content])
    // OptionalHasElement-15 takes optionals only: the second run of a body without the declaration.
    #expect(try Self.loop(of: content, declaring: sequence).refusal() == .invalid)
  }

  @Test("Scan of operator set 8 is evaluated without lengths of sequences", arguments: [8, 9])
  func firstScan(_ version: Int64) throws {
    let body = Graph(
      name: "body", nodes: [Node(operatorName: "Identity", inputs: ["x"], outputs: ["y"])],
      inputs: [ValueInfo(name: "x", type: .tensor(.f32))],
      outputs: [ValueInfo(name: "y", type: .tensor(.f32))])
    let inputs: [Value?] = [try .reals([1, 2], [1, 2])]
    let attributes: [String: Attribute] = ["body": .graph(body), "num_scan_inputs": .int(1)]
    let call = SingleCall("Scan", version, version == 8 ? [nil] + inputs : inputs, attributes)
    #expect(try call.reals() == [1, 2])
    guard version == 8 else { return }
    let lengths = try Value.integers([1], [1])
    #expect(SingleCall("Scan", 8, [lengths] + inputs, attributes).refusal() == .unsupported)
  }

  @Test("If evaluates one branch, which reads outer values", arguments: [true, false])
  func branches(_ isTrue: Bool) throws {
    func branch(_ name: String) -> Attribute {
      .graph(
        Graph(
          name: name, nodes: [Node(operatorName: name, inputs: ["x", "x"], outputs: ["z"])],
          inputs: [], outputs: [ValueInfo(name: "z", type: .tensor(.f32))]))
    }
    let node = Node(
      operatorName: "If", inputs: ["c"], outputs: ["y"],
      attributes: ["then_branch": branch("Add"), "else_branch": branch("Mul")])
    let call = SingleCall(
      Self.model(node, inputs: ["c", "x"]),
      ["c": try .integers([isTrue ? 1 : 0], [], type: .bool), "x": try .reals([3])])
    // 3 + 3 or 3 · 3.
    #expect(try call.reals() == [isTrue ? 6 : 9])
  }

  @Test("If refuses a condition that is not one bool")
  func noCondition() throws {
    let empty = Graph(name: "empty", nodes: [], inputs: [], outputs: [])
    let attributes: [String: Attribute] = [
      "then_branch": .graph(empty), "else_branch": .graph(empty),
    ]
    #expect(SingleCall("If", 13, [try .reals([1])], attributes).refusal() == .invalid)
  }

  @Test("A call of a model's own function evaluates its body")
  func localFunction() throws {
    let twice = LocalFunction(
      name: "Twice", domain: "local", inputs: ["a"], outputs: ["b"],
      nodes: [Node(operatorName: "Add", inputs: ["a", "a"], outputs: ["b"])],
      opsetImports: ["": 13])
    var model = Self.model(
      Node(operatorName: "Twice", domain: "local", inputs: ["x"], outputs: ["y"]), inputs: ["x"])
    model.opsetImports["local"] = 1
    model.functions = [twice]
    #expect(try SingleCall(model, ["x": try .reals([3])]).reals() == [6])
  }

  private static func model(_ node: Node, inputs: [String]) -> Model {
    Model(
      irVersion: 8, opsetImports: ["": 13],
      graph: Graph(
        name: "graph", nodes: [node], inputs: inputs.map { ValueInfo(name: $0, type: nil) },
        outputs: [ValueInfo(name: "y", type: nil)]))
  }

  private static func sequence(_ numbers: [Double]) throws -> Value {
    var elements: [Value] = []
    for number in numbers { elements.append(try .reals([number])) }
    return .sequence(elements, element: .tensor(.f32))
  }

  private static func inserted(at position: Int128?) throws -> SingleCall {
    SingleCall(
      "SequenceInsert", 11,
      [
        try sequence([1, 2]), try .reals([9]),
        try position.map { try Value.integers([$0], []) },
      ])
  }

  @Test(
    "SequenceInsert counts negative positions from the end and appends by default",
    arguments: [
      (-1, [1.0, 9, 2]), (-2, [9, 1, 2]), (0, [9, 1, 2]), (2, [1, 2, 9]), (nil, [1, 2, 9]),
    ] as [(Int128?, [Double])])
  func insert(_ position: Int128?, _ expected: [Double]) throws {
    #expect(try Self.inserted(at: position).values() == [Self.sequence(expected)])
  }

  @Test("SequenceInsert outside the sequence or of another type is refused")
  func misplaced() throws {
    #expect(try Self.inserted(at: 3).refusal() == .invalid)
    #expect(try Self.inserted(at: -3).refusal() == .invalid)
    let other = SingleCall(
      "SequenceInsert", 11, [try Self.sequence([1]), try .integers([1], type: .i32)])
    #expect(other.refusal() == .invalid)
  }

  @Test("SequenceAt counts from either end")
  func elementAt() throws {
    func element(_ position: Int128) throws -> SingleCall {
      SingleCall("SequenceAt", 11, [try Self.sequence([1, 2, 3]), try .integers([position], [])])
    }
    #expect(try element(-1).reals() == [3])
    #expect(try element(0).reals() == [1])
    #expect(try element(3).refusal() == .invalid)
  }

  @Test("Optional wraps a value, or nothing of a stated type")
  func optional() throws {
    let value = try Value.reals([1])
    #expect(
      try SingleCall("Optional", 15, [value]).values()
        == [.optional(value, content: .tensor(.f32))])
    let empty = SingleCall("Optional", 15, [], ["type": .type(.tensor(.i8))])
    #expect(try empty.values() == [.optional(nil, content: .tensor(.i8))])
    #expect(SingleCall("Optional", 15, []).refusal() == .invalid)
  }
}

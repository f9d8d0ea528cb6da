import ModelFormat
import Tensors
import Testing

@Suite("A function in place of a node")
struct InliningTests {
  private static let graph = "g (float[2] x, float[2] w) => (float[2] y) { y = Foo(x, w) }"

  private func function(_ text: String) throws -> LocalFunction {
    let model = try Model(text: "<opset_import: [\"\": 18]> g () => () {}\n" + text)
    return try #require(model.functions.first)
  }

  private func inlined(
    _ text: String, in graph: String = graph, _ arguments: [String: Attribute] = [:]
  ) throws -> Model {
    try Model(text: "<ir_version: 3, opset_import: [\"\": 18]> " + graph).inlining(
      function(text), at: 0, arguments: arguments)
  }

  @Test("Inner names are unique, also where the graph has taken the customary ones")
  func names() throws {
    // The text knows no names with a point; models from elsewhere may have them.
    var around = try Model(
      text: "<ir_version: 3, opset_import: [\"\": 18]> "
        + "g (float[2] x, float[2] z) => (float[2] y) { y = Foo(x, z) }")
    around.graph.inputs[1].name = "F.x"
    around.graph.nodes[0].inputs[1] = "F.x"
    let model = try around.inlining(
      function("F (a, b) => (c) { x = Mul(a, b) t = Neg(x) c = Add(t, a) }"), at: 0, arguments: [:])
    let nodes = model.graph.nodes
    #expect(nodes.map(\.inputs) == [["x", "F.x"], ["F.x_"], ["F.t", "x"]])
    #expect(nodes.map(\.outputs) == [["F.x_"], ["F.t"], ["y"]])
    #expect(throws: Never.self) { try model.validate() }
  }

  @Test("Attributes come from the call; a reference to an absent one leaves the attribute out")
  func attributes() throws {
    let text = """
      F <axis, to> (a, b) => (c) {
        t = Softmax<axis: int = @axis>(a)
        c = Cast<to: int = @to, saturate: int = @saturate>(t)
      }
      """
    let model = try inlined(text, ["axis": .int(-2), "to": .int(10)])
    #expect(model.graph.nodes.map(\.attributes) == [["axis": .int(-2)], ["to": .int(10)]])
  }

  @Test("Constants of the body are those of the graph, with scalars of rank 0")
  func constants() throws {
    let text = """
      F (a, b) => (c) {
        k = Constant<value_float: float = @alpha>()
        n = Constant<value_ints: ints = [4, 5]>()
        c = Foo(a, k, n)
      }
      """
    let model = try inlined(text, ["alpha": .float(1.5)])
    let expected = [
      Initializer(
        name: "F.k", tensor: try #require(Tensor(type: .f32, shape: [], codes: [0x3FC0_0000]))),
      Initializer(
        name: "F.n", tensor: try #require(Tensor(type: .i64, shape: [2], codes: [4, 5]))),
    ]
    #expect(model.graph.initializers == expected)
    // Constants that are no inputs came with IR version 4.
    #expect(model.irVersion == 4)
    let error = #expect(throws: InliningError.self) { try inlined(text) }
    #expect(error?.reason == "the constant k of F has no value")
  }

  @Test("An omitted input is omitted inside; what only an unwanted output needs is dropped")
  func optional() throws {
    let text = "F (a, b, z) => (c, d) { t = Abs(a) c = Clip(a, b, z) d = Neg(t) }"
    let model = try inlined(
      text, in: "g (float[2] x, float z) => (float[2] y) { y = Foo(x, , z) }")
    #expect(model.graph.nodes.map(\.operatorName) == ["Clip"])
    #expect(model.graph.nodes.first?.inputs == ["x", "", "z"])
    let shorter = try inlined(text)
    #expect(shorter.graph.nodes.first?.inputs == ["x", "w"])
  }

  @Test("Subgraphs keep what they capture, under its new name, and see the attributes")
  func subgraphs() throws {
    let text = """
      F (a, b) => (c) {
        t = Neg(a)
        c = If(b) <then_branch = p () => (u) { u = Add(t, a) },
                   else_branch = q () => (v) { v = Elu<alpha: float = @alpha>(t) }>
      }
      """
    let model = try inlined(
      text, in: "g (float x, bool w) => (float y) { y = Foo(x, w) }", ["alpha": .float(2)])
    let branches = try #require(model.graph.nodes.last?.subgraphs)
    #expect(branches.map { $0.graph.nodes.first?.inputs } == [["F.t"], ["F.t", "x"]])
    #expect(branches.first?.graph.nodes.first?.attributes == ["alpha": .float(2)])
    #expect(branches.map { $0.graph.outputs.map(\.name) } == [["F.v"], ["F.u"]])
    #expect(throws: Never.self) { try model.validate() }
  }

  private static let parts = [
    "twice": "twice <n> (a) => (b) { t = body.shifted<n: int = @n>(a) b = Add(t, t) }",
    "shifted": "shifted <n> (a) => (b) { k = Constant<value_int: int = @n>() b = Add(a, k) }",
    "endless": "endless (a) => (b) { b = body.endless(a) }",
  ]

  private func composed(
    _ text: String, _ arguments: [String: Attribute] = [:]
  ) throws -> Model {
    let parts = try Self.parts.mapValues(function)
    return try Model(text: "<ir_version: 3, opset_import: [\"\": 13]> " + Self.graph).inlining(
      function(text), at: 0, arguments: arguments, parts: parts)
  }

  @Test("Parts are inlined where they are called, each time under names of their own")
  func parts() throws {
    let model = try composed(
      """
      F <m> (a, b) => (c) {
        p = body.twice<n: int = @m>(a)
        q = body.shifted<n: int = 5>(b)
        c = Mul(p, q)
      }
      """, ["m": .int(3)])
    let nodes = model.graph.nodes
    #expect(nodes.map(\.operatorName) == ["Add", "Add", "Add", "Mul"])
    #expect(
      nodes.map(\.inputs) == [
        ["x", "shifted.k"], ["twice.t", "twice.t"], ["w", "shifted.k_"], ["F.p", "F.q"],
      ])
    #expect(model.graph.initializers.map(\.tensor.codes) == [[3], [5]])
    #expect(throws: Never.self) { try model.validate() }
  }

  @Test("Parts and graphs among the arguments are inlined in subgraphs too, with their constants")
  func partsOfSubgraphs() throws {
    let given = try Model(
      text: "<opset_import: [\"\": 13]> g (float[2] z) => (float[2] r) { r = Neg(z) }"
    ).graph
    let model = try composed(
      """
      F <given> (a, b) => (c) {
        c = If(b) <then_branch = p () => (u) { u = body.shifted<n: int = 1>(a) },
                   else_branch = q () => (v) { v = body.given(a) }>
      }
      """, ["given": .graph(given)])
    let branches = try #require(model.graph.nodes.last?.subgraphs)
    #expect(branches.map { $0.graph.nodes.map(\.operatorName) } == [["Neg"], ["Constant", "Add"]])
    #expect(branches.map { $0.graph.nodes.last?.inputs } == [["x"], ["x", "shifted.k"]])
    #expect(model.graph.initializers.isEmpty)
  }

  @Test("A header raises the operator set, and with it the revision of the format, never lowers it")
  func imports() throws {
    let body = "F (a, b) => (c) { c = Add(a, b) }"
    let raised = try composed("<opset_import: [\"\": 18]> " + body)
    #expect(raised.opsetImports == ["": 18])
    #expect(raised.irVersion == 8)
    let kept = try composed("<opset_import: [\"\": 9]> " + body)
    #expect(kept.opsetImports == ["": 13])
    #expect(kept.irVersion == 3)
  }

  @Test(
    "Calls of parts that there are not, that never end, or of graphs that are no functions are refused",
    arguments: [
      ("c = body.other(a)", "F calls other, which is no part, or one above it"),
      ("c = body.endless(a)", "endless calls endless, which is no part, or one above it"),
      ("c = body.open(a)", "the graph open holds constants or reads values around it"),
      ("c = body.fixed(a)", "the graph fixed holds constants or reads values around it"),
      ("c = body.twice(a, b)", "twice has 1 inputs and 1 outputs, the node uses more"),
    ])
  func strangeParts(_ call: String, _ reason: String) throws {
    let header = "<opset_import: [\"\": 13]> "
    let open = try Model(
      text: header + "g (float[2] z, float[2] y) => (float[2] r) { r = Add(z, y) }"
    ).graph
    var captured = open
    captured.inputs.removeLast()
    var fixed = captured
    fixed.initializers = [
      Initializer(name: "y", tensor: try #require(Tensor(type: .f32, shape: [1], codes: [0])))
    ]
    let error = #expect(throws: InliningError.self) {
      try composed(
        "F <open, fixed> (a, b) => (c) { \(call) }",
        ["open": .graph(captured), "fixed": .graph(fixed)])
    }
    #expect(error?.reason == reason)
  }

  @Test(
    "A function that cannot stand for the node is refused",
    arguments: [
      ("F (a) => (c) { c = Neg(a) }", "F has 1 inputs and 1 outputs, the node uses more"),
      ("F (a, b) => (a) { t = Neg(a) }", "F passes its input a on as an output"),
    ])
  func refusals(_ text: String, _ reason: String) {
    let error = #expect(throws: InliningError.self) { try inlined(text) }
    #expect(error?.reason == reason)
    #expect(throws: InliningError.self) {
      try Model(text: "<opset_import: [\"\": 18]> g () => () {}").inlining(
        function(text), at: 0, arguments: [:])
    }
  }
}

@Suite("Files of functions")
struct FunctionFileTests {
  private let text = """
    # A comment.
    #! versions: 6 13
    #! where: mode = fast
    F (x) => (y) { y = Exp(x) }

    #! where: n = 3
    G (x) => (y) {
      # inside
      k = Constant<value = $T {1}>()
      y = Add(x, k)
    }
    """

  @Test("Headings belong to the function behind them; variables are replaced before reading")
  func entries() throws {
    let file = try FunctionFile(path: "F.onnxtxt", text: text, keys: ["versions", "where"])
    #expect(file.entries.map(\.line) == [2, 6])
    #expect(try file.entries.map { try $0.numbers("versions") } == [[6, 13], nil])
    #expect(try file.entries[0].condition()?.value == .string("fast"))
    #expect(try file.entries[1].condition()?.value == .int(3))
    let function = try file.entries[1].function(replacing: ["T": "float"])
    #expect(function.nodes.map(\.operatorName) == ["Constant", "Add"])
  }

  @Test(
    "Mistakes are reported with file and line",
    arguments: [
      ("#! colour: red", "F.onnxtxt:1: unknown key"),
      ("\n#! versions: 1\n#! versions: 2", "F.onnxtxt:3: versions is given twice"),
      ("#! versions: one\nF (x) => (y) { y = Exp(x) }", "F.onnxtxt:1: versions are numbers"),
      ("#! versions: 1\n", "F.onnxtxt:1: must have one function, it has 0"),
      ("#! versions: 1\nF (x) => (y) {\n  y = Exp(x\n}", "F.onnxtxt:4: is no function: column"),
      ("#! where: axis\nF (x) => (y) { y = Exp(x) }", "F.onnxtxt:1: where must be"),
    ])
  func mistakes(_ text: String, _ reason: String) {
    let error = #expect(throws: FunctionFileError.self) {
      for entry in try FunctionFile(path: "F.onnxtxt", text: text, keys: ["versions", "where"])
        .entries
      {
        _ = try entry.numbers("versions")
        _ = try entry.condition()
        _ = try entry.function()
      }
    }
    #expect(error?.description.hasPrefix(reason) == true)
  }
}

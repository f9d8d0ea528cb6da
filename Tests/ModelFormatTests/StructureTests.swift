import ModelFormat
import Tensors
import Testing

@Suite("The structure of a model")
struct StructureTests {
  private func check(_ body: String, header: String = "opset_import: [\"\" : 21]") throws {
    try Model(text: "<\(header)> g \(body)").validate()
  }

  @Test("Well-formed models pass, among them ones whose subgraphs capture outer values")
  func wellFormed() throws {
    try check("(float x) => (float y) { y = Relu(x) }")
    try check("(float x) => (float x) {}")
    try check("(float x, float w = {2}) => (float y) { y, \"\" = Split(x, \"\", w) }")
    try check(
      """
      (bool c, float x) => (float y) {
        t = Relu(x)
        y = If(c) <then_branch = a () => (float p) { p = Neg(t) },
                   else_branch = b () => (float q) { q = Abs(x) }>
      }
      """)
    try check(
      "(float x) => (float y) { y = f.F(x) } <domain: \"f\", opset_import: [\"\" : 21]> "
        + "F <alpha, beta: float = 1.0> (p) => (q) { q = Elu <alpha: float = @alpha> (p) }",
      header: "opset_import: [\"\" : 21, \"f\" : 1]")
  }

  @Test(
    "Each defect is named",
    arguments: [
      (
        "(float x) => (float y) { y = Relu(z) }",
        StructureError.undefinedValue(name: "z", place: "graph.node[0] Relu")
      ),
      (
        "(float x) => (float y) { y = Relu(t) t = Neg(x) }",
        .unsorted(name: "t", place: "graph.node[0] Relu")
      ),
      (
        "(float x) => (float y) { y = Add(x, t) t = Neg(y) }",
        .cycle(["node[0] Add", "node[1] Neg"])
      ),
      (
        "(float x) => (float x2) { t = Relu(x) t = Neg(x) }",
        .duplicateValue(name: "t", place: "graph.node[1] Neg")
      ),
      (
        "(float x) => (float x) { x = Relu(x) }",
        .duplicateValue(name: "x", place: "graph.node[0] Relu")
      ),
      ("(float x, int64 x) => (float x) {}", .duplicateValue(name: "x", place: "graph")),
      ("(float x) => (float y) {}", .outputNotProduced(name: "y", place: "graph")),
      (
        "(float x) => (float y) { y = my.Op(x) }",
        .missingImport(domain: "my", place: "graph.node[0] Op")
      ),
      (
        "(float x) => (float y) <float w> { y = Add(x, w) }",
        .missingConstant(name: "w", place: "graph.node[0] Add")
      ),
      (
        "(float x) => (float y) { y = Elu <alpha: float = @a> (x) }",
        .unknownParameter(name: "a", place: "graph.node[0] Elu")
      ),
      (
        "(bool c) => (float y) { y = If(c) <then_branch = t () => (float c) {}> }",
        .outputNotProduced(name: "c", place: "graph.node[0] If.then_branch")
      ),
      (
        "(bool c) => (float y) { y = If(c) <then_branch = t () => (float c) { c = Neg(c) }> }",
        .duplicateValue(name: "c", place: "graph.node[0] If.then_branch.node[0] Neg")
      ),
      (
        "(bool c) => (float y) { y = If(c) <then_branch = t () => (float p) { p = Neg(y) }> }",
        .cycle(["node[0] If"])
      ),
    ])
  func defects(_ body: String, _ expected: StructureError) {
    #expect(throws: expected) { try check(body) }
    #expect(!expected.description.isEmpty)
  }

  @Test("Functions must be unique, complete and not recursive")
  func functions() throws {
    let main = "(float x) => (float y) { y = f.F(x) } "
    let header = "opset_import: [\"\" : 21, \"f\" : 1]"
    let prefix = "<domain: \"f\", opset_import: [\"\" : 21, \"f\" : 1]> "
    let good = prefix + "F (p) => (q) { q = Neg(p) } "
    try check(main + good, header: header)
    #expect(throws: StructureError.duplicateFunction("f.F")) {
      try check(main + good + good, header: header)
    }
    #expect(throws: StructureError.recursion(["f.F", "f.G"])) {
      try check(
        main + prefix + "F (p) => (q) { q = f.G(p) } " + prefix + "G (p) => (q) { q = f.F(p) }",
        header: header)
    }
    #expect(throws: StructureError.outputNotProduced(name: "q", place: "function f.F")) {
      try check(main + prefix + "F (p) => (q) { r = Neg(p) }", header: header)
    }
    #expect(throws: StructureError.undefinedValue(name: "x", place: "function f.F.node[0] Neg")) {
      try check(main + prefix + "F (p) => (q) { q = Neg(x) }", header: header)
    }
  }
}

@Suite("Constants supplied later")
struct PendingConstantTests {
  private func graph() throws -> Graph {
    try Graph(
      text: """
        g (float[N] x) => (float[N] y) <float[2, K] w, float[3] t, float v = {1}>
        { t = MatMul(x, w) y = Add(t, v) }
        """)
  }

  @Test("Only values that nothing produces are pending")
  func pending() throws {
    #expect(try graph().pendingInitializers.map(\.name) == ["w"])
  }

  @Test("Supplying them makes the graph complete")
  func supplying() throws {
    let weight = try floats([1, 2], shape: [2, 1])
    let complete = try graph().supplying(["w": weight])
    #expect(complete.pendingInitializers.isEmpty)
    #expect(complete.initializers.last == Initializer(name: "w", tensor: weight))
    #expect(complete.valueInfo.map(\.name) == ["t"])
    try Model(irVersion: 10, opsetImports: ["": 21], graph: complete).validate()
  }

  @Test("Missing, unknown and misfitting constants are refused")
  func refused() throws {
    let graph = try graph()
    #expect(throws: StructureError.missingConstant(name: "w", place: "graph g")) {
      try graph.supplying([:])
    }
    let weight = try floats([1, 2], shape: [2, 1])
    #expect(throws: StructureError.unknownConstant(name: "z")) {
      try graph.supplying(["w": weight, "z": weight])
    }
    #expect(
      throws: StructureError.constantMismatch(
        name: "w", declared: "tensor(float)[2, K]", supplied: "float[1, 2]")
    ) { try graph.supplying(["w": try #require(weight.reshaped([1, 2]))]) }
    #expect(throws: StructureError.self) {
      try graph.supplying(["w": try integers([1, 2], shape: [2, 1])])
    }
  }
}

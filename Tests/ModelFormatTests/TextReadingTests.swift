import ModelFormat
import Tensors
import Testing

@Suite("Reading the textual syntax")
struct TextReadingTests {
  @Test("A model as in the documentation of the syntax")
  func documentation() throws {
    let model = try Model(
      text: """
        # a comment
        <ir_version: 8, opset_import: ["" : 17], producer_name: "me", doc_string: "dropped",
         metadata_props: ["k": "v"], model_version: 3>
        agraph (float[N, 128] X, float[128, 10] B) => (float[N] C) <float[2] w = {1.0, 2}>
        {
          [first] T = MatMul(X, w)
          S = Add <alpha: float = 1.0>(T, B)
          C = ai.onnx.ml.Thing:v2(S,,"") <keep = 1>
        }
        """)
    #expect(model.irVersion == 8)
    #expect(model.opsetImports == ["": 17])
    #expect(model.producerName == "me")
    #expect(
      model.graph
        == Graph(
          name: "agraph",
          nodes: [
            Node(name: "first", operatorName: "MatMul", inputs: ["X", "w"], outputs: ["T"]),
            Node(
              operatorName: "Add", inputs: ["T", "B"], outputs: ["S"],
              attributes: ["alpha": .float(1)]),
            Node(
              operatorName: "Thing", domain: "ai.onnx.ml", overload: "v2",
              inputs: ["S", "", ""], outputs: ["C"], attributes: ["keep": .int(1)]),
          ],
          inputs: [
            ValueInfo(name: "X", type: .tensor(.f32), shape: [.symbolic("N"), .fixed(128)]),
            ValueInfo(name: "B", type: .tensor(.f32), shape: [.fixed(128), .fixed(10)]),
          ],
          outputs: [ValueInfo(name: "C", type: .tensor(.f32), shape: [.symbolic("N")])],
          initializers: [Initializer(name: "w", tensor: try floats([1, 2], shape: [2]))]))
  }

  @Test("Types: scalar, unknown rank, open dimensions, containers")
  func types() throws {
    let graph = try Graph(
      text: """
        g (float a, int64[] b, bool[?, "a b", 3] c, seq(float16[N]) d, optional(seq(string)) e,
           map(int64, double[2]) f, "quoted name", float8e4m3fn[1] h) => () {}
        """)
    #expect(
      graph.inputs == [
        ValueInfo(name: "a", type: .tensor(.f32), shape: []),
        ValueInfo(name: "b", type: .tensor(.i64), shape: nil),
        ValueInfo(name: "c", type: .tensor(.bool), shape: [.unknown, .symbolic("a b"), .fixed(3)]),
        ValueInfo(name: "d", type: .sequence(.tensor(.f16)), shape: [.symbolic("N")]),
        ValueInfo(name: "e", type: .optional(.sequence(.tensor(.string))), shape: []),
        ValueInfo(
          name: "f", type: .map(key: .i64, value: .tensor(.f64)), shape: [.fixed(2)]),
        ValueInfo(name: "quoted name", type: nil),
        ValueInfo(name: "h", type: .tensor(.e4m3fn), shape: [.fixed(1)]),
      ])
  }

  @Test("Attributes of every kind the syntax has")
  func attributes() throws {
    let graph = try Graph(
      text: #"""
        g () => () { = Op <
          i = -3, big = -9223372036854775808, f = 1.5e-3, inf = -inf, nan = nan, s = "a\"b\\c",
          is = [1, 2], fs = [1, 2.5], ss = ["x", ""], none: ints = [], ff: float = 2,
          ffs: floats = [1, 2], t = float[2] {1, 2}, tn: tensor = int64 v = {7},
          ts = [float {1}, bool[1] {0}], tp = seq(float[]), tps: type_protos = [float[2], int64[]],
          body = inner (float a) => (float b) { b = Neg(a) },
          quoted = "inner 2" () => () {}, gs = [a () => () {}, b () => () {}]> () }
        """#)
    var attributes = try #require(graph.nodes.first?.attributes)
    let nan = try #require(attributes.removeValue(forKey: "nan")?.floatValue)
    #expect(nan.isNaN)
    let empty = Graph(name: "a", nodes: [], inputs: [], outputs: [])
    var renamed = empty
    renamed.name = "inner 2"
    var second = empty
    second.name = "b"
    #expect(attributes["body"]?.graphValue?.nodes.first?.operatorName == "Neg")
    attributes["body"] = nil
    #expect(
      attributes == [
        "i": .int(-3), "big": .int(.min), "f": .float(1.5e-3), "inf": .float(-.infinity),
        "s": .string("a\"b\\c"), "is": .ints([1, 2]), "fs": .floats([1, 2.5]),
        "ss": .strings(["x", ""]), "none": .ints([]), "ff": .float(2), "ffs": .floats([1, 2]),
        "t": .tensor(try floats([1, 2], shape: [2])),
        "tn": .tensor(try integers([7], shape: [])),
        "ts": .tensors([
          try floats([1], shape: []),
          try #require(Tensor(type: .bool, shape: [1], bytes: [0])),
        ]),
        "tp": .type(.sequence(.tensor(.f32))),
        "tps": .types([.tensor(.f32), .tensor(.i64)]), "quoted": .graph(renamed),
        "gs": .graphs([empty, second]),
      ])
  }

  @Test("Functions: parameters, defaults, references with and without a kind")
  func functions() throws {
    let model = try Model(
      text: """
        <opset_import: ["" : 17, "local" : 1]> g (float x) => (float y) { y = local.F(x) }
        <domain: "local", overload: "o", opset_import: ["" : 17]>
        F <axis, beta: float = 2.0> (float[] p, q) => (r)
        { r = Op <a: int = @axis, b = @beta> (p, q) }
        """)
    #expect(model.irVersion == 8)
    #expect(
      model.functions == [
        LocalFunction(
          name: "F", domain: "local", overload: "o", inputs: ["p", "q"], outputs: ["r"],
          attributeNames: ["axis"], attributeDefaults: ["beta": .float(2)],
          nodes: [
            Node(
              operatorName: "Op", inputs: ["p", "q"], outputs: ["r"],
              attributes: [
                "a": .reference("axis", kind: .int), "b": .reference("beta", kind: .float),
              ])
          ], opsetImports: ["": 17])
      ])
  }

  @Test(
    "Elements of every type of constant",
    arguments: [
      ("int4[3] {-8, 7, -1}", [0x78, 0x0F]), ("uint2[4] {0, 1, 2, 3}", [0xE4]),
      ("float16[2] {15360, 0}", [0x00, 0x3C, 0, 0]),
      ("float16[2] {1.0, -2.0}", [0, 0x3C, 0, 0xC0]),
      ("bfloat16[1] {1.0}", [0x80, 0x3F]), ("float8e5m2[1] {1.0}", [0x3C]),
      ("float6e2m3[2] {33, 3}", [0xE1, 0x00]), ("bool[2] {1, 0}", [1, 0]),
      ("uint64 {18446744073709551615}", [UInt8](repeating: 255, count: 8)),
      ("complex64 {1, -2}", [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]), ("float {-0}", [0, 0, 0, 0x80]),
      ("double {0.1}", [0x9A, 0x99, 0x99, 0x99, 0x99, 0x99, 0xB9, 0x3F]), ("int8[0] {}", []),
    ] as [(String, [UInt8])])
  func constants(_ constant: String, _ expected: [UInt8]) throws {
    let graph = try Graph(text: "g () => () { = Op <t = \(constant)> () }")
    #expect(graph.nodes.first?.attributes["t"]?.tensorValue?.bytes == expected)
  }

  @Test(
    "Mistakes are reported with line and column",
    arguments: [
      ("g () => () { y = }", 1, 18), ("g ()\n  = () {}", 2, 3), ("g (float[2 x) => () {}", 1, 12),
      ("g () => () { = Op <a = [1, \"x\"]> () }", 1, 24),
      ("g () => () { = Op <a = []> () }", 1, 24),
      ("g () => () { = Op <a: int = 1.5> () }", 1, 29),
      ("g () => () { = Op <a: ints = 1> () }", 1, 30),
      ("g () => () { = Op <t = int8 {128}> () }", 1, 29),
      ("g () => () { = Op <t = float[2] {1}> () }", 1, 33),
      ("g () => ()\n\n\"é\" \"never ends", 3, 1),
      ("g () => () { = Op <s = \"é\", u = \"never ends", 1, 33), ("", 1, 1), ("g", 1, 2),
      ("g () => () {} rest", 1, 15), ("g () => () { = Op <x = 99999999999999999999> () }", 1, 24),
      ("g (opaque(a, b) x) => () {}", 1, 10), ("g () => () { = Op <x: int = @> () }", 1, 30),
      ("g () => () { = Op <x = @y> () }", 1, 26),
    ])
  func mistakes(_ text: String, _ line: Int, _ column: Int) throws {
    let error = try #require(throws: ModelError.self) { try Graph(text: text) }
    guard case .text(line, column, _) = error else {
      Issue.record("\(error)")
      return
    }
  }

  @Test("Nesting beyond the limit is refused, not followed")
  func nesting() {
    let types = String(repeating: "seq(", count: 5000)
    #expect(throws: ModelError.self) { try Graph(text: "g (\(types)") }
    let graphs = String(repeating: "g () => () { = Op <a = ", count: 5000)
    #expect(throws: ModelError.self) { try Graph(text: graphs) }
  }
}

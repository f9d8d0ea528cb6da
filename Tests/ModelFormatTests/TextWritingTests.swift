import ModelFormat
import Tensors
import Testing

@Suite("Writing the textual syntax")
struct TextWritingTests {
  /// The rich model without what the syntax cannot say.
  private func writable() throws -> Model {
    var model = try richModel()
    model.graph.nodes[1].attributes["sp"] = nil
    model.graph.nodes[1].attributes["sps"] = nil
    return model
  }

  @Test("A model with every writable content reads back as the same model")
  func roundTrip() throws {
    let model = try writable()
    #expect(try Model(text: model.text()) == model)
  }

  @Test("Constants of every element type read back bit for bit", arguments: ElementType.allCases)
  func constants(_ type: ElementType) throws {
    let graph = Graph(
      name: "g", nodes: [], inputs: [], outputs: [],
      initializers: [Initializer(name: "w", tensor: try sample(type))])
    #expect(try Graph(text: graph.text()) == graph)
  }

  @Test("Awkward names are quoted and read back")
  func names() throws {
    let names = ["float", "seq", "nan", "a b", "1x", "quote\"d", "back\\slash", "ä", "#no", "x.y"]
    let graph = Graph(
      name: "nan",
      nodes: names.map { Node(operatorName: "Op", inputs: [$0], outputs: ["t_" + $0]) },
      inputs: names.map { ValueInfo(name: $0, type: nil) },
      outputs: names.map { ValueInfo(name: $0, type: .tensor(.f32), shape: [.symbolic($0)]) })
    #expect(try Graph(text: graph.text()) == graph)
  }

  @Test("The layout: one node a line, attributes with their kind")
  func layout() throws {
    let model = try Model(
      text: "<ir_version: 8, opset_import: [\"\":17]> g (float[N,2] x) => (float y) "
        + "<float[2] w = {1, 0.1}> { [n] t = Op <b = [1], a = 2.0> (x, \"\", w) y = Neg(t) }")
    #expect(
      try model.text() == """
        <
          ir_version: 8,
          opset_import: ["" : 17]
        >
        g (float[N, 2] x) => (float y)
          <float[2] w = {1.0, 0.1}>
        {
          [n] t = Op <a: float = 2.0, b: ints = [1]> (x, "", w)
          y = Neg (t)
        }

        """)
  }

  @Test("Default values of inputs stay with the inputs")
  func defaults() throws {
    let graph = try Graph(text: "g (float x, float[2] w = {1, 2}) => () <int64 k = {1}> {}")
    #expect(graph.inputs.map(\.name) == ["x", "w"])
    #expect(try Graph(text: graph.text()) == graph)
  }

  @Test("What the syntax cannot say is refused, not dropped")
  func refused() throws {
    #expect(throws: ModelError.self) { try richModel().text() }
    var model = try writable()
    model.graph.nodes[0].domain = "not-an-identifier"
    #expect(throws: ModelError.self) { try model.text() }
    model = try writable()
    model.graph.nodes[0].attributes = ["a b": .int(1)]
    #expect(throws: ModelError.self) { try model.text() }
  }

  @Test("Every truncation of a text throws or reads")
  func truncation() throws {
    let text = Array(try writable().text().utf8)
    for length in 0..<text.count {
      _ = try? Model(text: String(decoding: text[..<length], as: UTF8.self))
    }
  }

  @Test("2,000 mutations of a text throw or read; seed 0x7E47")
  func mutation() throws {
    let text = Array(try writable().text().utf8)
    var random = CounterRandom(key: (0x7E47, 1))
    var refused = 0
    for _ in 0..<2000 {
      var mutated = text
      let place = Int(random.nextInteger(in: 0...Int64(text.count - 1)))
      mutated[place] = UInt8(truncatingIfNeeded: random.nextWord())
      do {
        let model = try Model(text: String(decoding: mutated, as: UTF8.self))
        _ = try model.encoded()
      } catch {
        refused += 1
      }
    }
    #expect(refused > 200)
  }
}

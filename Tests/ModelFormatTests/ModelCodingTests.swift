import ModelFormat
import SwiftProtobuf
import Tensors
import Testing

@Suite("Encoding and decoding models")
struct ModelCodingTests {
  @Test("A model with every kind of content survives encoding")
  func roundTrip() throws {
    let model = try richModel()
    #expect(try Model(decoding: model.encoded()) == model)
  }

  @Test("Encoding twice gives the same bytes")
  func deterministic() throws {
    #expect(try richModel().encoded() == richModel().encoded())
  }

  @Test("Every truncation throws or decodes")
  func truncation() throws {
    let bytes = try richModel().encoded()
    var decoded = 0
    for length in 0..<bytes.count {
      do {
        _ = try Model(decoding: Array(bytes[..<length]))
        decoded += 1
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
    // Only cuts between two top-level fields behind the graph leave a model.
    #expect(decoded < 10)
  }

  @Test("2,000 mutations throw or decode; seed 0x5EED")
  func mutation() throws {
    let bytes = try richModel().encoded()
    var random = CounterRandom(key: (0x5EED, 1))
    var refused = 0
    for _ in 0..<2000 {
      var mutated = bytes
      for _ in 0...random.nextInteger(in: 0...2) {
        let place = Int(random.nextInteger(in: 0...Int64(bytes.count - 1)))
        mutated[place] = UInt8(truncatingIfNeeded: random.nextWord())
      }
      do {
        let model = try Model(decoding: mutated)
        try? model.validate()
        _ = try? model.text()
        _ = try model.encoded()
      } catch {
        refused += 1
      }
    }
    #expect(refused > 500)
  }

  @Test("A cut-off message names the byte where the unreadable field starts")
  func wireOffset() throws {
    // Field 1 (ir_version) = 8, then field 7 (graph) announcing five bytes of which one follows.
    #expect(
      throws: ModelError.wire(
        offset: 2, reason: "the field that starts here is cut off or malformed")
    ) { try Model(decoding: [0x08, 0x08, 0x3A, 0x05, 0x00]) }
    // The graph is complete, but what is in it is not.
    #expect(
      throws: ModelError.wire(offset: 2, reason: "field 7 is malformed: it ends too early")
    ) { try Model(decoding: [0x08, 0x08, 0x3A, 0x02, 0x0A, 0x05]) }
  }

  @Test("Missing parts are named")
  func missingParts() throws {
    #expect(throws: ModelError.self) { try Model(decoding: []) }
    #expect(
      throws: ModelError.content(path: "graph", reason: "missing; a model needs a graph")
    ) { try Model(decoding: [0x08, 0x08]) }
  }

  @Test("Subgraphs nested beyond the limit are refused, not followed")
  func nesting() throws {
    var graph = Graph(name: "leaf", nodes: [], inputs: [], outputs: [])
    for _ in 0..<60 {
      let node = Node(
        operatorName: "Wrap", inputs: [], outputs: [], attributes: ["body": .graph(graph)])
      graph = Graph(name: "g", nodes: [node], inputs: [], outputs: [])
    }
    let bytes = try Model(irVersion: 8, opsetImports: ["": 17], graph: graph).encoded()
    let error = try #require(throws: ModelError.self) { try Model(decoding: bytes) }
    #expect(error.description.contains("nested deeper than 100"))
  }

  @Test("An attribute without a name, a kind or given twice is refused")
  func attributes() throws {
    func model(_ edit: (inout Onnx_NodeProto) -> Void) throws -> [UInt8] {
      var message = Onnx_ModelProto()
      message.irVersion = 8
      var node = Onnx_NodeProto()
      node.opType = "Op"
      edit(&node)
      message.graph.node = [node]
      return try message.serializedBytes()
    }
    var attribute = Onnx_AttributeProto()
    attribute.name = "alpha"
    #expect(
      throws: ModelError.content(
        path: "graph.node[0].attribute[alpha].type", reason: "missing or unknown")
    ) { try Model(decoding: model { $0.attribute = [attribute] }) }
    attribute.f = 2
    #expect(
      try Model(decoding: model { $0.attribute = [attribute] }).graph.nodes[0].attributes
        == ["alpha": .float(2)])
    #expect(
      throws: ModelError.content(path: "graph.node[0].attribute[alpha]", reason: "given twice")
    ) { try Model(decoding: model { $0.attribute = [attribute, attribute] }) }
  }

  @Test("The long name of the standard domain means the short one")
  func domains() throws {
    var model = try richModel()
    model.opsetImports = ["ai.onnx": 21]
    model.graph.nodes[0].domain = "ai.onnx"
    let decoded = try Model(decoding: model.encoded())
    #expect(decoded.opsetImports == ["": 21])
    #expect(decoded.graph.nodes[0].domain == "")
  }
}

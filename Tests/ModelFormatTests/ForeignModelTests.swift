import ModelFormat
import Tensors
import Testing

/// A model written by the reference implementation (onnx 1.23.2), not by this package.
private let foreign = bytes(
  hex: [
    "080a1207666978747572653a9f030a150a01780a01771201611a05666972737422034164640a92010a016312",
    "0162220249662a400a0b656c73655f6272616e6368322e0a0c0a01781202737a22034e656712076272616e63",
    "683262150a02737a120f0a0d080112090a0312014e0a020802a001052a440a0b7468656e5f6272616e636832",
    "320a110a01781202737922084964656e7469747912066272616e636862150a027379120f0a0d080112090a03",
    "12014e0a020802a001050aa9010a01610a000a01621201792203466f6f2a0b0a0166150000003fa001012a11",
    "0a0266733d0000803f3d000020c0a001062a110a016918f9ffffffffffffffff01a001022a150a0369735f40",
    "0340fcffffffffffffffff01a001072a0c0a0173220474657874a001032a0d0a0273734a01704a0171a00108",
    "2a140a01742a0c080310162a03e10107420174a001042a130a027470720a0a08080712040a020804a0010d3a",
    "056c6f63616c12046d61696e2a11080210014201774a080000c03f000080be5a140a0178120f0a0d08011209",
    "0a0312014e0a0208025a0b0a016312060a040809120062090a017912040a02080142040a00101542090a056c",
    "6f63616c1001ca01310a03466f6f2201702201712201722a016f3201663a0e0a01700a017212016f22035375",
    "6d4a040a00101552056c6f63616c",
  ].joined())

@Suite("Models of another writer")
struct ForeignModelTests {
  @Test("Header, imports and functions are read")
  func header() throws {
    let model = try Model(decoding: foreign)
    #expect(model.irVersion == 10)
    #expect(model.opsetImports == ["": 21, "local": 1])
    #expect(model.producerName == "fixture")
    #expect(
      model.functions == [
        LocalFunction(
          name: "Foo", domain: "local", inputs: ["p", "q", "r"], outputs: ["o"],
          attributeNames: ["f"],
          nodes: [Node(operatorName: "Sum", inputs: ["p", "r"], outputs: ["o"])],
          opsetImports: ["": 21])
      ])
  }

  @Test("Inputs, outputs and constants are read")
  func interface() throws {
    let graph = try Model(decoding: foreign).graph
    #expect(
      graph.inputs == [
        ValueInfo(name: "x", type: .tensor(.f32), shape: [.symbolic("N"), .fixed(2)]),
        ValueInfo(name: "c", type: .tensor(.bool), shape: []),
      ])
    #expect(graph.outputs == [ValueInfo(name: "y", type: .tensor(.f32), shape: nil)])
    #expect(
      graph.initializers == [
        Initializer(name: "w", tensor: try floats([1.5, -0.25], shape: [2]))
      ])
  }

  @Test("Attributes of every ordinary kind are read")
  func attributes() throws {
    let node = try Model(decoding: foreign).graph.nodes[2]
    #expect(node.inputs == ["a", "", "b"])
    #expect(node.domain == "local")
    // Packed nibbles 1, -2, 7: low nibble first.
    let nibbles = try #require(Tensor(type: .i4, shape: [3], bytes: [0xE1, 0x07]))
    #expect(
      node.attributes == [
        "f": .float(0.5), "i": .int(-7), "s": .string("text"), "fs": .floats([1, -2.5]),
        "is_": .ints([3, -4]), "ss": .strings(["p", "q"]), "t": .tensor(nibbles),
        "tp": .type(.tensor(.i64)),
      ])
  }

  @Test("Subgraphs are read, and the model is well-formed")
  func subgraphs() throws {
    let model = try Model(decoding: foreign)
    let branch = try #require(model.graph.nodes[1].attributes["then_branch"]?.graphValue)
    #expect(branch.name == "branch")
    #expect(branch.nodes == [Node(operatorName: "Identity", inputs: ["x"], outputs: ["sy"])])
    #expect(model.graph.nodes[1].dependencies == ["c", "x", "x"])
    try model.validate()
  }
}

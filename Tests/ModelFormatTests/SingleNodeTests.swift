import ModelFormat
import Tensors
import Testing

@Suite("Building a model of one operator")
struct SingleNodeTests {
  @Test("Inputs left out stay places of the node but are no inputs of the graph")
  func omitted() throws {
    let model = Model.singleNode(
      operator: "Resize", opset: 19, attributes: ["mode": .string("nearest")],
      inputs: [
        ValueInfo(name: "x", type: .tensor(.f32), shape: [.fixed(1)]),
        ValueInfo(name: "", type: nil),
        ValueInfo(name: "scales", type: .tensor(.f32), shape: [.fixed(1)]),
        ValueInfo(name: "", type: nil),
      ],
      outputs: [ValueInfo(name: "y", type: .tensor(.f32)), ValueInfo(name: "", type: nil)],
      initializers: [Initializer(name: "scales", tensor: try floats([2], shape: [1]))])
    #expect(model.irVersion == 9)
    #expect(model.opsetImports == ["": 19])
    #expect(model.graph.nodes.first?.inputs == ["x", "", "scales"])
    #expect(model.graph.nodes.first?.outputs == ["y"])
    #expect(model.graph.inputs.map(\.name) == ["x"])
    #expect(model.graph.outputs.map(\.name) == ["y"])
    try model.validate()
    #expect(try Model(decoding: model.encoded()) == model)
  }

  @Test("One value feeding two inputs is one input of the graph")
  func shared() throws {
    let x = ValueInfo(name: "x", type: .tensor(.f32), shape: [])
    let model = Model.singleNode(
      operator: "Mul", opset: 14, inputs: [x, x],
      outputs: [ValueInfo(name: "y", type: .tensor(.f32), shape: [])])
    #expect(model.graph.nodes.first?.inputs == ["x", "x"])
    #expect(model.graph.inputs == [x])
    try model.validate()
  }

  @Test(
    "The IR version is the one the operator set was released under",
    arguments: [
      ("", 1, 3), ("", 8, 3), ("", 9, 4), ("", 10, 5), ("", 11, 6), ("", 12, 7), ("", 14, 7),
      ("", 15, 8), ("", 18, 8), ("", 19, 9), ("", 21, 10), ("", 22, 10), ("", 23, 11),
      ("", 24, 12), ("", 25, 13), ("", 27, 13), ("", 28, 14), ("", 99, 14),
      ("ai.onnx.ml", 1, 3), ("ai.onnx.ml", 2, 6), ("ai.onnx.ml", 3, 8), ("ai.onnx.ml", 5, 10),
      ("ai.onnx.preview.training", 1, 7), ("vendor", 40, 3),
    ] as [(String, Int64, Int64)])
  func irVersion(_ domain: String, _ opset: Int64, _ expected: Int64) {
    #expect(IRVersion.oldest(for: [domain: opset]) == expected)
  }

  @Test("With constants the IR version is one that allows them not to be inputs")
  func constants() throws {
    let model = Model.singleNode(
      operator: "Add", opset: 7,
      inputs: [
        ValueInfo(name: "x", type: .tensor(.f32)), ValueInfo(name: "w", type: .tensor(.f32)),
      ],
      outputs: [ValueInfo(name: "y", type: .tensor(.f32))],
      initializers: [Initializer(name: "w", tensor: try floats([1], shape: []))])
    #expect(model.irVersion == 4)
  }
}

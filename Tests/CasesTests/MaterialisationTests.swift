import Cases
import ModelFormat
import Tensors
import Testing

@Suite("Models and inputs of cases")
struct MaterialisationTests {
  private func cases(
    _ lines: String, operator name: String, domain: String? = nil
  ) throws -> [Case] {
    let catalogue = try TestCatalogue.make(
      TestCatalogue.group(lines, operator: name, domain: domain), path: "\(name).yaml")
    return try catalogue.entries.map { try catalogue.materialise($0) }
  }

  @Test("Both parameter forms have the same data; one of them in the model")
  func forms() throws {
    let pair = try cases(
      """
      versions: [14]
      for: {T: [f32]}
      parameters: [B]
      inputs: {A: {shape: [3], fill: normal}, B: {shape: [3], fill: normal}}
      """, operator: "Add")
    try #require(pair.count == 2)
    #expect(pair[0].inputs.map(\.name) == ["A", "B"])
    #expect(pair[1].inputs.map(\.name) == ["A"])
    #expect(pair[0].inputs[0].value == pair[1].inputs[0].value)
    #expect(pair[1].model.graph.initializers.map(\.name) == ["B"])
    #expect(pair[1].model.graph.initializers[0].tensor == pair[0].inputs[1].value.tensor)
    #expect(pair[0].inputs[0].value != pair[0].inputs[1].value)
    #expect(pair[0].model.graph.nodes == pair[1].model.graph.nodes)
  }

  @Test("Optional inputs are left out by an empty name, at the end not at all")
  func omitted() throws {
    let made = try cases(
      """
      versions: [13]
      for: {T: [f32]}
      rows:
        - {low: omitted, high: {values: 1}}
        - {low: {values: 0}, high: omitted}
      inputs: {input: {shape: [3], fill: normal}, min: $low, max: $high}
      """, operator: "Clip")
    #expect(
      made.map { $0.model.graph.nodes[0].inputs } == [["input", "", "max"], ["input", "min"]])
    #expect(made[0].inputs.map(\.name) == ["input", "max"])
    #expect(made[0].inputs[1].value.tensor?.shape == [])
  }

  @Test("Attributes take the type of the schema, or the one written out")
  func attributes() throws {
    let made = try cases(
      """
      versions: [13]
      for: {T: [f32], alpha: [0.1, omitted]}
      attributes: {alpha: $alpha, transB: 1}
      inputs: {A: {shape: [2, 3], fill: ones}, B: {shape: [4, 3], fill: ones}}
      """, operator: "Gemm")
    #expect(made[0].model.graph.nodes[0].attributes == ["alpha": .float(0.1), "transB": .int(1)])
    #expect(made[1].model.graph.nodes[0].attributes == ["transB": .int(1)])
    let refused = try cases(
      """
      versions: [13]
      expect: must-reject
      for: {T: [f32]}
      attributes: {alpha: {int: 1}, unknown: {strings: [a, b]}, transB: {ints: []}}
      inputs: {A: {shape: [2, 3], fill: ones}}
      """, operator: "Gemm")
    let node = refused[0].model.graph.nodes[0]
    #expect(
      node.attributes == ["alpha": .int(1), "unknown": .strings(["a", "b"]), "transB": .ints([])])
    #expect(node.inputs == ["A"])
  }

  @Test("Tensor attributes and element types as numbers")
  func tensorAttributes() throws {
    let made = try cases(
      """
      versions: [9]
      for: {T2: [i16]}
      attributes: {value: {type: $T2, values: [-7]}}
      inputs: {input: {values: [2, 3]}}
      """, operator: "ConstantOfShape")
    let value = made[0].model.graph.nodes[0].attributes["value"]?.tensorValue
    #expect(value?.integers == [-7] && value?.shape == [1])
    #expect(made[0].inputs[0].value.tensor?.integers == [2, 3])
    let cast = try cases(
      """
      versions: [13]
      for: {T1: [f32], T2: [bf16]}
      attributes: {to: $T2}
      inputs: {input: {shape: [2], fill: ones}}
      """, operator: "Cast")
    #expect(cast[0].model.graph.nodes[0].attributes == ["to": .int(16)])
    #expect(cast[0].model.graph.outputs[0].type == .tensor(.bf16))
  }

  @Test("Variadic inputs: a list, a repetition, and outputs by number")
  func variadic() throws {
    let listed = try cases(
      """
      versions: [13]
      for: {T: [f32]}
      attributes: {axis: 0}
      inputs: {inputs: [{shape: [2], fill: ones}, {shape: [3], fill: zeros}]}
      """, operator: "Concat")
    #expect(listed[0].model.graph.nodes[0].inputs == ["inputs_0", "inputs_1"])
    let repeated = try cases(
      """
      versions: [13]
      for: {T: [f32], n: [1, 4]}
      attributes: {axis: 0}
      inputs: {inputs: {repeat: $n, shape: [2], fill: normal}}
      """, operator: "Concat")
    #expect(repeated.map(\.inputs.count) == [1, 4])
    #expect(Set(repeated[1].inputs.map(\.value)).count == 4)
    let split = try cases(
      """
      versions: [13]
      for: {T: [f32], n: [3]}
      inputs: {input: {shape: [6], fill: linear}, split: {values: [2, 2, 2]}}
      outputs: {outputs: $n}
      """, operator: "Split")
    #expect(split[0].outputNames == ["outputs_0", "outputs_1", "outputs_2"])
  }

  @Test("The same tensor feeds two inputs")
  func sameTensor() throws {
    let made = try cases(
      """
      versions: [14]
      for: {T: [f32]}
      inputs: {A: {shape: [2], fill: ones}, B: {same-as: A}}
      """, operator: "Add")
    #expect(made[0].model.graph.nodes[0].inputs == ["A", "A"])
    #expect(made[0].model.graph.inputs.map(\.name) == ["A"])
    #expect(made[0].inputs.map(\.name) == ["A"])
  }

  @Test("Outputs: required ones by default, others when named")
  func outputs() throws {
    let lines = """
      versions: [9]
      for: {T: [f32]}
      inputs:
        X: {shape: [2, 3], fill: normal}
        scale: {shape: [3], fill: ones}
        B: {shape: [3], fill: zeros}
        mean: {shape: [3], fill: zeros}
        var: {shape: [3], fill: ones}

      """
    #expect(try cases(lines, operator: "BatchNormalization")[0].outputNames == ["Y"])
    let more = try cases(lines + "outputs: [Y, var]", operator: "BatchNormalization")[0]
    // Inputs have taken the names `mean` and `var`.
    #expect(more.model.graph.nodes[0].outputs == ["Y", "", "var_out"])
    #expect(more.outputNames == ["Y", "var_out"])
  }

  @Test("Inputs by position serve versions with other names")
  func positional() throws {
    let made = try cases(
      """
      versions: [14]
      for: {T: [i32]}
      inputs: [{shape: [2], fill: ones}, {values: [5, 6]}]
      """, operator: "Add")
    #expect(made[0].inputs.map(\.name) == ["A", "B"])
    #expect(made[0].inputs[1].value.tensor?.integers == [5, 6])
  }

  @Test("Sequences and optionals")
  func sequences() throws {
    let made = try cases(
      """
      for: {T: [f32]}
      inputs:
        input_sequence: {type: {sequence: $T}, sequence: [{shape: [2], fill: ones}, {shape: [], fill: normal}]}
        position: {type: i64, values: -1}
      """, operator: "SequenceAt")
    guard case .sequence(let values, let element) = made[0].inputs[0].value else {
      Issue.record("not a sequence")
      return
    }
    #expect(values.map { $0.tensor?.shape } == [[2], []])
    #expect(element == .tensor(.f32))
    let none = try cases(
      """
      versions: [18]
      inputs: {input: {type: {optional: f32}, optional: none}}
      """, operator: "OptionalHasElement")
    #expect(none[0].inputs[0].value == .optional(nil, content: .tensor(.f32)))
  }

  @Test("Maps of written keys and filled or written values")
  func maps() throws {
    let made = try cases(
      """
      rows:
        - {T1: {map: [i64, f32]}, T2: f32, m: {keys: [7, -1], fill: ones}}
        - {T1: {map: [i64, string]}, T2: string, m: {keys: [3], values: [a]}}
        - {T1: {map: [i64, f32]}, T2: f32, m: {keys: [], values: []}}
      inputs: {X: {map: $m}}
      """, operator: "CastMap", domain: "ai.onnx.ml")
    let expected: [(keys: [Int128], texts: [String], reals: [Double]?)] = [
      ([7, -1], [], [1, 1]), ([3], ["a"], nil), ([], [], []),
    ]
    for (made, expected) in zip(made, expected) {
      let value = made.inputs[0].value
      guard case .map(let keys, let values, let type) = value else {
        Issue.record("not a map")
        return
      }
      let column = MapValues.joined(values, type: type)
      #expect(keys.integers == expected.keys)
      #expect(column?.strings == expected.texts)
      #expect(column?.doubles == expected.reals)
    }
    #expect(made.map(\.id.description).contains { $0.contains("map-i64-f32.f32") })
  }

  @Test(
    "A map without keys, with a key twice or with too few values is an error",
    arguments: ["{fill: ones}", "{keys: [1, 1], fill: ones}", "{keys: [1, 2], values: [1]}"])
  func malformedMaps(_ map: String) {
    #expect(throws: (any Error).self) {
      try cases(
        """
        for: {T1: [{map: [i64, f32]}], T2: [f32]}
        inputs: {X: {map: \(map)}}
        """, operator: "CastMap", domain: "ai.onnx.ml")
    }
  }

  @Test("A whole model in ONNX text, in both forms")
  func wholeModel() throws {
    let made = try cases(
      """
      versions: [14]
      for: {T: [f32], n: [3, 4]}
      parameters: [w]
      model: |
        <ir_version: 8, opset_import: ["": 14]>
        g (float[$n] x, float[$n] w) => (float[$n] y) {
          t = Add (x, w)
          y = Add (t, w)
        }
      inputs: {x: {shape: [$n], fill: normal}, w: {shape: [$n], fill: linear}}
      """, operator: "Add")
    #expect(made.count == 4)
    #expect(made[2].model.graph.nodes.count == 2)
    #expect(made[2].inputs.map { $0.value.tensor?.shape } == [[4], [4]])
    #expect(made[3].inputs.map(\.name) == ["x"])
    #expect(made[3].model.graph.initializers.map(\.name) == ["w"])
  }

  @Test("Data depend on suite seed and case, not on anything else")
  func seeds() throws {
    let yaml = TestCatalogue.group(
      "versions: [14]\nfor: {T: [f32], n: [1, 2]}\n"
        + "inputs: {A: {shape: [3], fill: normal}, B: {shape: [3], fill: normal}}")
    func values(_ seed: SuiteSeed) throws -> [Value] {
      let catalogue = try TestCatalogue.make(yaml, seed: seed)
      return try catalogue.entries.map { try catalogue.materialise($0).inputs[0].value }
    }
    let first = try values(SuiteSeed("one"))
    #expect(try values(SuiteSeed("one")) == first)
    #expect(first[0] != first[1])
    #expect(try values(SuiteSeed("two"))[0] != first[0])
  }

  @Test("Equal cases give equal bytes")
  func reproducible() throws {
    let catalogue = try CaseCatalogue(
      load: Repository.cases, standard: Repository.standard(), filter: CaseFilter("op(Softmax)"))
    for entry in catalogue.entries {
      let (a, b) = (try catalogue.materialise(entry), try catalogue.materialise(entry))
      #expect(try a.encodedModel() == b.encodedModel())
      #expect(a.inputs.map(\.value) == b.inputs.map(\.value))
    }
  }
}

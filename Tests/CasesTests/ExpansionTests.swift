import Cases
import Tensors
import Testing

@Suite("Expansion")
struct ExpansionTests {
  private static let both = "inputs: {A: {shape: [2], fill: ones}, B: {shape: [2], fill: ones}}"

  @Test("Ids name version, types, group and index")
  func ids() throws {
    let ids = try TestCatalogue.ids("for: {T: [f32, bf16], n: [1, 2]}\n\(Self.both)")
    #expect(
      ids == [
        "onnx/Add-7/f32/group#000", "onnx/Add-7/f32/group#001",
        // Version 7 has no bf16.
        "onnx/Add-13/f32/group#000", "onnx/Add-13/f32/group#001", "onnx/Add-13/bf16/group#000",
        "onnx/Add-13/bf16/group#001", "onnx/Add-14/f32/group#000", "onnx/Add-14/f32/group#001",
        "onnx/Add-14/bf16/group#000", "onnx/Add-14/bf16/group#001",
      ])
  }

  @Test("Versions from before operator set 9 have cases only where a group names them")
  func earlier() throws {
    let named = try TestCatalogue.ids("for: {T: [f32]}\nversions: earlier\n\(Self.both)")
    #expect(named == ["onnx/Add-1/f32/group#000", "onnx/Add-6/f32/group#000"])
    let mixed = try TestCatalogue.ids("for: {T: [f32]}\nversions: [6, 14]\n\(Self.both)")
    #expect(mixed == ["onnx/Add-6/f32/group#000", "onnx/Add-14/f32/group#000"])
    for words in ["\"<13\"", "1..12"] {
      let compared = try TestCatalogue.ids("for: {T: [f32]}\nversions: \(words)\n\(Self.both)")
      #expect(compared == ["onnx/Add-7/f32/group#000"])
    }
    // An operator without such versions.
    let group = TestCatalogue.group(
      "versions: earlier\ninputs: [{type: f32, shape: [2], fill: ones}]", operator: "Erf")
    #expect(
      try TestCatalogue.message(group, path: "Erf.yaml")?.contains("selects no version of Erf")
        == true)
  }

  @Test(
    "Type words give the types the version allows",
    arguments: [
      ("schema", 12), ("floats", 4), ("integers", 8), ("signed", 4), ("unsigned", 4),
      ("numbers", 12), ("[schema, -f64, -bf16]", 10), ("[floats, i32]", 5),
    ])
  func words(_ types: String, _ count: Int) throws {
    let ids = try TestCatalogue.ids("for: {T: \(types)}\nversions: [14]\n\(Self.both)")
    #expect(ids.count == count)
  }

  @Test("Words for containers give the types of that kind, of which some can be taken away")
  func containers() throws {
    func ids(_ types: String, _ input: String) throws -> [String] {
      try TestCatalogue.ids(
        "for: {V: \(types)}\nversions: [16]\ninputs: {input: \(input)}", operator: "Identity")
    }
    let sequence = "{sequence: [{shape: [2], fill: linear}]}"
    #expect(try ids("sequences", sequence).count == 15)
    #expect(try ids("optionals", "{optional: {shape: [2], fill: linear}}").count == 15)
    #expect(try ids("optional-sequences", "{optional: \(sequence)}").count == 15)
    #expect(try ids("tensors", "{shape: [2], fill: linear}").count == 16)
    #expect(
      try ids("[sequences, -seq-string, -seq-c64]", sequence).filter {
        $0.contains("-c64/") || $0.contains("-string/")
      }
      .isEmpty)
  }

  @Test(
    "ONNX text spells types as ONNX does and knows the operator set of the case",
    arguments: [
      ("f32", "{shape: [], fill: ones}", ValueType.tensor(.f32)),
      ("{sequence: f32}", "{sequence: [{shape: [2], fill: ones}]}", .sequence(.tensor(.f32))),
    ])
  func typesInText(_ type: String, _ input: String, _ expected: ValueType) throws {
    let catalogue = try TestCatalogue.make(
      TestCatalogue.group(
        """
        versions: [16, 25]
        for: {V: [\(type)]}
        model: |
          <ir_version: $ir_version, opset_import: ["": $opset]>
          g (bool c, $V x) => ($V y) {
            y = If (c) <then_branch = a () => ($V p) { p = Identity (x) }, else_branch = b () => ($V q) { q = Identity (x) }>
          }
        inputs: {c: {values: true}, x: \(input)}
        """, operator: "If"), path: "If.yaml")
    let models = try catalogue.entries.map { try catalogue.materialise($0).model }
    #expect(models.map { $0.opsetImports[""] } == [16, 25])
    #expect(models.map(\.irVersion) == [8, 13])
    #expect(models.map { $0.graph.outputs[0].type } == [expected, expected])
  }

  @Test(
    "Versions are selected by number, comparison, range and list",
    arguments: [
      ("all", [7, 13, 14]), ("13", [13]), ("\">=13\"", [13, 14]), ("\"<13\"", [7]),
      ("9..13", [13]), ("[7, 14]", [7, 14]), ("[\"<=7\", \">13\"]", [7, 14]),
    ])
  func versions(_ selection: String, _ expected: [Int]) throws {
    let ids = try TestCatalogue.ids("versions: \(selection)\nfor: {T: [f32]}\n\(Self.both)")
    #expect(ids == expected.map { "onnx/Add-\($0)/f32/group#000" })
  }

  @Test("Versions that no opset from 9 on has in force are left out by default")
  func oldVersions() throws {
    let ids = try TestCatalogue.ids("versions: all\nfor: {T: [f32]}\n\(Self.both)")
    #expect(!ids.contains { $0.hasPrefix("onnx/Add-1/") || $0.hasPrefix("onnx/Add-6/") })
  }

  @Test("Rows are combined with variables and vary slowest")
  func rows() throws {
    let catalogue = try TestCatalogue.make(
      TestCatalogue.group(
        """
        versions: [14]
        for: {T: [f32], n: [1, 2]}
        rows: [{m: 10}, {m: 20}]
        inputs: {A: {shape: [$n, $m], fill: ones}, B: {shape: [], fill: ones}}
        """))
    let shapes = try catalogue.entries.map {
      try catalogue.materialise($0).inputs[0].value.tensor?.shape
    }
    #expect(shapes == [[1, 10], [2, 10], [1, 20], [2, 20]])
    #expect(catalogue.entries.map(\.id.index) == [0, 1, 2, 3])
  }

  @Test("An exception leaves the indices of the others as they are")
  func exceptions() throws {
    let lines = "versions: [14]\nfor: {T: [f32, f64], n: [1, 2, 3]}\n\(Self.both)"
    #expect(try TestCatalogue.ids(lines).count == 6)
    #expect(
      try TestCatalogue.ids("except: [{T: f32, n: [1, 3]}]\n" + lines) == [
        "onnx/Add-14/f32/group#001", "onnx/Add-14/f64/group#000", "onnx/Add-14/f64/group#001",
        "onnx/Add-14/f64/group#002",
      ])
  }

  @Test("Types of all variables appear in schema order, derived ones too")
  func derivedTypes() throws {
    let cast = try TestCatalogue.ids(
      """
      versions: [13]
      for: {T2: [i8], T1: [f32]}
      attributes: {to: $T2}
      inputs: {input: {shape: [2], fill: ones}}
      """, operator: "Cast")
    #expect(cast == ["onnx/Cast-13/f32.i8/group#000"])
    let topK = try TestCatalogue.ids(
      """
      versions: [11]
      inputs: {X: {type: f32, shape: [4], fill: linear}, K: {values: [2]}}
      """, operator: "TopK")
    #expect(topK == ["onnx/TopK-11/f32.i64/group#000"])
    let at = try TestCatalogue.ids(
      """
      for: {T: [f32]}
      inputs:
        input_sequence: {type: {sequence: $T}, sequence: [{shape: [2], fill: ones}]}
        position: {type: i64, values: 0}
      """, operator: "SequenceAt")
    #expect(at == ["onnx/SequenceAt-11/seq-f32.i64.f32/group#000"])
  }

  @Test("Cases with parameters exist in both forms")
  func forms() throws {
    let ids = try TestCatalogue.ids(
      "versions: [14]\nfor: {T: [f32]}\nparameters: [B]\n\(Self.both)")
    #expect(ids == ["onnx/Add-14/f32/group#000", "onnx/Add-14/f32/group#000+initializers"])
  }

  @Test("A class about rounding is exact for integers")
  func effectiveClass() throws {
    let catalogue = try TestCatalogue.make(
      TestCatalogue.group("versions: [14]\nfor: {T: [f32, i32]}\n\(Self.both)"))
    #expect(catalogue.entries.map(\.group.accuracyClass) == [.rounded, .exact])
  }

  @Test(
    "The imported opset is the least common one in which the version is in force",
    arguments: [(7, 11), (13, 13), (14, 14)])
  func opsets(_ version: Int, _ opset: Int) throws {
    let catalogue = try TestCatalogue.make(
      TestCatalogue.group("versions: [\(version)]\nfor: {T: [f32]}\n\(Self.both)"))
    #expect(catalogue.entries[0].group.opset == opset)
    let model = try catalogue.materialise(catalogue.entries[0]).model
    #expect(model.opsetImports == ["": Int64(opset)])
  }

  @Test("An old version outside of the core window gets the oldest opset that has it")
  func edgeOpset() throws {
    let catalogue = try TestCatalogue.make(
      TestCatalogue.group(
        "versions: [1]\nfor: {T: [f32]}\ninputs: {input: {shape: [2, 3], fill: ones}}",
        operator: "Softmax"), path: "Softmax.yaml")
    #expect(catalogue.entries[0].group.opset == 9)
  }

  @Test("A filter that names an operator keeps other files unread")
  func filtered() throws {
    let catalogue = try CaseCatalogue(
      load: Repository.cases, standard: Repository.standard(),
      filter: CaseFilter("op(Softmax) and opset(13) and dtype(bf16) and group(long-row)"))
    #expect(catalogue.entries.map { "\($0.id)" } == ["onnx/Softmax-13/bf16/long-row#000"])
  }

  @Test("A directory without case files is an error, not an empty suite")
  func emptyDirectory() throws {
    #expect(throws: CaseFileError.self) {
      try CaseCatalogue(load: Repository.root + "/Sources", standard: Repository.standard())
    }
  }
}

import Cases
import ModelFormat
import Spec
import Tensors
import Testing

@Suite("Files of models")
struct ModelFileTests {
  @Test("Ids name model, operator set, types and group; the form stands outside of them")
  func ids() throws {
    let ids = try TestModel.catalogue(TestModel.file(TestModel.plain)).entries.map { "\($0.id)" }
    #expect(
      ids == [
        "model/tiny-13/f32/plain#000", "model/tiny-13/f32/plain#001",
        "model/tiny-13/f16/plain#000", "model/tiny-13/f16/plain#001",
        "model/tiny-14/f32/plain#000", "model/tiny-14/f32/plain#001",
        "model/tiny-14/f16/plain#000", "model/tiny-14/f16/plain#001",
      ])
  }

  @Test("op() does not select models, model() nothing else, and other predicates both")
  func filters() throws {
    func count(_ text: String) throws -> Int {
      try TestModel.catalogue(TestModel.file(TestModel.plain), filter: CaseFilter(text))
        .entries.count
    }
    #expect(try count("op(tiny)") == 0)
    #expect(try count("op(*)") == 0)
    #expect(try count("model(tiny)") == 8)
    #expect(try count("model(*) and dtype(f16) and opset(14)") == 2)
    #expect(try count("tier(ci) and class(model)") == 8)
    #expect(try count("case(model/tiny-13/f32/plain#001)") == 1)
    #expect(try count("case(onnx/tiny-13/f32/plain#001)") == 0)
    #expect(try CaseFilter("model(tiny)").mayMatch(operatorName: "tiny") == false)
    #expect(try CaseFilter("op(tiny)").mayMatch(model: "tiny") == false)
    #expect(try CaseFilter("not op(tiny)").mayMatch(model: "tiny"))
  }

  @Test("A graph imports its operator set, holds the case's types and the weights it reads")
  func graph() throws {
    let catalogue = try TestModel.catalogue(TestModel.file(TestModel.plain))
    let made = try catalogue.materialise(catalogue.entries[7])
    #expect(made.model.opsetImports == ["": 14])
    #expect(made.model.graph.inputs.map(\.name) == ["x"])
    #expect(made.model.graph.inputs.first?.type == .tensor(.f16))
    #expect(made.model.graph.inputs.first?.shape == [.fixed(3), .fixed(2)])
    #expect(made.model.graph.initializers.map(\.name) == ["w", "b"])
    #expect(made.tokenRules == ["y": TokenRule(axes: [0], isLogits: false)])
  }

  /// The constants of a case as reals.
  private func weights(_ catalogue: CaseCatalogue, _ id: String) throws -> [String: [Double]] {
    let entry = try #require(CaseID(id).flatMap { catalogue.entry($0) })
    let made = try catalogue.materialise(entry)
    return Dictionary(
      uniqueKeysWithValues: made.model.graph.initializers.map { ($0.name, $0.tensor.doubles ?? []) }
    )
  }

  @Test("Every graph, type, operator set and case has the same weights; inputs are their own")
  func sharedWeights() throws {
    let second = TestModel.plain.replacing("plain", with: "other").replacing(
      "first", with: "second")
    let catalogue = try TestModel.catalogue(TestModel.file(TestModel.plain + "\n" + second))
    let first = try weights(catalogue, "model/tiny-13/f32/plain#000")
    #expect(try weights(catalogue, "model/tiny-14/f16/plain#001") == first)
    let other = try weights(catalogue, "model/tiny-13/f32/other#000")
    #expect(other["w"] == first["w"])
    #expect(other["c"] != first["b"])
    let inputs = try catalogue.entries.map { entry in
      try catalogue.materialise(entry).inputs.first?.value.tensor?.doubles?.first
    }
    #expect(Set(inputs).count == inputs.count)
  }

  @Test("Weights as inputs come behind the graph's own, in the order they are read")
  func weightsAsInputs() throws {
    let group = TestModel.plain + "\n  weights-as: inputs"
    let catalogue = try TestModel.catalogue(TestModel.file(group))
    let made = try catalogue.materialise(catalogue.entries[0])
    #expect(made.inputs.map(\.name) == ["x", "w", "b"])
    #expect(made.model.graph.inputs.map(\.name) == ["x", "w", "b"])
    #expect(made.model.graph.initializers.isEmpty)
  }

  @Test("A redraw changes the inputs and leaves the weights")
  func redraw() throws {
    let catalogues = try ["", "\n  redraw: 1"].map {
      try TestModel.catalogue(TestModel.file(TestModel.plain + $0))
    }
    let made = try catalogues.map { try $0.materialise($0.entries[0]) }
    #expect(made[0].inputs[0].value != made[1].inputs[0].value)
    #expect(made[0].model == made[1].model)
  }

  @Test("A relation has the steps' graphs, parts of the draws, and results of earlier steps")
  func relation() throws {
    let catalogue = try TestModel.catalogue(TestModel.file(TestModel.relation))
    let entry = try #require(catalogue.entries.first)
    #expect(entry.isRelation)
    let made = try catalogue.materialise(entry)
    let relation = try #require(made.relation)
    #expect(relation.steps.map(\.name) == ["whole", "head", "again"])
    #expect(relation.goldenStep == 0)
    #expect(made.model == relation.steps[0].model)
    let head = try #require(relation.inputs(after: [[]])?.first?.tensor)
    #expect(head.shape == [1, 2])
    #expect(head.doubles == [0, 1])
    let result = Value.tensor(try #require(Tensor(type: .f32, shape: [1, 2], rounding: [5, 6])))
    #expect(relation.inputs(after: [[], [result]]) == [result])
    #expect(relation.inputs(after: [[], []]) == nil)
    #expect(relation.inputs(after: [[], [result], [result]]) == nil)
    #expect("\(relation.agreements[0].right)" == "whole.y (axis 0: 0 ..< 1)")
  }

  @Test("The digest of a relation covers every step and what has to agree")
  func digest() throws {
    let texts = [
      TestModel.relation, TestModel.relation.replacing("fill: linear", with: "fill: linear2"),
      TestModel.relation.replacing("graph: second", with: "graph: first"),
      TestModel.relation.replacing("output: y, of: head}, {", with: "output: y, of: again}, {"),
    ]
    let digests = try texts.map { text in
      let catalogue = try TestModel.catalogue(TestModel.file(text))
      return try CaseDigest.hexadecimal(
        of: catalogue.materialise(catalogue.entries[0]), accuracyClass: .model, goldenDigest: [])
    }
    #expect(Set(digests).count == texts.count)
  }
}

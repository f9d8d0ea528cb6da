import ModelFormat
import Spec
import Tensors
import Testing

@testable import Cases

@Suite("Cases in body form")
struct BodyFormTests {
  static let yaml = """
    operator: LeakyRelu
    versions: [6, 16]
    accuracy: {class: rounded}
    constraints: {C1: the output has the shape and type of the input}
    groups:
      - name: values
        intent: a slope of one
        covers: [C1]
        tier: smoke
        for: {T: [f16, f32], alpha: [0.25, omitted]}
        attributes: {alpha: $alpha}
        inputs: {X: {shape: [3], fill: normal}}
      - name: more
        intent: a slope of zero
        covers: [C1]
        for: {T: [f64, f32]}
        inputs: {X: {shape: [3], fill: normal}}
      - name: many
        intent: a lane that is left out
        covers: [C1]
        tier: full
        for: {T: [f32]}
        inputs: {X: {shape: [70], fill: normal}}
      - name: refused
        intent: a type that no version lists
        covers: [C1]
        expect: must-reject
        inputs: [{type: i32, shape: [3], fill: zeros}]
    """

  static let body = """
    #! versions: 16
    F (X) => (Y) {
      slope = Constant<value_float: float = @alpha>()
      alpha = Cast<to: int = @T>(slope)
      zero = Constant<value = $T {0}>()
      isBelow = Less(X, zero)
      scaled = Mul(alpha, X)
      Y = Where(isBelow, scaled, X)
    }
    """

  static func catalogue(_ body: String = body) throws -> CaseCatalogue {
    try CaseCatalogue(
      texts: [("math/LeakyRelu.yaml", yaml)], functions: [("functions/LeakyRelu.onnxtxt", body)],
      standard: Repository.standard())
  }

  @Test("Groups of the daily tiers give their first case, smoke groups one of each type")
  func selection() throws {
    let bodies = try Self.catalogue().entries.filter { $0.form == .body }
    #expect(
      bodies.map { "\($0.id)" } == [
        "onnx/LeakyRelu-16/f32/values#000+body", "onnx/LeakyRelu-16/f16/values#000+body",
        "onnx/LeakyRelu-16/f32/more#000+body",
      ])
    #expect(bodies.allSatisfy { $0.group.tier == .ci && $0.group.accuracyClass == .composite })
    #expect(bodies[0].group.id == "onnx/LeakyRelu-16/f32/values+body")
    #expect(CaseID("\(bodies[0].id)") == bodies[0].id)
  }

  @Test("The body has the data of the node, its attributes, and its defaults")
  func models() throws {
    let catalogue = try Self.catalogue()
    let entry = try #require(catalogue.entries.first { $0.form == .body })
    let made = try catalogue.materialise(entry)
    let node = try catalogue.materialise(entry.asSingleNode)
    #expect(made.inputs.map(\.value) == node.inputs.map(\.value))
    #expect(made.model.opsetImports == node.model.opsetImports)
    #expect(made.model.graph.nodes.map(\.operatorName) == ["Cast", "Less", "Mul", "Where"])
    #expect(made.model.graph.initializers.first?.tensor.codes == [0x3E80_0000])
    // The default of the standard: 0.01 in float32.
    let more = try #require(
      catalogue.entry(CaseID(group: "onnx/LeakyRelu-16/f32/more", index: 0, form: .body)))
    let constants = try catalogue.materialise(more).model.graph.initializers
    #expect(constants.first?.tensor.codes == [0x3C23_D70A])
  }

  @Test(
    "Headings limit the calls that a body stands for",
    arguments: [
      ("#! versions: 6\n", 0), ("#! types: f16\n", 1), ("#! types: T: f64\n", 1),
      ("#! absent: alpha\n", 3), ("#! present: alpha\n", 2), ("#! where: alpha = 3\n", 0),
    ])
  func headings(_ heading: String, _ count: Int) throws {
    let catalogue = try Self.catalogue(heading + "F (X) => (Y) { Y = Neg(X) }")
    // Version 6 has a body of its own nowhere in the standard.
    #expect(catalogue.entries.count { $0.form == .body } == count)
  }

  @Test("Each body of a file gets a case of its own in a group")
  func bodies() throws {
    let catalogue = try Self.catalogue(
      """
      #! present: alpha
      F (X) => (Y) { Y = Neg(X) }
      #! absent: alpha
      G (X) => (Y) { Y = Abs(X) }
      """)
    let entries = catalogue.entries.filter { $0.form == .body }
    #expect(
      entries.map { "\($0.id)" } == [
        "onnx/LeakyRelu-16/f32/values#000+body", "onnx/LeakyRelu-16/f32/values#001+body",
        "onnx/LeakyRelu-16/f16/values#000+body", "onnx/LeakyRelu-16/f16/values#001+body",
        "onnx/LeakyRelu-16/f32/more#000+body",
      ])
    let models = try entries.map { try catalogue.materialise($0).model }
    let operators = models.compactMap { $0.graph.nodes.first?.operatorName }
    #expect(operators == ["Neg", "Abs", "Neg", "Abs", "Abs"])
  }

  @Test("Parts of a file are called by its bodies and stand for no call themselves")
  func parts() throws {
    let catalogue = try Self.catalogue(
      """
      #! part: scaled
      scaled <n> (a) => (b) {
        k = Constant<value_float: float = @n>()
        w = Cast<to: int = 1>(k)
        b = Mul(a, w)
      }
      #! types: f32
      F (X) => (Y) { Y = body.scaled<n: float = @alpha>(X) }
      """)
    let entry = try #require(catalogue.entries.first { $0.form == .body })
    let made = try catalogue.materialise(entry)
    #expect(made.model.graph.nodes.map(\.operatorName) == ["Cast", "Mul"])
    #expect(made.model.graph.initializers.map(\.tensor.codes) == [[0x3E80_0000]])
    #expect(!made.bodyDiffers)
  }

  @Test("Filters and coverage know the form")
  func filters() throws {
    let catalogue = try Self.catalogue()
    let filter = try CaseFilter("form(body)")
    #expect(catalogue.entries.count(where: filter.matches) == 3)
    let row = try #require(
      Coverage(of: catalogue, tier: .full).rows.first { $0.kind == .functions })
    #expect(row.covered.map(\.text) == ["LeakyRelu-16"])
    #expect(row.missing.contains { $0.text == "Selu-22" })
    #expect(!row.missing.contains { $0.text == "Selu-6" || $0.text == "Add-14" })
    let without = try CaseCatalogue(
      texts: [("math/LeakyRelu.yaml", Self.yaml)], standard: Repository.standard())
    let none = try #require(Coverage(of: without, tier: .full).rows.first { $0.kind == .functions })
    #expect(none.covered.isEmpty)
  }

  @Test(
    "Mistakes name the file of the body and the line",
    arguments: [
      ("#! versions: 16\nF (X) => (Y) {\n Y = Neg(X\n}", "LeakyRelu.onnxtxt:4: is no function"),
      ("#! types: f12\nF (X) => (Y) { Y = Neg(X) }", "LeakyRelu.onnxtxt:1: f12 is no element type"),
      (
        "#! part: P\nQ (X) => (Y) { Y = Neg(X) }", "LeakyRelu.onnxtxt:1: the part is called Q below"
      ),
    ])
  func mistakes(_ text: String, _ reason: String) {
    let error = #expect(throws: CaseFileError.self) { try Self.catalogue(text) }
    #expect(error.map { "\($0)".hasPrefix(reason) } == true)
  }

  @Test("An operator without a body in the standard must not have one here")
  func strangers() throws {
    #expect(throws: CaseFileError.self) {
      try CaseCatalogue(
        texts: [("math/LeakyRelu.yaml", Self.yaml)],
        functions: [
          ("functions/Add.onnxtxt", "#! versions: 14\nF (A, B) => (C) { C = Sum(A, B) }")
        ],
        standard: Repository.standard())
    }
  }
}

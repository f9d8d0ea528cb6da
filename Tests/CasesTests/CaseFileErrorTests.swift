import Cases
import Testing

@Suite("Errors in case files")
struct CaseFileErrorTests {
  /// Lines of a group, its first line being line 10 of the file, and the message.
  struct Slip: Sendable, CustomTestStringConvertible {
    let lines: String
    let message: String
    var testDescription: String { message }
  }

  static let inputs = "inputs: {A: {shape: [2], fill: ones}, B: {shape: [2], fill: ones}}"

  static let slips = [
    Slip(
      lines: "for: {T: [f32]}\ninputs: {A: {shape: [2], fill: normale}}",
      message: #"Add.yaml:11: group "group": unknown fill "normale"; did you mean "normal"?"#),
    Slip(
      lines: "for: {T: [f32]}\ninputs: {A: {shape: [2], fill: {normal, sigm: 2}}}",
      message:
        #"Add.yaml:11: group "group": unknown parameter of fill "normal" "sigm"; did you mean "sigma"?"#
    ),
    Slip(
      lines: "input: {}",
      message: #"Add.yaml:10: group "group": unknown key "input"; did you mean "inputs"?"#),
    Slip(
      lines: "for: {T: [f32]}\ninputs: {A: {shap: [2], fill: ones}}",
      message: #"Add.yaml:11: group "group": unknown key "shap"; did you mean "shape"?"#),
    Slip(
      lines: "expect: must-mach",
      message:
        #"Add.yaml:10: group "group": unknown expect "must-mach"; did you mean "must-match"?"#),
    Slip(
      lines: "tier: nightly",
      message:
        #"Add.yaml:10: group "group": unknown tier "nightly"; known: ci, full, heavy, smoke"#),
    Slip(
      lines: "versions: [12]",
      message:
        #"Add.yaml:10: group "group": "12" selects no version of Add; it has 1, 6, 7, 13, 14"#),
    Slip(
      lines: "versions: soon",
      message:
        #"Add.yaml:10: group "group": "soon" selects no versions; write all, 13, ">=13", "<13", 9..12 or earlier"#
    ),
    Slip(
      lines: "for: {T: [f33]}\n\(inputs)",
      message: #"Add.yaml:10: group "group": unknown element type "f33"; did you mean "f32"?"#),
    Slip(
      lines: "for: {T: [f32, u4]}\n\(inputs)",
      message:
        #"Add.yaml:10: group "group": T is never u4 in Add 7, 13, 14; delete it; to test that a type is refused, name the variable differently"#
    ),
    Slip(
      lines: "for: {U: schema}\n\(inputs)",
      message:
        #"Add.yaml:10: group "group": "U" is no type variable of the operator here; name the variable as the schema does, or list the types"#
    ),
    Slip(
      lines: inputs,
      message:
        #"Add.yaml:10: group "group": the type of the input is not known; write type:, or bind the type variable in for:"#
    ),
    Slip(
      lines: "for: {T: [f32]}\ninputs: {A: {shape: [2], fill: ones}}",
      message:
        #"Add.yaml:7: group "group": input "B" of Add-7 is missing; give it, or expect: must-reject"#
    ),
    Slip(
      lines: "for: {T: [f32]}\ninputs: {X: {shape: [2], fill: ones}}",
      message: #"Add.yaml:11: group "group": unknown input of Add-7 "X"; known: A, B"#),
    Slip(
      lines:
        "for: {T: [f32], n: [1]}\ninputs: {A: {shape: [$m], fill: ones}, B: {shape: [2], fill: ones}}",
      message:
        #"Add.yaml:11: group "group": unknown variable "m" (onnx/Add-7/f32/group#000); known: T, n"#
    ),
    Slip(
      lines: "for: {T: [f32]}\nattributes: {axes: 1}\n\(inputs)",
      message:
        #"Add.yaml:11: group "group": unknown attribute of Add-7 "axes" (onnx/Add-7/f32/group#000)"#
    ),
    Slip(
      lines: "for: {T: [u8]}\ninputs: {A: {values: [256]}, B: {values: [1]}}",
      message:
        #"Add.yaml:11: group "group": '256' is not a value of type u8 (onnx/Add-14/u8/group#000)"#),
    Slip(
      lines: "for: {T: [f32]}\ninputs: {A: {shape: [2], fill: ones, values: [1]}}",
      message: #"Add.yaml:11: group "group": fill and values exclude each other; keep one"#),
    Slip(
      lines: "for: {T: []}\n\(inputs)",
      message: #"Add.yaml:10: group "group": variable "T" has no values"#),
    Slip(
      lines: "rows: [{a: 1}, {b: 1}]\n\(inputs)",
      message: #"Add.yaml:10: group "group": every row must give the same variables"#),
    Slip(
      lines: "for: {T: [f32]}\nparameters: [C]\n\(inputs)",
      message:
        #"Add.yaml:7: group "group": unknown parameter "C" (onnx/Add-7/f32/group#000+initializers); known: A, B"#
    ),
    Slip(
      lines: "for: {T: [f32]}\nopset: 12\nversions: [13]\n\(inputs)",
      message:
        #"Add.yaml:7: group "group": at opset 12 version 7 is in force, not 13; choose another opset"#
    ),
    Slip(
      lines: "inputs: {A: {shape: [2], fill: normal(sigma: 2)}}",
      message:
        "Add.yaml:10: not YAML: did not find expected ',' or '}'; "
        + "write parameters as {normal, sigma: 3} and quote texts with a colon"),
  ]

  @Test("A slip in a group is reported with its place and remedy", arguments: slips)
  func slip(_ slip: Slip) throws {
    let message = try TestCatalogue.message(TestCatalogue.group(slip.lines))
    #expect(message == slip.message)
  }

  @Test("The group that the slips are made in is right without them")
  func sound() throws {
    #expect(
      try TestCatalogue.message(TestCatalogue.group("for: {T: [f32]}\n\(Self.inputs)")) == nil)
  }

  @Test("Slips outside of groups are reported")
  func outside() throws {
    func message(_ change: (String) -> String) throws -> String? {
      try TestCatalogue.message(change(TestCatalogue.group("for: {T: [f32]}\n\(Self.inputs)")))
    }
    #expect(
      try message { $0.replacing("operator: Add", with: "operator: Ad") }
        == #"Add.yaml:1: the file of operator Ad has another name; call it Ad.yaml"#)
    #expect(
      try message { $0.replacing("class: rounded", with: "class: round") }
        == #"Add.yaml:3: unknown accuracy class "round"; known: accumulated, composite, elementwise, exact, indices, model, product, quantised, random, rounded"#
    )
    #expect(
      try message { $0.replacing("covers: [C1]", with: "covers: [C2]") }
        == #"Add.yaml:9: group "group": unknown constraint "C2"; did you mean "C1"?"#)
    #expect(
      try message { $0.replacing("C1: it works", with: "C1: it works\n  C2: it works well") }
        == "Add.yaml: no group covers constraint C2; add a group that does, or delete the constraint"
    )
    #expect(
      try message { $0.replacing("name: group", with: "name: My Group") }
        == #"Add.yaml:7: group "My Group": "My Group" is not a group name; use lower-case words joined by -"#
    )
    #expect(
      try message { $0.replacing("versions: all", with: "versions: all\nversions: all") }
        == #"Add.yaml:3: the key "versions" is written twice; delete one"#)
    #expect(
      try TestCatalogue.message(TestCatalogue.group("", operator: "Ad"), path: "Ad.yaml")
        == #"Ad.yaml:1: unknown operator "Ad"; did you mean "Add"?"#)
  }

  @Test("Two groups of one name need different versions")
  func names() throws {
    let one = TestCatalogue.group("for: {T: [f32]}\n\(Self.inputs)")
    let second = one.split(separator: "\n").dropFirst(6).joined(separator: "\n")
    #expect(
      try TestCatalogue.message(one + second)
        == #"Add.yaml:12: group "group": a group of this name exists for version 7 already; choose another name"#
    )
    let apart =
      one.replacing("covers: [C1]", with: "covers: [C1]\n    versions: \"<13\"")
      + second.replacing("covers: [C1]", with: "covers: [C1]\n    versions: \">=13\"")
    #expect(try TestCatalogue.message(apart) == nil)
  }
}

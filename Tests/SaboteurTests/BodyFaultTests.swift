import CPUBackend
import Tensors
import Testing

@testable import Saboteur

@Suite("Functions that stand in for operators")
struct BodyFaultTests {
  /// What the stand-ins are tried on, by the operator.
  private static let models: [String: TinyModel] = {
    var models: [String: TinyModel] = [:]
    func add(_ name: String, _ text: String, _ inputs: [Tensor?], opset: Int64 = 21) {
      models[name] = try? TinyModel(text, opset: opset, inputs)
    }
    let plain = "g (float[N] X) => (float[N] Y) { Y = "
    let arguments = [-20, -9, -5, -0.5, 0, 0.7, 4, 9, 1e6]
    for name in ["Exp", "Log", "Tanh", "Sigmoid", "Sin", "Erf", "Gelu"] {
      add(name, plain + name + "(X) }", [floats(arguments)])
    }
    for name in ["Sqrt", "Softplus", "Mish"] {
      add(name, plain + name + "(X) }", [floats(arguments)])
    }
    // Arguments whose exponential or square overflows, and small ones.
    for name in ["Sinh", "Cosh", "Asinh", "Acosh"] {
      add(name, plain + name + "(X) }", [floats([89, 1e25, 0.001])])
    }
    add("Atanh", plain + "Atanh(X) }", [floats([0.001, -0.3])])
    add("Softmax", plain + "Softmax(X) }", [floats([1000, 2, 1000.3])])
    add("LogSoftmax", plain + "LogSoftmax(X) }", [floats([1000, 2, 3])])
    add(
      "ReduceLogSumExp", "g (float[N] X) => (float[1] Y) { Y = ReduceLogSumExp(X) }",
      [floats([1000, 2, 3])])
    add(
      "LayerNormalization",
      "g (float[N] X, float[N] S, float[N] B) => (float[N] Y) { Y = LayerNormalization(X, S, B) }",
      [floats([1001, 1002, 1004]), floats([1, 1, 1]), floats([0, 0, 0])])
    let two = "g (float[N] A, float[N] B) => (float[N] Y) { Y = "
    add("Pow", two + "Pow(A, B) }", [floats([-2, 3]), floats([2, 3])])
    add(
      "Div", "g (int64[N] A, int64[N] B) => (int64[N] Y) { Y = Div(A, B) }",
      [integers([-7, 7]), integers([2, 2])])
    add(
      "Equal", "g (float[N] A, float[N] B) => (bool[N] Y) { Y = Equal(A, B) }",
      [floats([.nan, 1]), floats([.nan, .nan])])
    add(
      "TopK", "g (float[N] X, int64[1] K) => (float[M] V, int64[M] I) { V, I = TopK(X, K) }",
      [floats([3, 5, 5]), integers([2])])
    add(
      "QuantizeLinear",
      "g (float[N] X, float S, uint8 Z) => (uint8[N] Y) { Y = QuantizeLinear(X, S, Z) }",
      // 45.5 / 7 is 6.5 exactly; times the float32 of 1/7 it is above.
      [floats([17.5, 10.5, 2100, 45.5]), floats([7], []), integers([0], [], .u8)])
    add(
      "MatMul", "g (float[1,130] A, float[130,1] B) => (float[1,1] Y) { Y = MatMul(A, B) }",
      [
        floats((0..<130).map { 1 + 0.37 * Double($0 % 11) }, [1, 130]),
        floats((0..<130).map { 0.3 + 0.17 * Double($0 % 7) }, [130, 1]),
      ])
    add(
      "Conv", "g (float[1,9,1,1] X, float[1,9,1,1] W) => (float[] Y) { Y = Conv(X, W) }",
      [
        floats((0..<9).map { 1.1 + 0.3 * Double($0) }, [1, 9, 1, 1]),
        floats((0..<9).map { 0.7 + 0.9 * Double($0) }, [1, 9, 1, 1]),
      ])
    return models
  }()

  @Test("Every stand-in of the suite compiles, runs, and computes something else")
  func changes() throws {
    for body in try BodyFile.bodies(in: caseFolder + "/mutants") {
      let model = try #require(Self.models[body.operatorName], "no model for \(body.profile.name)")
      let wrong = try model.wrong(try fault(body.profile.name))
      #expect(wrong != nil, "\(body.profile.name) does not apply")
      #expect(try wrong != model.right(), "\(body.profile.name) changes nothing")
    }
  }

  @Test("Stand-ins by hand")
  func values() throws {
    #expect(try Self.models["Div"]?.numbers("div-floors") == [-4, 3])
    #expect(try Self.models["TopK"]?.right().last?.tensor?.integers == [1, 2])
    let ties = try Self.models["TopK"]?.wrong(try fault("topk-ties-to-higher-index"))
    #expect(ties?.last?.tensor?.integers == [2, 1])
    #expect(try Self.models["QuantizeLinear"]?.numbers("quantize-half-away").prefix(2) == [3, 2])
    #expect(try Self.models["QuantizeLinear"]?.numbers("quantize-without-saturation")[2] == 44)
    #expect(try Self.models["Equal"]?.numbers("nan-equals-nan") == [1, 0])
  }

  @Test("A float16 sum stands still where a float32 sum grows")
  func accumulator() throws {
    let model = try TinyModel(
      "g (float[1,3] A, float[3,1] B) => (float[1,1] Y) { Y = MatMul(A, B) }",
      [floats([2048, 1, 1], [1, 3]), floats([1, 1, 1], [3, 1])])
    #expect(try model.numbers("matmul-f16-accumulator") == [2048])
    #expect(try model.numbers("matmul-truncated-sums") == [2050])
  }

  @Test(
    "A header leaves rounding out of a fault; gross faults never mean it",
    arguments: [
      ("precision", "", .values), ("precision", "#! beyond: rounding\n", .placement),
      ("gross", "", .placement),
    ] as [(String, String, Distinction)])
  func beyondRounding(_ severity: String, _ header: String, _ expected: Distinction) throws {
    let text = "#! fault: a\n#! severity: \(severity)\n#! summary: b\n" + header
    let file = BodyFile(path: "X.onnxtxt", operatorName: "X")
    let bodies = try file.bodies(of: text + "f (x) => (y) { y = Exp(x) }")
    #expect(bodies.map(\.distinction) == [expected])
  }

  @Test(
    "Mistakes are reported with file and line",
    arguments: [
      ("#! number: 3", "X.onnxtxt:1: the first key must be fault"),
      ("\n#! fault: a", "X.onnxtxt:2: severity"), ("#! colour: red", "X.onnxtxt:1: unknown key"),
      (
        "#! fault: a\n#! severity: gross\n#! summary: b\nf (x) => {",
        "X.onnxtxt:4: a is no function"
      ),
      ("#! fault: a\n#! severity: gross\n#! summary: b\n", "X.onnxtxt:1: a must have one function"),
      (
        "#! fault: a\n#! severity: special\n#! summary: b\n#! beyond: all\nf (x) => (y) { y = Exp(x) }",
        "X.onnxtxt:1: beyond must be rounding"
      ),
    ])
  func mistakes(_ text: String, _ reason: String) {
    let file = BodyFile(path: "X.onnxtxt", operatorName: "X")
    let error = #expect(throws: KernelError.self) { try file.bodies(of: text) }
    #expect(error?.message.hasPrefix(reason) == true)
  }
}

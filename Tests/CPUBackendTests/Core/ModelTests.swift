import CPUBackend
import ModelFormat
import Tensors
import Testing

/// Compiles a model in textual syntax.
private func compile(_ text: String) throws -> Executable {
  try Executable(onnx: try Model(text: text).encoded(), resources: .shared)
}

@Suite("Graphs, bodies and functions on the CPU backend")
struct ModelTests {
  private let header = "<ir_version: 10, opset_import: [\"\": 21]>"

  @Test("A body of If sees the values around it", arguments: [true, false])
  func ifCapturesOuterValues(condition: Bool) throws {
    let executable = try compile(
      """
      \(header)
      agraph (bool c, float[2] x) => (float[2] y) {
        s = Add(x, x)
        y = If (c) <
          then_branch = yes () => (float[2] a) { a = Mul(s, x) },
          else_branch = no () => (float[2] b) { b = Add(s, x) }
        >
      }
      """)
    let y = try executable.execute([
      .tensor(integers(.bool, [], [condition ? 1 : 0])), .tensor(floats(.f32, [2], [3, 4])),
    ])
    #expect(y == [.tensor(floats(.f32, [2], condition ? [18, 32] : [9, 12]))])
  }

  @Test("A function is called with its attributes and their defaults")
  func functionAttributes() throws {
    let executable = try compile(
      """
      <ir_version: 10, opset_import: ["": 21, "local": 1]>
      agraph (float[2, 2] x) => (float[2, 2] a, float[2, 2] b) {
        a = local.normal <axis = 0> (x)
        b = local.normal (x)
      }
      <domain: "local", opset_import: ["": 21]>
      normal <axis: int = 1> (v) => (w) { w = Softmax <axis: int = @axis> (v) }
      """)
    let low = -Double.infinity
    let y = try executable.execute([.tensor(floats(.f32, [2, 2], [0, 0, low, 0]))])
    #expect(y.first == .tensor(floats(.f32, [2, 2], [1, 0.5, 0, 0.5])))
    #expect(y.last == .tensor(floats(.f32, [2, 2], [0.5, 0.5, 0, 1])))
  }

  @Test("An initializer stands in for an input that is left out")
  func defaultInput() throws {
    let executable = try compile(
      """
      \(header)
      agraph (float[2] x, float[2] w = {10, 20}) => (float[2] y) { y = Add(x, w) }
      """)
    let x = Value.tensor(floats(.f32, [2], [1, 2]))
    #expect(try executable.execute([x]) == [.tensor(floats(.f32, [2], [11, 22]))])
    #expect(try executable.execute([x, nil]) == [.tensor(floats(.f32, [2], [11, 22]))])
    #expect(try executable.execute([x, x]) == [.tensor(floats(.f32, [2], [2, 4]))])
  }

  @Test("Inputs that do not fit their declaration are refused")
  func inputsChecked() throws {
    let executable = try compile(
      "\(header) agraph (float[N, 2] x, float[N] y) => (float[N, 2] z) { z = Add(x, x) }")
    let x = Value.tensor(floats(.f32, [1, 2], [1, 2]))
    let y = Value.tensor(floats(.f32, [1], [1]))
    #expect(try executable.execute([x, y]).count == 1)
    let wrong: [[Value?]] = [
      [x], [x, y, y], [x, nil], [y, y], [x, .tensor(floats(.f32, [2], [1, 2]))],
      [x, .tensor(integers(.i32, [1], [1]))],
      [.tensor(floats(.f32, [1, 3], [1, 2, 3])), y],
      [x, .sequence([y], element: .tensor(.f32))],
    ]
    for inputs in wrong { expectError(.invalidInput) { _ = try executable.execute(inputs) } }
  }

  @Test("A tensor beyond the memory limit is refused, not attempted")
  func memoryLimit() throws {
    let side = 1 << 16
    let ones = [Int128](repeating: 1, count: side)
    expectError(.outOfMemory) {
      _ = try run(
        "Add", opset: 14, [integers(.u8, [1, side], ones), integers(.u8, [side, 1], ones)],
        output: .u8)
    }
  }
}

@Suite("Models the CPU backend refuses")
struct RefusedModelTests {
  @Test(
    "A model that breaks the standard is invalid",
    arguments: [
      "y = Softmax(z)", "y = Softmax(x, x)", "y = Add(x)", "y = Nonsense(x)",
      "y = Softmax <axes = 1> (x)", "y = Softmax <axis = \"1\"> (x)", "y = Cast(x)",
      "y = Concat(x)", "w = Add(x, x)", "y = Add(x, x) y = Add(x, x)", "x = Add(x, x)",
      "y = Add(w, x) w = Add(x, x)", "y = other.Add(x, x)", "y = Reshape(x, x)",
      "y = Add(x, i)", "y = Add(i, i)", "y, w = Add(x, x)", "y = Transpose <perm = [0, 0]> (x)",
      "y = Add(x, \"\")", "y = Scatter(x, i, x)",
    ])
  func invalid(nodes: String) {
    expectError(.invalidModel) {
      let text = """
        <ir_version: 10, opset_import: ["": 21]>
        agraph (float[2] x, int64[2] i) => (float[2] y) { \(nodes) }
        """
      // The text is also refused where the syntax itself already forbids it.
      let model: Model
      do { model = try Model(text: text) } catch { throw KernelError.invalidModel("\(error)") }
      _ = try Executable(onnx: try model.encoded(), resources: .shared)
    }
  }

  @Test("The branches of If must agree with the node and with each other")
  func branches() {
    for branch in [
      "() => (float b, float c) { b = Add(x, x) c = Add(x, x) }",
      "() => (int64 b) { b = Add(i, i) }", "(float q) => (float b) { b = Add(x, q) }",
    ] {
      expectError(.invalidModel) {
        _ = try compile(
          """
          <ir_version: 10, opset_import: ["": 21]>
          agraph (bool c, float x, int64 i) => (float y) {
            y = If (c) <
              then_branch = yes () => (float a) { a = Add(x, x) }, else_branch = no \(branch)
            >
          }
          """)
      }
    }
  }

  @Test("Functions that call themselves are invalid, called or not", arguments: ["f", "g"])
  func recursion(callee: String) {
    expectError(.invalidModel) {
      _ = try compile(
        """
        <ir_version: 10, opset_import: ["": 21, "local": 1]>
        agraph (float x) => (float y) { y = Add(x, x) }
        <domain: "local", opset_import: ["": 21, "local": 1]>
        f (a) => (b) { b = local.\(callee)(a) }
        <domain: "local", opset_import: ["": 21, "local": 1]>
        g (a) => (b) { b = local.f(a) }
        """)
    }
  }

  @Test("What is legal and not implemented is unsupported, with its reason")
  func unsupported() throws {
    func model(opset: Int64, ir: Int64 = 10, node: String) -> String {
      """
      <ir_version: \(ir), opset_import: ["": \(opset), "vendor": 1]>
      agraph (float[2] x) => (float[2] y) { y = \(node) }
      """
    }
    expectError(.unsupported(.opset)) { _ = try compile(model(opset: 99, node: "Add(x, x)")) }
    // Training mode of a version from before operator set 9.
    expectError(.unsupported(.construct)) { _ = try compile(model(opset: 6, node: "Dropout(x)")) }
    expectError(.unsupported(.opset)) {
      _ = try compile(model(opset: 21, ir: 99, node: "Add(x, x)"))
    }
    expectError(.unsupported(.operator)) {
      _ = try compile(model(opset: 21, node: "vendor.Thing(x)"))
    }
  }

  @Test("Bytes that are no model are invalid")
  func noModel() {
    for bytes in [[], [0xFF], [UInt8](repeating: 0x0A, count: 40)] {
      expectError(.invalidModel) { _ = try Executable(onnx: bytes, resources: .shared) }
    }
  }
}

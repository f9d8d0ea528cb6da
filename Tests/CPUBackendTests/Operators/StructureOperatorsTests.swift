import CPUBackend
import ModelFormat
import Tensors
import Testing

@Suite("Selection, scattering, loops and sequences of the CPU backend")
struct StructureOperatorsTests {
  @Test("TopK takes equal elements by index", arguments: [ElementType.f32, .i8, .u64, .bf16, .i64])
  func topKTies(type: ElementType) throws {
    let x = try #require(
      Tensor(type: type, shape: [5], bytes: floatsOrIntegers(type, [2, 7, 2, 7, 0]).bytes))
    let y = try run(
      "TopK", opset: 24, [x, integers(.i64, [1], [3])], outputs: [type, .i64])
    #expect(y == [floatsOrIntegers(type, [7, 7, 2]), integers(.i64, [3], [1, 3, 0])])
    let low = try run(
      "TopK", opset: 24, [x, integers(.i64, [1], [3])], attributes: ["largest": .int(0)],
      outputs: [type, .i64])
    #expect(low == [floatsOrIntegers(type, [0, 2, 2]), integers(.i64, [3], [4, 0, 2])])
  }

  private func floatsOrIntegers(_ type: ElementType, _ values: [Int]) -> Tensor {
    type.isFloat
      ? floats(type, [values.count], values.map { Double($0) })
      : integers(type, [values.count], values.map { Int128($0) })
  }

  @Test("TopK works along any axis, with k from 0 to all")
  func topKAxis() throws {
    let x = floats(.f32, [2, 2], [1, 4, 3, 2])
    let y = try run(
      "TopK", opset: 11, [x, integers(.i64, [1], [1])], attributes: ["axis": .int(0)],
      outputs: [.f32, .i64])
    #expect(y == [floats(.f32, [1, 2], [3, 4]), integers(.i64, [1, 2], [1, 0])])
    let none = try run("TopK", opset: 11, [x, integers(.i64, [1], [0])], outputs: [.f32, .i64])
    #expect(none == [floats(.f32, [2, 0], []), integers(.i64, [2, 0], [])])
    let old = try run(
      "TopK", opset: 9, [x], attributes: ["k": .int(2)], outputs: [.f32, .i64])
    #expect(old == [floats(.f32, [2, 2], [4, 1, 3, 2]), integers(.i64, [2, 2], [1, 0, 0, 1])])
    for k: Int128 in [-1, 3] {
      expectError(.invalidInput) {
        _ = try run("TopK", opset: 11, [x, integers(.i64, [1], [k])], outputs: [.f32, .i64])
      }
    }
  }

  @Test("NaN is the largest element for TopK, wherever it stands")
  func topKNaN() throws {
    let x = floats(.f32, [4], [1, .nan, .infinity, -1])
    let y = try run("TopK", opset: 11, [x, integers(.i64, [1], [4])], outputs: [.f32, .i64])
    #expect(y[1] == integers(.i64, [4], [1, 2, 0, 3]))
    let low = try run(
      "TopK", opset: 11, [x, integers(.i64, [1], [4])], attributes: ["largest": .int(0)],
      outputs: [.f32, .i64])
    #expect(low[1] == integers(.i64, [4], [3, 0, 2, 1]))
  }

  @Test("NonZero lists indices in row-major order, one row for each axis")
  func nonZero() throws {
    let x = floats(.f32, [2, 2], [-0.0, 1, .nan, 0])
    #expect(
      try run("NonZero", opset: 13, [x], output: .i64) == integers(.i64, [2, 2], [0, 1, 1, 0]))
    let scalar = try run("NonZero", opset: 13, [integers(.bool, [], [1])], output: .i64)
    #expect(scalar == integers(.i64, [0, 1], []))
    let empty = try run("NonZero", opset: 9, [integers(.i8, [2, 0], [])], output: .i64)
    #expect(empty == integers(.i64, [2, 0], []))
    let texts = try run("NonZero", opset: 13, [strings([3], ["", "a", ""])], output: .i64)
    #expect(texts == integers(.i64, [1, 1], [1]))
  }

  @Test("ScatterND writes slices and reduces into them")
  func scatter() throws {
    let x = integers(.i32, [3, 2], [1, 2, 3, 4, 5, 6])
    let indices = integers(.i64, [2, 1], [-1, 0])
    let updates = integers(.i32, [2, 2], [7, 8, 9, 0])
    let expected: [(String, [Int128])] = [
      ("none", [9, 0, 3, 4, 7, 8]), ("add", [10, 2, 3, 4, 12, 14]),
      ("mul", [9, 0, 3, 4, 35, 48]), ("max", [9, 2, 3, 4, 7, 8]), ("min", [1, 0, 3, 4, 5, 6]),
    ]
    for (reduction, values) in expected {
      let y = try run(
        "ScatterND", opset: 18, [x, indices, updates],
        attributes: ["reduction": .string(reduction)], output: .i32)
      #expect(y == integers(.i32, [3, 2], values), "\(reduction)")
    }
    expectError(.invalidModel) {
      _ = try run(
        "ScatterND", opset: 16, [x, indices, updates], attributes: ["reduction": .string("max")],
        output: .i32)
    }
  }

  @Test("Repeated indices of ScatterND accumulate; types of 16 bits are rounded once")
  func scatterRepeated() throws {
    let y = try run(
      "ScatterND", opset: 18,
      [
        floats(.f16, [1], [2048]), integers(.i64, [4, 1], [0, 0, 0, 0]),
        floats(.f16, [4], [1, 1, 1, 1]),
      ], attributes: ["reduction": .string("add")], output: .f16)
    #expect(y == floats(.f16, [1], [2052]))
    let texts = try run(
      "ScatterND", opset: 13,
      [strings([2], ["a", "b"]), integers(.i64, [1, 1], [1]), strings([1], ["c"])],
      output: .string)
    #expect(texts == strings([2], ["a", "c"]))
  }

  @Test("ScatterND refuses indices outside and updates of another shape")
  func scatterFaults() {
    let x = integers(.i32, [3], [1, 2, 3])
    for index: Int128 in [3, -4, 1 << 62] {
      expectError(.invalidInput) {
        _ = try run(
          "ScatterND", opset: 13, [x, integers(.i64, [1, 1], [index]), integers(.i32, [1], [0])],
          output: .i32)
      }
    }
    expectError(.invalidInput) {
      _ = try run(
        "ScatterND", opset: 13, [x, integers(.i64, [1, 2], [0, 0]), integers(.i32, [1], [0])],
        output: .i32)
    }
  }

  @Test("StringConcat broadcasts")
  func concatenatedText() throws {
    let z = try run(
      "StringConcat", opset: 20, [strings([2, 1], ["a", ""]), strings([2], ["x", "é"])],
      output: .string)
    #expect(z == strings([2, 2], ["ax", "aé", "x", "é"]))
  }
}

@Suite("Loop, sequences and optionals of the CPU backend")
struct LoopTests {
  private func compile(_ text: String) throws -> Executable {
    try Executable(onnx: try Model(text: text).encoded(), resources: .shared)
  }

  private func summing(_ trips: Int128, goesOn: Bool = true) throws -> [Value] {
    let executable = try compile(
      """
      <ir_version: 10, opset_import: ["": 21]>
      agraph (int64 m, bool c, float x, float limit) => (float last, float[n] all) {
        last, all = Loop (m, c, x) <
          body = step (int64 i, bool on, float v) => (bool more, float next, float out) {
            next = Add(v, v)
            out = Add(v, x)
            small = ReduceMax <keepdims = 0> (next)
            big = Max(small, limit)
            more = Equal(big, limit)
          }
        >
      }
      """)
    return try executable.execute([
      .tensor(integers(.i64, [], [trips])), .tensor(integers(.bool, [], [goesOn ? 1 : 0])),
      .tensor(floats(.f32, [], [1])), .tensor(floats(.f32, [], [10])),
    ])
  }

  @Test("A loop carries values and stacks its scan outputs")
  func carries() throws {
    #expect(
      try summing(3) == [
        .tensor(floats(.f32, [], [8])), .tensor(floats(.f32, [3], [2, 3, 5])),
      ])
  }

  @Test("The body's condition ends a loop early")
  func endsEarly() throws {
    #expect(
      try summing(100) == [
        .tensor(floats(.f32, [], [16])), .tensor(floats(.f32, [4], [2, 3, 5, 9])),
      ])
  }

  @Test("Without a trip the first values come back and scan outputs are empty")
  func noTrip() throws {
    for (trips, goesOn): (Int128, Bool) in [(0, true), (-5, true), (5, false)] {
      #expect(
        try summing(trips, goesOn: goesOn) == [
          .tensor(floats(.f32, [], [1])), .tensor(floats(.f32, [0], [])),
        ])
    }
  }

  @Test("Loops nest, and scan outputs of no trip have the declared dimensions")
  func nested() throws {
    let executable = try compile(
      """
      <ir_version: 10, opset_import: ["": 21]>
      agraph (int64 m, int64[1] k, float[2] x) => (float[a, b, 2] y) {
        y = Loop (m) <
          body = outer (int64 i, bool on) => (bool more, float[b, 2] rows) {
            last, rows = Loop (k, , x) <
              body = inner (int64 j, bool go, float[2] v) =>
                (bool again, float[2] w, float[2] row) {
                w = Add(v, x)
                row = Add(v, v)
                again = Equal(j, j)
              }
            >
            more = Equal(i, i)
          }
        >
      }
      """)
    func run(_ m: Int128, _ k: Int128) throws -> [Value] {
      try executable.execute([
        .tensor(integers(.i64, [], [m])), .tensor(integers(.i64, [1], [k])),
        .tensor(floats(.f32, [2], [1, 2])),
      ])
    }
    let rows = [2.0, 4, 4, 8]
    #expect(try run(2, 2) == [.tensor(floats(.f32, [2, 2, 2], rows + rows))])
    #expect(try run(2, 0) == [.tensor(floats(.f32, [2, 0, 2], []))])
    #expect(try run(0, 2) == [.tensor(floats(.f32, [0, 0, 2], []))])
  }

  @Test("A body whose interface does not fit the node is invalid")
  func wrongBody() {
    expectError(.invalidModel) {
      _ = try compile(
        """
        <ir_version: 10, opset_import: ["": 21]>
        agraph (int64 m, bool c, float x) => (float y) {
          y = Loop (m, c, x) <
            body = step (int64 i, bool on) => (bool more, float next) {
              more = Equal(i, i)
              next = Add(x, x)
            }
          >
        }
        """)
    }
  }

  @Test("A sequence takes tensors at any position inside it and gives them back")
  func sequences() throws {
    let executable = try compile(
      """
      <ir_version: 10, opset_import: ["": 21]>
      agraph (seq(float[n]) s, float[n] x, int64 i, int64 j) => (seq(float[n]) t, float[n] y) {
        t = SequenceInsert(s, x, i)
        y = SequenceAt(t, j)
      }
      """)
    let (a, b) = (Value.tensor(floats(.f32, [1], [1])), Value.tensor(floats(.f32, [1], [2])))
    let x = floats(.f32, [1], [9])
    func run(_ i: Int128, _ j: Int128) throws -> [Value] {
      try executable.execute([
        .sequence([a, b], element: .tensor(.f32)), .tensor(x),
        .tensor(integers(.i64, [], [i])), .tensor(integers(.i64, [], [j])),
      ])
    }
    #expect(
      try run(-1, -1) == [.sequence([a, .tensor(x), b], element: .tensor(.f32)), b])
    #expect(
      try run(2, 0) == [.sequence([a, b, .tensor(x)], element: .tensor(.f32)), a])
    for (i, j): (Int128, Int128) in [(3, 0), (-3, 0), (0, 3), (0, -4)] {
      expectError(.invalidInput) { _ = try run(i, j) }
    }
  }

  @Test("An optional holds its input or nothing of the stated type")
  func optionals() throws {
    let full = Model.singleNode(
      operator: "Optional", opset: 15, inputs: [ValueInfo(name: "x", type: .tensor(.f32))],
      outputs: [ValueInfo(name: "y", type: .optional(.tensor(.f32)))])
    let x = Value.tensor(floats(.f32, [1], [3]))
    let present = try Executable(onnx: try full.encoded(), resources: .shared).execute([x])
    #expect(present == [.optional(x, content: .tensor(.f32))])
    let hollow = Model.singleNode(
      operator: "Optional", opset: 15, attributes: ["type": .type(.tensor(.i8))], inputs: [],
      outputs: [ValueInfo(name: "y", type: .optional(.tensor(.i8)))])
    let absent = try Executable(onnx: try hollow.encoded(), resources: .shared).execute([])
    #expect(absent == [.optional(nil, content: .tensor(.i8))])
    let neither = Model.singleNode(
      operator: "Optional", opset: 15, inputs: [],
      outputs: [ValueInfo(name: "y", type: .optional(.tensor(.i8)))])
    expectError(.invalidModel) {
      _ = try Executable(onnx: try neither.encoded(), resources: .shared)
    }
  }
}

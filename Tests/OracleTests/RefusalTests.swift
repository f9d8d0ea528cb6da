import ModelFormat
import Oracle
import Spec
import Tensors
import Testing

@Suite("What the oracle refuses")
struct RefusalTests {
  @Test("Axes outside the rank, and axes named twice, are invalid")
  func axes() throws {
    let row = try Value.reals([1, 2])
    let calls = [
      SingleCall("Softmax", 13, [row], ["axis": .int(1)]),
      SingleCall("Softmax", 13, [row], ["axis": .int(-2)]),
      SingleCall("ArgMax", 13, [row], ["axis": .int(1)]),
      SingleCall("Concat", 13, [row, row], ["axis": .int(1)]),
      SingleCall("Gather", 13, [row, try .integers([0])], ["axis": .int(-2)]),
      SingleCall("ReduceSum", 13, [row, try .integers([1])]),
      SingleCall("ReduceSum", 13, [row, try .integers([0, -1])]),
      SingleCall("CumSum", 14, [row, try .integers([1], [])]),
      SingleCall("LayerNormalization", 17, [row, row], ["axis": .int(1)]),
      SingleCall("TopK", 11, [row, try .integers([1])], ["axis": .int(1)], outputs: 2),
    ]
    for call in calls { #expect(call.refusal() == .invalid, "\(call.model.graph.name)") }
  }

  @Test("Shapes that do not fit are invalid")
  func shapes() throws {
    let (two, three) = (try Value.reals([1, 2]), try Value.reals([1, 2, 3]))
    let square = try Value.reals([1, 2, 3, 4], [2, 2])
    let calls = [
      SingleCall("Add", 14, [two, three]),
      SingleCall("MatMul", 13, [two, three]),
      SingleCall("MatMul", 13, [two, try .reals([1], [])]),
      SingleCall("Gemm", 13, [two, square]),
      SingleCall("Gemm", 13, [square, square, three]),
      SingleCall("Concat", 13, [square, two], ["axis": .int(0)]),
      SingleCall("TopK", 11, [two, try .integers([3])], outputs: 2),
      SingleCall("ScatterND", 18, [two, try .integers([0], [1, 1]), two]),
      SingleCall("ScatterND", 18, [two, try .integers([2], [1, 1]), try .reals([1])]),
      SingleCall("Conv", 11, [square, square]),
      SingleCall("MaxPool", 12, [square], ["kernel_shape": .ints([2])]),
      SingleCall("BatchNormalization", 15, [square, three, three, three, three]),
      SingleCall("Reshape", 14, [three, try .integers([2])]),
    ]
    for call in calls { #expect(call.refusal() == .invalid, "\(call.model.graph.name)") }
  }

  @Test("Types that do not fit are invalid")
  func types() throws {
    let (reals, integers) = (try Value.reals([1]), try Value.integers([1]))
    let calls = [
      SingleCall("Add", 14, [reals, integers]),
      SingleCall("Add", 14, [try .integers([1], type: .i32), integers]),
      SingleCall("Max", 13, [reals, integers]),
      SingleCall("Equal", 19, [reals, integers]),
      SingleCall("MatMul", 13, [reals, integers]),
      SingleCall("Where", 16, [reals, reals, reals]),
      SingleCall("Exp", 13, [integers]),
      SingleCall("Softmax", 13, [try .strings(["a"])]),
      SingleCall("Gather", 13, [reals, reals]),
      SingleCall("SequenceAt", 11, [reals, integers]),
      SingleCall("StringConcat", 20, [reals, reals]),
    ]
    for call in calls { #expect(call.refusal() == .invalid, "\(call.model.graph.name)") }
  }

  @Test("Missing inputs and attributes of another kind are invalid")
  func incomplete() throws {
    let row = try Value.reals([1, 2])
    let calls = [
      SingleCall("Add", 14, [row]),
      SingleCall("Cast", 13, [row]),
      SingleCall("Cast", 13, [row], ["to": .string("float")]),
      SingleCall("Softmax", 13, [row], ["axis": .float(0)]),
      SingleCall("Loop", 13, [nil, nil, row]),
      SingleCall("MaxPool", 12, [row]),
    ]
    for call in calls { #expect(call.refusal() == .invalid, "\(call.model.graph.name)") }
  }

  @Test("A refused call of each kind is evaluated once its fault is mended")
  func mended() throws {
    let row = try Value.reals([1, 2])
    #expect(SingleCall("Softmax", 13, [row], ["axis": .int(0)]).refusal() == nil)
    #expect(SingleCall("Add", 14, [row, row]).refusal() == nil)
    #expect(SingleCall("Cast", 13, [row], ["to": .int(1)]).refusal() == nil)
  }

  @Test("Types outside of the signature are invalid, in each version by its own list")
  func signatures() throws {
    func refusal(_ name: String, _ version: Int64, _ type: ElementType) throws -> Refusal? {
      SingleCall(name, version, [try .integers([1, 2], type: type)]).refusal()
    }
    #expect(try refusal("Neg", 13, .u8) == .invalid)
    #expect(try refusal("Neg", 13, .i8) == nil)
    #expect(try refusal("Abs", 13, .bool) == .invalid)
    #expect(try refusal("Relu", 13, .i32) == .invalid)
    #expect(try refusal("Relu", 14, .i32) == nil)
    let pair = [try Value.integers([-4, 4], type: .i32), try .integers([1, 1], type: .i32)]
    for (version, expected) in [(Int64(11), Refusal.invalid), (28, nil)] {
      let shift = SingleCall("BitShift", version, pair, ["direction": .string("LEFT")])
      #expect(shift.refusal() == expected, "version \(version)")
    }
  }

  @Test("An unknown operator is unsupported, not invalid")
  func unknown() throws {
    #expect(SingleCall("NoSuchOperator", 13, [try .reals([1])]).refusal() == .unsupported)
  }

  @Test("An operator that the opset does not have is invalid, whatever the operator set's own age")
  func unknownOpset() throws {
    // A table in which everything came with opset 13.
    let oracle = Oracle(versions: VersionLookup { _, _, opset in opset >= 13 ? 13 : nil })
    func refusal(opset: Int64) throws -> Refusal? {
      let call = SingleCall("Add", opset, [try .reals([1]), try .reals([2])])
      do throws(EvaluationError) {
        _ = try oracle.run(call.model, inputs: call.inputs)
        return nil
      } catch {
        return Refusal(error)
      }
    }
    #expect(try refusal(opset: 12) == .invalid)
    #expect(try refusal(opset: 13) == nil)
    #expect(try refusal(opset: 20) == nil)
  }

  @Test("Models with loose ends are invalid")
  func looseEnds() throws {
    let x = try Value.reals([1])
    var call = SingleCall("Exp", 13, [x])
    #expect(SingleCall(call.model, ["x0": x, "stray": x]).refusal() == .invalid)
    #expect(SingleCall(call.model, [:]).refusal() == .invalid)
    var model = call.model
    model.graph.outputs = [ValueInfo(name: "nowhere", type: nil)]
    call = SingleCall(model, ["x0": x])
    #expect(call.refusal() == .invalid)
    model = SingleCall("Exp", 13, [x]).model
    model.opsetImports = [:]
    #expect(SingleCall(model, ["x0": x]).refusal() == .invalid)
  }
}

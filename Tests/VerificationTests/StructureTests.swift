import Spec
import Tensors
import Testing

@testable import Verification

@Suite("Structure of outputs (numerics §7)")
struct StructureTests {
  let context = JudgementContext(mode: .strict, twin: .adversarial)

  func exact(_ values: [Int128], name: String = "y") throws -> GoldenValue {
    let expected = try integers(.i32, values)
    return .tensor(GoldenTensor(type: .i32, shape: expected.shape, columns: .exact(expected)))
  }

  func judged(_ value: Value, _ alternatives: [GoldenValue]) -> Judgement {
    Verifier.judge(
      [value], against: Golden(outputs: [GoldenOutput(name: "y", alternatives: alternatives)]),
      in: context)
  }

  @Test("A wrong number of outputs is a wrong structure; the common outputs are judged too")
  func outputCount() throws {
    let one = Value.tensor(try integers(.i32, [1]))
    let other = Value.tensor(try integers(.i32, [2]))
    let golden = Golden(outputs: [GoldenOutput(name: "y", alternatives: [try exact([1])])])
    #expect(Verifier.judge([one], against: golden, in: context).verdict == .pass)
    #expect(Verifier.judge([], against: golden, in: context).verdict == .fail(.structure))
    let judgement = Verifier.judge([other, one], against: golden, in: context)
    #expect(judgement.verdict == .fail(.structure))
    #expect(judgement.message == "2 outputs in place of 1")
    #expect(
      judgement.details == ["also value.exact: y[0] is 2, golden 1; 1 of 1 elements is wrong"])
  }

  @Test("Type and shape have codes of their own")
  func typeAndShape() throws {
    let golden = [try exact([1, 2])]
    #expect(judged(.tensor(try integers(.i64, [1, 2])), golden).verdict == .fail(.type))
    let shape = judged(.tensor(try integers(.i32, [1, 2], shape: [2, 1])), golden)
    #expect(shape.verdict == .fail(.shape))
    #expect(shape.message == "y has the shape [2, 1], not [2]")
  }

  @Test("Sequences are judged element by element")
  func sequences() throws {
    let golden = GoldenValue.sequence(
      [try exact([1]), try exact([2, 3])], element: .tensor(.i32))
    func sequence(_ values: [[Int128]], _ element: ValueType = .tensor(.i32)) throws -> Value {
      .sequence(try values.map { .tensor(try integers(.i32, $0)) }, element: element)
    }
    #expect(judged(try sequence([[1], [2, 3]]), [golden]).verdict == .pass)
    #expect(judged(try sequence([[1]]), [golden]).verdict == .fail(.structure))
    #expect(judged(try sequence([[1], [2]]), [golden]).verdict == .fail(.shape))
    #expect(judged(try sequence([], .tensor(.i64)), [golden]).verdict == .fail(.type))
    let wrong = judged(try sequence([[1], [2, 4]]), [golden])
    #expect(wrong.verdict == .fail(.valueExact))
    #expect(wrong.worst?.output == "y[1]")
    #expect(judged(.tensor(try integers(.i32, [1])), [golden]).verdict == .fail(.structure))
  }

  @Test("Optionals are present or absent as the golden says")
  func optionals() throws {
    let type = ValueType.tensor(.i32)
    let some = GoldenValue.optional(try exact([1]), content: type)
    let value = Value.tensor(try integers(.i32, [1]))
    #expect(judged(.optional(value, content: type), [some]).verdict == .pass)
    #expect(judged(.optional(nil, content: type), [some]).verdict == .fail(.structure))
    let none = GoldenValue.optional(nil, content: type)
    #expect(judged(.optional(nil, content: type), [none]).verdict == .pass)
    #expect(judged(.optional(value, content: type), [none]).verdict == .fail(.structure))
  }

  @Test("An undefined result is judged by type and shape only")
  func undefined() throws {
    let golden = GoldenValue.undefined(type: .tensor(.i32), shape: [2])
    #expect(judged(.tensor(try integers(.i32, [7, 8])), [golden]).verdict == .pass)
    #expect(judged(.tensor(try integers(.i32, [7])), [golden]).verdict == .fail(.shape))
    #expect(judged(.tensor(try integers(.u32, [7, 8])), [golden]).verdict == .fail(.type))
    #expect(
      judged(.sequence([], element: .tensor(.i32)), [golden]).verdict == .fail(.structure))
  }

  @Test("Any whole alternative is right, a mixture of two is not")
  func alternatives() throws {
    let set = [try exact([1, 1, 1]), try exact([2, 2, 2])]
    #expect(judged(.tensor(try integers(.i32, [1, 1, 1])), set).verdict == .pass)
    #expect(judged(.tensor(try integers(.i32, [2, 2, 2])), set).verdict == .pass)
    let mixed = judged(.tensor(try integers(.i32, [1, 2, 2])), set)
    #expect(mixed.verdict == .fail(.valueExact))
    // The alternative with fewer wrong elements is the one shown: golden 2 at position 0.
    #expect(mixed.message == "y[0] is 1, golden 2; 1 of 3 elements is wrong")
  }

  @Test("The earliest failing stage of all outputs names the verdict, the others stand beside it")
  func stageOrder() throws {
    func column(_ g: [Double]) -> GoldenValue {
      .tensor(
        GoldenTensor(
          type: .f32, shape: [g.count],
          columns: .elementwise(RealColumn(high: g), ElementwiseBudget(ulps: 3))))
    }
    let golden = Golden(outputs: [
      GoldenOutput(name: "a", alternatives: [column([1, 1])]),
      GoldenOutput(name: "b", alternatives: [column([1, 1])]),
    ])
    let outputs: [Value] = [
      .tensor(try tensor(.f32, [2, 1])), .tensor(try tensor(.f32, [1, .nan])),
    ]
    let judgement = Verifier.judge(outputs, against: golden, in: context)
    #expect(judgement.verdict == .fail(.valueClass))
    #expect(judgement.worst?.output == "b")
    #expect(judgement.worst?.ratio == .infinity)
    #expect(judgement.details.contains { $0.hasPrefix("also value.bound: a[0] is ") })
    #expect(judgement.metrics.map(\.wrong) == [1, 1])
  }

  @Test("A golden that contradicts itself is ours, not the backend's")
  func inconsistentGolden() throws {
    let observed = try tensor(.f32, [1, 2])
    let short = RealColumn(high: [1])
    let faulty: [GoldenColumns] = [
      .rounded(short), .exact(try tensor(.f32, [1])), .oneOf([]),
      .elementwise(RealColumn(high: [1, 2]), ElementwiseBudget(ulps: 3, absolute: [1])),
      .accumulated(
        RealColumn(high: [1, 2]),
        Accumulation(
          magnitude: [1, 1], productEnergy: [1], pathEnergy: [1, 1], height: [1],
          hasProducts: true)),
      .selection(SelectionColumn(indices: [0, 1])), .random(.uniform(low: 1, high: 1)),
      .random(.bernoulli([0.5, .nan])),
    ]
    for columns in faulty {
      #expect(judge(observed, columns).verdict == .inconclusive(.golden))
    }
    let noAlternative = Golden(outputs: [GoldenOutput(name: "y", alternatives: [])])
    #expect(
      Verifier.judge([.tensor(observed)], against: noAlternative, in: context).verdict
        == .inconclusive(.golden))
  }

  @Test("Empty tensors and scalars are judged like any other")
  func emptyAndScalar() throws {
    #expect(try verdict([], .rounded(RealColumn(high: []))) == .pass)
    let scalar = try tensor(.f32, [2], shape: [])
    #expect(judge(scalar, .rounded(RealColumn(high: [2]))).verdict == .pass)
    let wrong = judge(scalar, .rounded(RealColumn(high: [3])))
    #expect(wrong.verdict == .fail(.valueExact))
    #expect(wrong.message.hasPrefix("y is 0x1p+1 (2), golden 0x1.8p+1 (3);"))
  }
}

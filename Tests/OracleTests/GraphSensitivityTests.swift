import ModelFormat
import Spec
import Tensors
import Testing

@testable import Oracle

@Suite("Sensitivities of graphs")
struct GraphSensitivityTests {
  private struct OtherClass: Error {}

  private func sensitivity(_ call: SingleCall) throws -> Sensitivity {
    guard case .composite(_, let side) = try call.column().columns else { throw OtherClass() }
    return side
  }

  /// exp(cast(x·y - c)), with a Cast for each of the types, of 2.1·3.3 - 6.43.
  private func side(casts types: [Int64]) throws -> Sensitivity {
    var nodes = [
      Node(operatorName: "Mul", inputs: ["x", "y"], outputs: ["p"]),
      Node(operatorName: "Sub", inputs: ["p", "c"], outputs: ["d0"]),
    ]
    for (number, type) in types.enumerated() {
      nodes.append(
        Node(
          operatorName: "Cast", inputs: ["d\(number)"], outputs: ["d\(number + 1)"],
          attributes: ["to": .int(type)]))
    }
    nodes.append(Node(operatorName: "Exp", inputs: ["d\(types.count)"], outputs: ["e"]))
    let model = Model(
      irVersion: 8, opsetImports: ["": 13],
      graph: Graph(
        name: "chain", nodes: nodes,
        inputs: ["x", "y", "c"].map { ValueInfo(name: $0, type: nil) },
        outputs: [ValueInfo(name: "e", type: nil)]))
    let inputs = try ["x": 2.1, "y": 3.3, "c": 6.43].mapValues {
      try Value.reals([Double(Float($0))], type: .f32)
    }
    return try sensitivity(SingleCall(model, inputs))
  }

  @Test(
    "A Cast passes on the errors before it, be it to a narrow type",
    arguments: [[1], [11], [10, 1]] as [[Int64]])
  func casts(_ types: [Int64]) throws {
    // The product 6.93 errs by 6.93·δ, of which the difference 0.5 keeps all; it and the Casts err
    // by 0.5·δ, Exp by 3·δ of its own, and e^0.5 = 1.649 multiplies all but the last.
    let count = Double(types.count)
    let expected = 1.649 * ((6.93 * 6.93 + 0.25 + 0.25 * count + 9) / 3).squareRoot()
    let compute = try #require(try side(casts: types).compute.first)
    #expect(abs(compute / expected - 1) < 0.35)
  }

  @Test(
    "What lies between two nodes is held in its own type, however much coarser than the outputs",
    arguments: [([1], 1, 0.5), ([10, 1], 1, 0x1p12), ([11], 0x1p29, 0.5)]
      as [([Int64], Double, Double)])
  func storage(_ types: [Int64], units: Double, cast: Double) throws {
    // Product and difference err by 6.93·δ and 0.5·δ of float32, in units of the outputs' type.
    let before = units * units * (6.93 * 6.93 + 0.25)
    let expected = 1.649 * ((before + cast * cast + 1) / 3).squareRoot()
    let storage = try #require(try side(casts: types).storage.first)
    #expect(abs(storage / expected - 1) < 0.35)
  }

  @Test("A step inside of a graph errs by its absolute budget too: Elu near zero")
  func absoluteBudgets() throws {
    func compute(_ x: Double) throws -> Double {
      let model = Model(
        irVersion: 8, opsetImports: ["": 13],
        graph: Graph(
          name: "chain",
          nodes: [
            Node(operatorName: "Elu", inputs: ["x"], outputs: ["e"]),
            Node(operatorName: "Neg", inputs: ["e"], outputs: ["y"]),
          ],
          inputs: [ValueInfo(name: "x", type: nil)], outputs: [ValueInfo(name: "y", type: nil)]))
      let inputs = ["x": try Value.reals([x])]
      return try #require(try sensitivity(SingleCall(model, inputs)).compute.first)
    }
    // Eight units of one, whatever is left of e^x - 1: 8/√3 = 4.6. For -2 they add to those of 0.86.
    for (x, expected) in [(-0x1p-20, 4.6), (-2, 6.1)] {
      #expect(abs(try compute(x) / expected - 1) < 0.35, "\(x)")
    }
    // Above zero Elu is x, with its eight ulps.
    #expect(try compute(0x1p-20) < 0x1p-16)
  }

  @Test(
    "A column holds what lies below float32's normal range as it is, never rounded up to 2^-149")
  func tinyColumns() throws {
    for value in [0x1p-300, 0x1p-149, 0x1.8p-130, 1 + 0x1p-40] {
      let held = AccumulatedTensor.bounding(value)
      #expect(held >= value && held <= value * (1 + 0x1p-19))
    }
    #expect(AccumulatedTensor.bounding(0) == 0)
    // Within that range four bytes do.
    let narrow = AccumulatedTensor.bounding(1 + 0x1p-40)
    #expect(Double(Float(narrow)) == narrow)
    // The energy of 16 products of 2^-160: its root must not exceed what the products may err by.
    let call = SingleCall(
      "ReduceSumSquare", 13, [try .reals([Double](repeating: 0x1p-80, count: 16), [1, 16])],
      ["axes": .ints([1]), "keepdims": .int(0)])
    guard case .accumulated(_, let side) = try call.column().columns else {
      Issue.record("another class")
      return
    }
    let energy = try #require(side.pathEnergy.first)
    #expect(energy > 0 && energy < 0x1p-300)
  }
}

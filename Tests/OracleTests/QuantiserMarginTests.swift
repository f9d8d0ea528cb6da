import ModelFormat
import Oracle
import Spec
import Tensors
import Testing

/// Codes inside a graph, of values that a backend knows to within their error bound only.
@Suite("Margins of quantisers (numerics §6.7)")
struct QuantiserMarginTests {
  /// c = round((x₀ + x₁) / s): float32's 0.1 and 0.2 have no float32 sum.
  private func golden(_ x: [Double], scale: String) throws -> Golden {
    let model = try Model(
      text: """
        <ir_version: 8, opset_import: ["": 13]>
        g (float[1, 2] x) => (uint8[1, 1] c)
        <float[2, 1] w = {1, 1}, float s = {\(scale)}, uint8 z = {0}> {
          p = MatMul (x, w)
          c = QuantizeLinear (p, s, z)
        }
        """)
    let tensor = try #require(Tensor(type: .f32, shape: [1, 2], rounding: x))
    return try SingleCall(model, ["x": .tensor(tensor)]).golden()
  }

  @Test("A computed value far from every tie has one code and the sensitivity of its value")
  func decided() throws {
    guard
      case .tensor(let tensor)? = try golden([0.1, 0.2], scale: "0.1").outputs.first?
        .alternatives.first, case .quantised(let column) = tensor.columns
    else {
      Issue.record("no quantised column")
      return
    }
    #expect(column.lowest == [3])
    #expect(column.highest == [3])
    // Noise of the sum and of its edge: some units of 0.3, over the scale.
    let sensitivity = try #require(column.sensitivity.first)
    #expect(sensitivity > 0.3 && sensitivity < 30)
  }

  @Test(
    "What lies behind codes demands the precision that decides them; the codes themselves do not")
  func required() throws {
    let model = try Model(
      text: """
        <ir_version: 8, opset_import: ["": 13]>
        g (float[1, 2] x) => (uint8[1, 1] c, float[1, 1] y)
        <float[2, 1] w = {1, 1}, float s = {0.1}, uint8 z = {0}> {
          p = MatMul (x, w)
          c = QuantizeLinear (p, s, z)
          y = DequantizeLinear (c, s, z)
        }
        """)
    let x = try #require(Tensor(type: .f32, shape: [1, 2], rounding: [0.1, 0.2]))
    let call = SingleCall(model, ["x": .tensor(x)])
    func bits(_ isModel: Bool) throws -> [RequiredPrecision] {
      try call.golden(isModel: isModel).outputs.compactMap { output in
        if case .tensor(let tensor)? = output.alternatives.first { tensor.required } else { nil }
      }
    }
    let demands = try bits(true)
    #expect(demands.first == RequiredPrecision.none)
    // 0.3/0.1 is half a step from a tie: 8·ς/s + 6·3 is some tens to hundreds of units.
    let behind = try #require(demands.last)
    #expect((4...12).contains(behind.factors), "\(behind)")
    #expect(behind.truncating >= behind.accumulator && behind.truncating < 24)
    #expect(try bits(false) == [.none, .none])
  }

  @Test("Exact sums of 13 bits before an output demand an accumulator of 13")
  func exactSums() throws {
    let model = try Model(
      text: """
        <ir_version: 8, opset_import: ["": 13]>
        g (float[1, 2] x) => (float[1, 1] y)
        <float[2, 1] w = {1, 1}, float[1] b = {1}> {
          p = MatMul (x, w)
          y = Add (p, b)
        }
        """)
    for (x, bits) in [([4096.0, 1.0], 13), ([4.0, 1.0], 11)] {
      let tensor = try #require(Tensor(type: .f32, shape: [1, 2], rounding: x))
      let golden = try SingleCall(model, ["x": .tensor(tensor)]).golden(isModel: true)
      guard case .tensor(let y)? = golden.outputs.first?.alternatives.first else {
        Issue.record("no tensor")
        return
      }
      #expect(y.required == RequiredPrecision(factors: 1, accumulator: bits, truncating: bits))
    }
  }

  @Test("A computed value within its bound of a tie has no golden")
  func tie() throws {
    // 0.3 / 0.12 = 2.5: a rounding error more or less decides between 2 and 3.
    do {
      _ = try golden([0.1, 0.2], scale: "0.12")
      Issue.record("evaluated")
    } catch let error as EvaluationError {
      #expect("\(error)".contains(#"element 0 of "p" is quantised at 2.5"#), "\(error)")
      #expect("\(error)".contains("raise redraw by one"))
    }
  }

  @Test("An exact tie is decided by rounding to even")
  func exactTie() throws {
    for (x, code) in [([1.0, 2.0], 2.0), ([2.0, 3.0], 2.0)] {
      guard
        case .tensor(let tensor)? = try golden(x, scale: "2.0").outputs.first?
          .alternatives.first, case .quantised(let column) = tensor.columns
      else {
        Issue.record("no quantised column")
        return
      }
      #expect(column.lowest == [code])
    }
  }
}

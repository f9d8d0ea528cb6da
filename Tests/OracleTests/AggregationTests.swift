import ModelFormat
import Spec
import Tensors
import Testing

@Suite("Norms, products and extrema of lanes and planes")
struct AggregationTests {
  @Test("Of nothing a product is one, a minimum the greatest value and the logarithm of a sum −Inf")
  func nothing() throws {
    #expect(try SingleCall("ReduceProd", 18, [try .reals([])]).reals() == [1])
    #expect(try SingleCall("ReduceMin", 18, [try .reals([])]).reals() == [.infinity])
    #expect(try SingleCall("ReduceMin", 18, [try .integers([], type: .i8)]).integers() == [127])
    #expect(try SingleCall("ReduceLogSum", 18, [try .reals([])]).reals() == [-.infinity])
    #expect(try SingleCall("ReduceL2", 18, [try .reals([])]).reals() == [0])
    // Versions before 18 do not say so.
    #expect(try SingleCall("ReduceProd", 13, [try .reals([])]).column().undefined == [true])
    #expect(try SingleCall("ReduceProd", 13, [try .reals([2])]).column().undefined.isEmpty)
  }

  @Test("Without an axis to reduce, norms and logarithms are still taken of each element")
  func noAxes() throws {
    let kept: [String: Attribute] = ["noop_with_empty_axes": .int(1)]
    let x = try Value.reals([-3, 1])
    #expect(try SingleCall("ReduceL1", 18, [x], kept).reals() == [3, 1])
    #expect(try SingleCall("ReduceL2", 18, [x], kept).reals() == [3, 1])
    #expect(try SingleCall("ReduceSumSquare", 18, [x], kept).reals() == [9, 1])
    #expect(
      try SingleCall("ReduceLogSum", 18, [try .reals([1, 0])], kept).reals() == [0, -.infinity])
    #expect(try SingleCall("ReduceProd", 18, [x], kept).reals() == [-3, 1])
  }

  @Test("A whole norm of integers is judged, others and sums beyond the type are open")
  func integerNorms() throws {
    let axes = try Value.integers([1])
    let x = try Value.integers([3, -4, 1, 1, 40_000, 40_000], [3, 2], type: .i32)
    let call = SingleCall("ReduceL2", 18, [x, axes], ["keepdims": .int(0)])
    #expect(try call.integers()[0] == 5)
    #expect(try call.column().undefined == [false, true, true])
  }

  @Test("Integer products and absolute values wrap around")
  func wraps() throws {
    let x = try Value.integers([Int128(Int32.max), 2], type: .i32)
    #expect(try SingleCall("ReduceProd", 18, [x]).integers() == [-2])
    let least = try Value.integers([Int128(Int32.min)], type: .i32)
    #expect(try SingleCall("ReduceL1", 18, [least]).integers() == [Int(Int32.min)])
  }

  @Test("A zero factor leaves nothing to underflow, an infinite one nothing to overflow")
  func productRange() throws {
    func range(_ x: [Double]) throws -> ProductRange {
      let columns = try SingleCall("ReduceProd", 18, [try .reals(x)]).column().columns
      guard case .product(_, let range) = columns else { throw WrongClass() }
      return range
    }
    #expect(try range([0, 0x1p-100, 0x1p-100]).smallest == [1])
    #expect(try range([2, 0x1p-100, 0x1p-100]).smallest == [0x1p-200])
    #expect(try range([.infinity, 0x1p100, 0x1p100]).largest == [1])
    #expect(try range([2, 0x1p100, 0x1p100]).largest == [0x1p201])
  }

  private struct WrongClass: Error {}

  @Test("CumProd: the four examples of the text")
  func cumProd() throws {
    let inputs = [try Value.reals([1, 2, 3]), try .integers([0], [])]
    func products(_ attributes: [String: Attribute]) throws -> [Double] {
      try SingleCall("CumProd", 26, inputs, attributes).reals()
    }
    #expect(try products([:]) == [1, 2, 6])
    #expect(try products(["exclusive": .int(1)]) == [1, 1, 2])
    #expect(try products(["reverse": .int(1)]) == [6, 6, 3])
    #expect(try products(["exclusive": .int(1), "reverse": .int(1)]) == [6, 3, 1])
  }

  @Test("ArgMin takes the first of equal elements, on demand the last")
  func argMin() throws {
    let x = try Value.reals([3, 1, 1])
    #expect(try SingleCall("ArgMin", 13, [x]).integers() == [1])
    #expect(try SingleCall("ArgMin", 13, [x], ["select_last_index": .int(1)]).integers() == [2])
  }

  @Test("Hardmax marks the first maximum of a lane; before version 13 of the whole tail")
  func hardmax() throws {
    let x = try Value.reals([1, 3, 3, 5, 4, 5, 0, 0], [1, 2, 2, 2])
    #expect(try SingleCall("Hardmax", 13, [x]).reals() == [0, 1, 0, 1, 0, 1, 1, 0])
    #expect(try SingleCall("Hardmax", 11, [x]).reals() == [0, 0, 0, 1, 0, 0, 0, 0])
  }

  @Test("Sum and Mean broadcast any number of operands")
  func totals() throws {
    let inputs = [
      try Value.reals([1, 2], [2]), try .reals([10, 20], [2, 1]), try .reals([3], []),
    ]
    #expect(try SingleCall("Sum", 13, inputs).reals() == [14, 15, 24, 25])
    #expect(try SingleCall("Mean", 13, [inputs[0], inputs[1]]).reals() == [5.5, 6, 10.5, 11])
  }

  @Test("LpPool adds powers inside of the input only, and takes their root")
  func lpPool() throws {
    let x = try Value.reals([3, -4, 0, 12], [1, 1, 4])
    var attributes: [String: Attribute] = ["kernel_shape": .ints([2]), "pads": .ints([1, 0])]
    #expect(try SingleCall("LpPool", 18, [x], attributes).reals() == [3, 5, 4, 12])
    attributes["p"] = .int(1)
    #expect(try SingleCall("LpPool", 18, [x], attributes).reals() == [3, 7, 4, 12])
    // 3³ + 4³ + 5³ = 6³.
    let cubes = try Value.reals([3, -4, 5], [1, 1, 3], type: .f64)
    #expect(try SingleCall("GlobalLpPool", 2, [cubes], ["p": .int(3)]).reals() == [6])
  }

  @Test("LpNormalization of zeros is zeros, and knows the first and second order only")
  func lpNormalization() throws {
    let x = try Value.reals([3, -4, 0, 0], [2, 2], type: .f64)
    #expect(try SingleCall("LpNormalization", 22, [x]).reals() == [0.6, -0.8, 0, 0])
    #expect(SingleCall("LpNormalization", 22, [x], ["p": .int(3)]).refusal() == .invalid)
  }

  @Test("LRN of an even size reaches one channel further up than down")
  func localResponse() throws {
    // Channels 1, 2, 3; regions {1, 2}, {2, 3}, {3}; divisors 1 + (2/2)·Σ.
    let x = try Value.reals([1, 2, 3], [1, 3, 1], type: .f64)
    let attributes: [String: Attribute] = [
      "size": .int(2), "alpha": .float(2), "beta": .float(1), "bias": .float(1),
    ]
    #expect(try SingleCall("LRN", 13, [x], attributes).reals() == [1.0 / 6, 2.0 / 14, 3.0 / 10])
  }

  @Test("Normalisations take the moments of a plane, of neighbouring channels, or of given axes")
  func normalisations() throws {
    let x = try Value.reals([1, 3, 5, 7], [1, 2, 2])
    let (ones, zeros) = (try Value.reals([1, 1]), try Value.reals([0, 0]))
    let epsilon: [String: Attribute] = ["epsilon": .float(0)]
    let planes = SingleCall("InstanceNormalization", 22, [x, ones, zeros], epsilon)
    #expect(try planes.reals() == [-1, 1, -1, 1])
    // Mean 4, variance 5.
    let groups = SingleCall(
      "GroupNormalization", 21, [x, try .reals([1, 2]), zeros],
      ["epsilon": .float(0), "num_groups": .int(1)])
    let fifth = 5.0.squareRoot()
    let expected = [-3, -1, 2, 6].map { Double(Float($0 / fifth)) }
    #expect(try groups.reals() == expected)
    let axes = SingleCall("MeanVarianceNormalization", 13, [x], ["axes": .ints([1])])
    #expect(try axes.reals() == [-1, -1, 1, 1])
    let equal = SingleCall(
      "MeanVarianceNormalization", 13, [try .reals([2, 2])], ["axes": .ints([0])])
    #expect(try equal.column().undefined == [true, true])
  }
}

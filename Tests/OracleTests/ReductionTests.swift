import ModelFormat
import Spec
import Tensors
import Testing

@Suite("Reductions")
struct ReductionTests {
  @Test("ReduceMean of 65,536 float16 ones is 1, although their sum exceeds float16")
  func meanOfMany() throws {
    let ones = try Value.reals([Double](repeating: 1, count: 65_536), type: .f16)
    #expect(try SingleCall("ReduceMean", 18, [ones]).reals() == [1])
  }

  @Test("ReduceSum keeps or drops its axes, and wraps integers")
  func sum() throws {
    let x = try Value.reals([1, 2, 3, 4], [2, 2])
    let rows = SingleCall("ReduceSum", 13, [x, try .integers([1])], ["keepdims": .int(0)])
    #expect(try rows.reals() == [3, 7])
    #expect(try rows.shape() == [2])
    let columns = SingleCall("ReduceSum", 13, [x, try .integers([-2])])
    #expect(try columns.reals() == [4, 6])
    #expect(try columns.shape() == [1, 2])
    let most = try Value.integers([Int128(Int32.max), 1], type: .i32)
    #expect(try SingleCall("ReduceSum", 13, [most]).integers() == [Int(Int32.min)])
  }

  @Test("Without axes everything is reduced, unless noop_with_empty_axes says nothing is")
  func emptyAxes() throws {
    let x = try Value.reals([1, 2, 3, 4], [2, 2])
    #expect(try SingleCall("ReduceSum", 13, [x]).reals() == [10])
    let kept = SingleCall("ReduceSum", 13, [x], ["noop_with_empty_axes": .int(1)])
    #expect(try kept.reals() == [1, 2, 3, 4])
  }

  @Test("ReduceMax finds NaN at every position")
  func maxOfNaN() throws {
    for position in 0..<3 {
      var row: [Double] = [1, 2, 3]
      row[position] = .nan
      #expect(try SingleCall("ReduceMax", 18, [try .reals(row)]).reals()[0].isNaN)
    }
    #expect(try SingleCall("ReduceMax", 18, [try .reals([1, 3, 2])]).reals() == [3])
  }

  @Test("ReduceMax of nothing is the least value of its type")
  func maxOfNothing() throws {
    #expect(try SingleCall("ReduceMax", 18, [try .reals([])]).reals() == [-.infinity])
    let integers = SingleCall("ReduceMax", 18, [try .integers([], type: .i8)])
    #expect(try integers.integers() == [-128])
  }

  @Test("ReduceLogSumExp shifts by the maximum")
  func logSumExp() throws {
    // ln(e^1000 + e^1000) = 1000 + ln 2, although e^1000 overflows.
    let large = SingleCall("ReduceLogSumExp", 18, [try .reals([1000, 1000], type: .f64)])
    #expect(try large.reals() == [1000.693147180559945309417232])
    let nothing = SingleCall("ReduceLogSumExp", 18, [try .reals([-.infinity, -.infinity])])
    #expect(try nothing.reals() == [-.infinity])
  }

  @Test("CumSum: inclusive, exclusive, reversed and both")
  func cumSum() throws {
    let inputs = [try Value.reals([1, 2, 3]), try .integers([0], [])]
    func sums(_ attributes: [String: Attribute]) throws -> [Double] {
      try SingleCall("CumSum", 14, inputs, attributes).reals()
    }
    #expect(try sums([:]) == [1, 3, 6])
    #expect(try sums(["exclusive": .int(1)]) == [0, 1, 3])
    #expect(try sums(["reverse": .int(1)]) == [6, 5, 3])
    #expect(try sums(["exclusive": .int(1), "reverse": .int(1)]) == [5, 3, 0])
  }

  @Test("CumSum counts on beyond 2^24, where a float32 running sum stands still")
  func cumSumOfMany() throws {
    // 2^24 + 1 is halfway between 2^24 and 2^24 + 2 and rounds to the even 2^24.
    let sums = SingleCall("CumSum", 14, [try .reals([0x1p24, 1, 1]), try .integers([0], [])])
    #expect(try sums.reals() == [0x1p24, 0x1p24, 0x1p24 + 2])
  }

  @Test("TopK takes the lower of two equal elements' indices first")
  func topK() throws {
    let inputs = [try Value.reals([1, 3, 3, 2]), try .integers([2])]
    let largest = SingleCall("TopK", 11, inputs, outputs: 2)
    #expect(try largest.reals(0) == [3, 3])
    #expect(try largest.integers(1) == [1, 2])
    let smallest = SingleCall(
      "TopK", 11, [try .reals([2, 1, 1, 3]), try .integers([3])], ["largest": .int(0)], outputs: 2)
    #expect(try smallest.reals(0) == [1, 1, 2])
    #expect(try smallest.integers(1) == [1, 2, 0])
  }

  @Test("TopK without an order lets indices of a row trade places")
  func unsortedTopK() throws {
    let call = SingleCall(
      "TopK", 11, [try .reals([1, 3, 2]), try .integers([2])], ["sorted": .int(0)], outputs: 2)
    guard case .selection(let column) = try call.column(1).columns else {
      Issue.record("indices are no selection")
      return
    }
    #expect(column.indices == [1, 2])
    #expect(column.tieGroup == [1, 1])
    #expect(try call.column(0).undefined == [true, true])
  }

  @Test("ArgMax takes the first of equal elements, on demand the last; NaN leaves it open")
  func argMax() throws {
    let x = try Value.reals([3, 1, 3])
    #expect(try SingleCall("ArgMax", 13, [x]).integers() == [0])
    #expect(
      try SingleCall("ArgMax", 13, [x], ["select_last_index": .int(1)]).integers() == [2])
    #expect(try SingleCall("ArgMax", 13, [try .reals([1, .nan])]).column().undefined == [true])
    #expect(try SingleCall("ArgMax", 13, [x]).column().undefined.isEmpty)
  }
}

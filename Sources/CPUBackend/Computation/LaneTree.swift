/// Sums in one fixed order: eight virtual lanes take the elements in turn and are joined pairwise.
///
/// The order depends on nothing but the number of elements, so the bits are the same everywhere.
package enum LaneTree {
  private typealias Eight = SIMD8<Double>

  /// The sum of `term` over the elements in binary64; zero for no elements.
  @inline(__always)
  package static func sum<Number: Real>(
    _ elements: UnsafeBufferPointer<Number>, _ term: (Double) -> Double = { $0 }
  ) -> Double {
    var lanes = Eight(repeating: 0)
    let whole = elements.count / 8 * 8
    var start = 0
    while start < whole {
      var terms = Eight()
      for lane in 0..<8 { terms[lane] = term(elements[start + lane].double) }
      lanes += terms
      start += 8
    }
    for index in whole..<elements.count {
      lanes[index - whole] += term(elements[index].double)
    }
    let four = lanes.lowHalf + lanes.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }

  /// The maximum of IEEE 754-2019: NaN when there is one; negative infinity for no elements.
  package static func maximum<Number: Real>(_ elements: UnsafeBufferPointer<Number>) -> Number {
    var result = -Number.infinity
    for element in elements where !(element <= result) {
      // NaN compares false with everything and stays once it is there.
      if element.isNaN { return .nan }
      result = element
    }
    return result
  }

  /// The minimum of IEEE 754-2019: NaN when there is one; infinity for no elements.
  package static func minimum<Number: Real>(_ elements: UnsafeBufferPointer<Number>) -> Number {
    var result = Number.infinity
    for element in elements where !(element >= result) {
      if element.isNaN { return .nan }
      result = element
    }
    return result
  }
}

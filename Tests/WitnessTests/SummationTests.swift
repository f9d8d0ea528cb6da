import CPUBackend
import Testing

@testable import Witnesses

@Suite("Orders of summation")
struct SummationTests {
  static let orders: [SummationOrder] = [
    .sequential, .reversed, .oddEven, .lanes(8), .blocks(16), .blocks(64), .blocks(128), .parts(2),
    .parts(8), .pairwise, .compensated, .permuted(seed: 7),
  ]

  @Test("Every term is added exactly once", arguments: orders, [0, 1, 2, 7, 8, 9, 129, 300])
  func everyTermOnce(_ order: SummationOrder, _ count: Int) {
    let plan = SummationPlan(order, count: count)
    #expect(plan.chains.joined().sorted() == Array(0..<count))
  }

  @Test("Integers add up exactly in every order, fused or not", arguments: orders, [false, true])
  func integersAreExact(_ order: SummationOrder, _ fuses: Bool) {
    let way = Summation(order: order, accumulator: Accumulator(fuses: fuses))
    let terms = (0..<200).map { Float($0 * 7 % 31 - 15) }
    let weights = (0..<200).map { Float($0 % 5 - 2) }
    let integers = (0..<200).map { ($0 * 7 % 31 - 15) }
    let expected = integers.enumerated().reduce(0) { $0 + $1.element * ($1.offset % 5 - 2) }
    #expect(way.sum(terms) == Float(integers.reduce(0, +)))
    let plan = SummationPlan(order, count: 200)
    #expect(way.dot(terms, weights, plan) == Float(expected))
  }

  @Test("No two orders give the bits of all of twenty sums that round")
  func ordersDiffer() {
    let rows = (1...20).map { noise(300, seed: $0).map { Float($0) } }
    let sums = Self.orders.map { order in rows.map { Summation(order: order).sum($0) } }
    #expect(Set(sums).count == Self.orders.count)
  }

  @Test("A compensated sum keeps what plain addition loses, also of products")
  func compensationKeepsSmallTerms() {
    let terms: [Float] = [0x1p24, 1, 1, -0x1p24]
    #expect(Summation(order: .compensated).sum(terms) == 2)
    #expect(Summation(order: .sequential).sum(terms) == 0)
    let fused = Summation(order: .compensated, accumulator: Accumulator(fuses: true))
    let a: [Float] = [1 + 0x1p-12, -1]
    let b: [Float] = [1 + 0x1p-12, 1 + 0x1p-11]
    #expect(fused.dot(a, b, SummationPlan(.compensated, count: 2)) == 0x1p-24)
  }

  @Test("Infinite terms stay infinite in every order", arguments: orders)
  func infinityStays(_ order: SummationOrder) {
    var terms = [Float](repeating: 1, count: 20)
    terms[11] = .infinity
    #expect(Summation(order: order).sum(terms) == .infinity)
  }
}

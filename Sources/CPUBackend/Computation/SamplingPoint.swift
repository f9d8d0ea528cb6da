/// The elements of one plane that make up the value at a place between them.
struct SamplingPoint {
  /// Positions in the plane with the product of the weights along all axes.
  private(set) var terms: [(position: Int, weight: Double)] = [(0, 1)]

  /// A place that no element is near; its value is zero.
  static let nowhere = SamplingPoint(terms: [])

  init() {}

  private init(terms: [(position: Int, weight: Double)]) { self.terms = terms }

  /// The indices on both sides of a coordinate with their weights; they may lie outside of the data.
  ///
  /// None for a coordinate that is not finite or that no tensor reaches.
  static func neighbours(
    of x: Double, _ filter: ResizeFilter
  ) -> [(index: Int, weight: Double)] {
    guard abs(x) < 0x1p50 else { return [] }
    let first = Int((x - filter.radius).rounded(.up))
    let last = Int((x + filter.radius).rounded(.down))
    return (first...last).map { ($0, filter.weight(at: Double($0) - x)) }.filter { $0.1 != 0 }
  }

  /// Weighs the plane along the next axis; indices have to lie inside of it.
  mutating func weigh(_ neighbours: [(index: Int, weight: Double)], stride: Int) {
    terms = terms.flatMap { term in
      neighbours.map { (term.position + $0.index * stride, term.weight * $0.weight) }
    }
  }

  /// The weighted sum over the plane that starts at a position.
  func value(of x: [Double], plane: Int) -> Double {
    terms.reduce(0) { $0 + $1.weight * x[plane + $1.position] }
  }
}

extension ResizeFilter {
  /// Weights that fall linearly to zero at the next element.
  static let linear = ResizeFilter(
    mode: .linear, isAntialiased: false, areOutsideExcluded: false)
}

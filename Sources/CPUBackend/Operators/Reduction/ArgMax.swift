/// The index of the largest element along an axis; NaN counts as larger than every number.
enum ArgMaxKernel: OperatorKernel, ExtremeIndex {
  static let name = "ArgMax"
  static let versions = [1, 11, 12, 13]

  static func isBeaten<Number: Comparable>(_ a: Number, by b: Number) -> Bool { a < b }
}

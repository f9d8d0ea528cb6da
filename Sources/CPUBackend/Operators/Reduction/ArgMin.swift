/// The index of the smallest element along an axis; NaN counts as smaller than every number.
enum ArgMinKernel: OperatorKernel, ExtremeIndex {
  static let name = "ArgMin"
  static let versions = [1, 11, 12, 13]

  static func isBeaten<Number: Comparable>(_ a: Number, by b: Number) -> Bool { a > b }
}

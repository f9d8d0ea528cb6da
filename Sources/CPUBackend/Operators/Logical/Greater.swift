/// Whether the first operand is greater than the second, element by element; false with NaN.
enum GreaterKernel: OperatorKernel, ComparisonFunction {
  static let name = "Greater"
  static let versions = [9, 13]

  static func holds<Element: Comparable>(_ a: Element, _ b: Element) -> Bool { a > b }
}

/// Whether the first operand is less than the second, element by element; false with NaN.
enum LessKernel: OperatorKernel, ComparisonFunction {
  static let name = "Less"
  static let versions = [9, 13]

  static func holds<Element: Comparable>(_ a: Element, _ b: Element) -> Bool { a < b }
}

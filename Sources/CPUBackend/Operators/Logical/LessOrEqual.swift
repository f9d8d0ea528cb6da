/// Whether the first operand is at most the second, element by element; false with NaN.
enum LessOrEqualKernel: OperatorKernel, ComparisonFunction {
  static let name = "LessOrEqual"
  static let versions = [12, 16]

  static func holds<Element: Comparable>(_ a: Element, _ b: Element) -> Bool { a <= b }
}

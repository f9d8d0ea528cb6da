/// Each element times its hard sigmoid: x · max(0, min(1, x / 6 + 1/2)).
enum HardSwishKernel: OperatorKernel, ElementaryFunction {
  static let name = "HardSwish"
  static let versions = [14, 22]

  static func apply(_ x: Double) -> Double {
    if x <= -3 { return 0 }
    return x >= 3 ? x : x * (x + 3) / 6
  }
}

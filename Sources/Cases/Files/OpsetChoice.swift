import Spec

/// Which operator set a case of a version imports.
enum OpsetChoice {
  /// The oldest operator set whose versions have cases.
  static let oldest = 9
  /// The operator sets nearly every stack supports.
  static let core = 11...18

  /// The least operator set of the core window in which the version is in force, else the least
  /// from 9 on, else the version itself: so that a stack with the core window alone runs every
  /// version it can be asked for.
  static func opset(of schema: OperatorSchema, in standard: Standard) -> Int {
    let since = schema.sinceVersion
    guard schema.domain.isEmpty else { return since }
    let next =
      standard.sinceVersions(domain: schema.domain, operator: schema.name).first { $0 > since }
      ?? Int.max
    if since <= core.upperBound, next > core.lowerBound { return max(since, core.lowerBound) }
    return next > oldest ? max(since, oldest) : since
  }
}

/// In which way a wrong and simple answer would come close to the right one: what makes a case
/// prove little (numerics §9.4).
///
/// A group whose intent is such an answer declares it under `trivial`.
package enum Triviality: String, CaseIterable, Hashable, Sendable {
  /// All zeros (empty texts, false) would pass.
  case zeros
  /// All ones would pass.
  case ones
  /// The mean of the right values everywhere would pass.
  case constant
  /// 1/N along the last axis would pass.
  case uniform
  /// A copy of an input would pass.
  case copy
  /// The answer to the previous case of the group would pass.
  case previous
  /// More than a fifth of the results with an error bound are zero or beyond the largest finite
  /// value.
  case saturated
  /// More than a hundredth of the results are no larger than their bound.
  case small
  /// There are fewer distinct results than the root of their number.
  case repeated
}

/// Why a difference from the plain results is no matter for a verdict: the case itself declares
/// both results right.
package enum OpenReason: String, CaseIterable, Hashable, Sendable {
  /// Only elements whose value the standard leaves open.
  case undefined
  /// Only the sign of zeros, where it is not judged (numerics §6.11 S2).
  case zeroSign = "zero-sign"
  /// Only the payload of a NaN.
  case nanPayload = "nan-payload"
  /// Elements, or an output, with several exact results listed.
  case alternatives
  /// Indices within one tie group (numerics §6.8).
  case tieGroup = "tie-group"
  /// Another sample of the same distribution.
  case sample
}

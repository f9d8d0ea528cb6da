/// How an output is judged; the letters are those of the numerics document, §6.
package enum AccuracyClass: String, CaseIterable, Hashable, Sendable {
  /// X: bits are equal.
  case exact
  /// R: the correctly rounded value of the exact result.
  case rounded
  /// E: within a budget of ulps of the exact result, element by element.
  case elementwise
  /// D: a sum or dot product, judged by its magnitude, energy and distribution.
  case accumulated
  /// P: a product of many factors.
  case product
  /// C: a composition of primitives, judged by its measured sensitivities.
  case composite
  /// Q: a quantised code, judged by an interval of codes.
  case quantised
  /// I: indices and selections.
  case indices
  /// S: random values, judged by their statistics.
  case random
  /// M: a whole model.
  case model
}

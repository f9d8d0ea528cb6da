/// What another rule says about the same outputs: the tolerances a foreign suite ships with.
///
/// Informative only; no counter and no conclusion depends on it.
package struct SecondJudgement: Hashable, Sendable {
  /// The column's title, e.g. `ONNX tolerance`.
  package var title: String
  /// Whether the other rule accepts the case, by case id; absent where it has no opinion.
  package var accepts: [String: Bool]

  package init(title: String, accepts: [String: Bool]) {
    self.title = title
    self.accepts = accepts
  }
}

package import Spec
package import Tensors

extension Scheme {
  /// What every scheme makes of the outputs of one execution, by the scheme's name.
  ///
  /// An output of another kind, type or shape than the golden's is rejected by all of them. Of
  /// several legal results one has to be accepted. Golden values the standard leaves open, strings
  /// and random values apply to none.
  package static func verdicts(
    _ outputs: [Value], against golden: Golden, mode: NumericMode
  ) -> [String: SchemeVerdict] {
    var parts: [[SchemeVerdict]] = []
    if outputs.count != golden.outputs.count { parts.append(uniform(.rejects)) }
    for (value, expected) in zip(outputs, golden.outputs) {
      parts.append(best(expected.alternatives.map { verdicts(value, $0, mode) }))
    }
    return Dictionary(
      uniqueKeysWithValues: all.enumerated().map { position, scheme in
        (scheme.name, SchemeVerdict.combined(parts.map { $0[position] }))
      })
  }

  private static func uniform(_ verdict: SchemeVerdict) -> [SchemeVerdict] {
    all.map { _ in verdict }
  }

  /// Per scheme the most favourable of several alternatives.
  private static func best(_ alternatives: [[SchemeVerdict]]) -> [SchemeVerdict] {
    guard let first = alternatives.first else { return uniform(.notApplicable) }
    return first.indices.map { position in
      let verdicts = alternatives.map { $0[position] }
      if verdicts.contains(.accepts) { return .accepts }
      return verdicts.contains(.rejects) ? .rejects : .notApplicable
    }
  }

  private static func combined(_ parts: [[SchemeVerdict]]) -> [SchemeVerdict] {
    all.indices.map { position in SchemeVerdict.combined(parts.map { $0[position] }) }
  }

  /// One verdict per scheme for one value and one alternative.
  private static func verdicts(
    _ value: Value, _ golden: GoldenValue, _ mode: NumericMode
  ) -> [SchemeVerdict] {
    switch (value, golden) {
    case (_, .undefined): return uniform(.notApplicable)
    case (.tensor(let tensor), .tensor(let expected)):
      return verdicts(tensor, expected, mode)
    case (.sequence(let values, _), .sequence(let expected, _)):
      guard values.count == expected.count else { return uniform(.rejects) }
      return combined(zip(values, expected).map { verdicts($0, $1, mode) })
    case (.optional(let content?, _), .optional(let expected?, _)):
      return verdicts(content, expected, mode)
    case (.optional(nil, _), .optional(nil, _)): return uniform(.accepts)
    case (.map, .map(let keys, let expected)):
      guard let column = value.column(orderedLike: keys) else { return uniform(.rejects) }
      return verdicts(column, expected, mode)
    case (.optional, .optional), (_, .tensor), (_, .sequence), (_, .optional), (_, .map):
      return uniform(.rejects)
    }
  }

  private static func verdicts(
    _ tensor: Tensor, _ golden: GoldenTensor, _ mode: NumericMode
  ) -> [SchemeVerdict] {
    guard tensor.type == golden.type, tensor.shape == golden.shape else {
      return uniform(.rejects)
    }
    guard let evidence = SchemeEvidence(tensor, golden, mode: mode) else {
      return uniform(.notApplicable)
    }
    return all.map { $0.verdict(evidence) }
  }
}

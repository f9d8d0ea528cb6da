import Spec
import Tensors

/// One observed map beside its golden; the types of keys and values are already known to be equal.
///
/// A map has no order: keys are compared as a set, values with that of the golden under the same
/// key.
struct MapComparison {
  /// The output's name, with the way into a sequence or optional, e.g. `z[2]`.
  let name: String
  let keys: Tensor
  let values: [Value]
  let goldenKeys: Tensor
  let golden: GoldenTensor
  let context: JudgementContext

  /// A finding for each wrong key, then one for the values if every key of the golden has some.
  func findings() throws(GoldenFault) -> [Findings] {
    let expected = goldenKeys.mapKeys
    let observed = keys.mapKeys
    guard observed.count == values.count else {
      return [wrong("\(name) has \(observed.count) keys for \(values.count) values")]
    }
    let positions = Dictionary(zip(observed, observed.indices)) { first, _ in first }
    let known = Set(expected)
    let missing = expected.filter { positions[$0] == nil }
    var all = named(missing) { "\(name) lacks the key \($0)" }
    all += named(observed.filter { !known.contains($0) }) {
      "\(name) has the key \($0), which is none of the map"
    }
    let repeated = observed.enumerated().filter { positions[$0.element] != $0.offset }
    all += named(repeated.map(\.element)) { "\(name) has the key \($0) twice" }
    guard missing.isEmpty else { return all }
    return all + [try compared(expected.compactMap { positions[$0].map { values[$0] } }, expected)]
  }

  private func compared(_ values: [Value], _ keys: [MapKey]) throws(GoldenFault) -> Findings {
    for (key, value) in zip(keys, values) {
      guard let shape = value.tensor?.shape, !shape.isEmpty else { continue }
      return .failed(.shape, .shape, "\(name)[key \(key)] has the shape \(shape), not []")
    }
    guard let column = MapValues.joined(values, type: .tensor(golden.type)),
      column.shape == golden.shape
    else { return wrong("\(name) holds values that are no scalars") }
    return try TensorComparison(
      name: name, observed: column, golden: golden, context: context,
      labels: keys.map { "key \($0)" }
    ).findings()
  }

  /// How many keys are named one by one.
  private static let namedKeys = 16

  private func named(_ keys: [MapKey], _ text: (MapKey) -> String) -> [Findings] {
    var all = keys.prefix(Self.namedKeys).map { wrong(text($0)) }
    if keys.count > Self.namedKeys {
      all.append(wrong("\(name): so it is with \(keys.count - Self.namedKeys) more keys"))
    }
    return all
  }

  private func wrong(_ text: String) -> Findings { .failed(.structure, .structure, text) }
}

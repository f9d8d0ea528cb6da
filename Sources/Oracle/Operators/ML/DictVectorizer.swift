import Tensors

/// The values of a map at the places of their keys in a vocabulary.
///
///     Y[i] = X[vocabulary[i]], 0 where X does not have the key
///
/// - (C1) The output has the type of the values and one element for each entry of the vocabulary:
///   [V], "the output 1-D tensor", or [1, V], "It's shape will be [1,C]".
/// - (C2) Exactly one vocabulary is stated, of the type of the keys.
/// - (C3) Every key of the map is in the vocabulary.
/// - (C4) An entry that is no key of the map gives zero. Left open: of strings, which have none.
/// - Not evaluated: an entry listed twice.
/// - Accuracy: exact.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.DictVectorizer.
enum DictVectorizerEvaluator: Evaluator {
  static let name = "DictVectorizer"
  static let domain = "ai.onnx.ml"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let map = try MapInput(call)
    let vocabulary = try MapInput.statedKeys(
      call, integers: "int64_vocabulary", strings: "string_vocabulary")
    guard vocabulary.type == map.keys.type else {
      throw .invalid("DictVectorizer with a vocabulary of another type than the keys")
    }
    let entries = vocabulary.mapKeys
    let keys = map.keys.mapKeys
    guard Set(keys).isSubset(of: entries) else {
      throw .invalid("DictVectorizer of a key that is not in the vocabulary")
    }
    let positions = Dictionary(zip(keys, keys.indices)) { first, _ in first }
    let found = entries.map { positions[$0] }
    let count = entries.count
    let values = try map.values.gathered(
      found, shape: [count], fill: MapInput.absent(map.values.type))
    // Practice has the shape [1, C] of the type's description, the output's says "1-D tensor".
    var outcome = Outcome.exact(try values.reshaped([1, count]))
    outcome.alternatives = [.tensor(values)]
    if values.type == .string { outcome.undefined = OpenElements.mask(found.map { $0 == nil }) }
    return [outcome]
  }
}

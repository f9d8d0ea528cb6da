import ExtendedArithmetic
import Tensors

/// The values of a map as a tensor of rank 1.
///
///     DENSE   Y[i] = cast(X[the i-th key in ascending order])
///     SPARSE  Y[key] = cast(X[key]) for the keys from 0 to max_map − 1
///
/// - (C1) The output has rank 1, with as many elements as the map has keys, or `max_map`.
/// - (C2) `cast_to` is TO_FLOAT, TO_STRING or TO_INT64.
/// - (C3) `map_form` is DENSE or SPARSE.
/// - (C4) With SPARSE no key exceeds max_map − 1. Left open: what stands where there is no key.
/// - (C5) Whole numbers stay what they are, as numbers and as texts of digits. Left open: how a
///   float is spelled as a string, how a number that is not whole, or beyond int64, becomes an
///   integer.
/// - Not evaluated: texts that are not up to nine digits with an optional minus sign, as numbers;
///   SPARSE with a negative key, a length below one or beyond 2^20.
/// - Accuracy: exact.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.CastMap.
enum CastMapEvaluator: Evaluator {
  static let name = "CastMap"
  static let domain = "ai.onnx.ml"

  private static let targets: [String: ElementType] = [
    "TO_FLOAT": .f32, "TO_STRING": .string, "TO_INT64": .i64,
  ]

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let word = try call.string("cast_to", default: "TO_FLOAT")
    guard let target = targets[word] else { throw .invalid("CastMap with cast_to \"\(word)\"") }
    let map = try MapInput(call)
    let places: [Int?]
    switch try call.string("map_form", default: "DENSE") {
    case "DENSE": places = try dense(map)
    case "SPARSE": places = try sparse(map, length: try call.int("max_map", default: 1))
    case let form: throw .invalid("CastMap with map_form \"\(form)\"")
    }
    let (values, open) = try cast(map.values, to: target)
    var outcome = Outcome.exact(
      try values.gathered(places, shape: [places.count], fill: MapInput.absent(target)))
    outcome.undefined = OpenElements.mask(places.map { $0.map { open[$0] } ?? true })
    return [outcome]
  }

  /// The positions of the values in the order of their keys.
  private static func dense(_ map: MapInput) throws(EvaluationError) -> [Int?] {
    let keys = try numbers(map)
    return keys.indices.sorted { keys[$0] < keys[$1] }
  }

  /// The position of the value for each key from 0 on.
  private static func sparse(_ map: MapInput, length: Int) throws(EvaluationError) -> [Int?] {
    guard (1...1 << 20).contains(length) else {
      throw .unsupported("CastMap to a length of \(length)")
    }
    var places = [Int?](repeating: nil, count: length)
    for (position, key) in try numbers(map).enumerated() {
      guard key < length else { throw .invalid("CastMap of the key \(key) to \(length) elements") }
      guard key >= 0 else { throw .unsupported("CastMap of a negative key to a sparse form") }
      places[Int(key)] = position
    }
    return places
  }

  private static func numbers(_ map: MapInput) throws(EvaluationError) -> [Int128] {
    guard let keys = map.keys.integers else { throw .invalid("CastMap of keys without numbers") }
    return keys
  }

  /// The values in the target type, and which of them are open.
  private static func cast(
    _ values: ExactTensor, to target: ElementType
  ) throws(EvaluationError) -> (values: ExactTensor, open: [Bool]) {
    if values.type == target { return (values, values.all(false)) }
    let whole: [Int128?]
    switch values.elements {
    case .strings(let texts):
      var read: [Int128?] = []
      for text in texts { read.append(try number(text)) }
      whole = read
    case .reals(let reals):
      if target == .string {
        let texts = ExactTensor(values.shape, strings: reals.map { _ in "" })
        return (texts, values.all(true))
      }
      whole = reals.map(number)
    case .integers, .complex: throw .invalid("CastMap of \(values.type.onnxName)")
    }
    // Beyond 2^24 not every integer is a float32.
    let limit: Int128 = target == .f32 ? 1 << 24 : 1 << 63
    let isOpen = whole.map { $0.map { $0.magnitude > limit.magnitude } ?? true }
    let numbers = whole.map { $0 ?? 0 }
    let result =
      target == .f32
      ? ExactTensor(.f32, values.shape, reals: numbers.map { DoubleDouble($0) })
      : ExactTensor(.i64, values.shape, integers: numbers)
    return (result, isOpen)
  }

  /// The number of a text of digits; −0, which not every type has, is no such text.
  private static func number(_ text: String) throws(EvaluationError) -> Int128? {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard (1...9).contains(digits.utf8.count), digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
      let number = Int128(text), number != 0 || text == "0"
    else { throw .unsupported("CastMap of the text \"\(text)\" to a number") }
    return number
  }

  /// A whole number within int64; nil for others.
  private static func number(_ value: DoubleDouble) -> Int128? {
    guard value.isFinite, value.low == 0, value.high.magnitude < 0x1p63,
      value.high == value.high.rounded(.towardZero)
    else { return nil }
    return Int128(value.high)
  }
}

extension ExactTensor {
  /// One mark for each element.
  fileprivate func all(_ mark: Bool) -> [Bool] { Array(repeating: mark, count: count) }
}

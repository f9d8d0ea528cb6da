import ExtendedArithmetic
import ModelFormat
import Tensors

/// Each element replaced by the value that belongs to it.
///
/// - (C1) The output has the shape of the input and the type of the values.
/// - (C2) Version 1: a string gives its index in `classes_strings`, an integer the string at it.
/// - (C3) From version 2 on, the i-th of `keys_*` gives the i-th of `values_*`; exactly one list of
///   each is stated, of one length, and the keys have the type of the input.
/// - (C4) What is no key gives the default of the type of the values: −1, "_Unused" or −0.
/// - (C5) In version 2 keys are compared bit by bit, in version 4 every NaN is the same key, and
///   the last of equal keys counts.
/// - Not evaluated: a key given twice before version 4. Left open in version 4: a zero whose
///   opposite is a key.
/// - Accuracy: exact; texts are compared byte by byte.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.LabelEncoder.
enum LabelEncoderEvaluator: Evaluator {
  static let name = "LabelEncoder"
  static let domain = "ai.onnx.ml"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    if call.version == 1 { return [try indices(call).outcome(of: x)] }
    let (keys, values) = (try list("keys", call), try list("values", call))
    guard keys.type == x.type else {
      throw .invalid("LabelEncoder: keys of \(keys.type.onnxName) for \(x.type.onnxName)")
    }
    let map = try LabelMap(
      keys: keys, values: values, fallback: try fallback(values.type, call),
      call.version >= 4 ? .lastOfEqual : .bits)
    return [try map.outcome(of: x)]
  }

  /// Version 1: strings to their indices, or the other way round.
  private static func indices(_ call: Call) throws(EvaluationError) -> LabelMap {
    let texts = try call.strings("classes_strings") ?? []
    let strings = ExactTensor([texts.count], strings: texts)
    let numbers = ExactTensor(.i64, [texts.count], integers: texts.indices.map { Int128($0) })
    let isText = try call.tensor(0).type == .string
    return try LabelMap(
      keys: isText ? strings : numbers, values: isText ? numbers : strings,
      fallback: try fallback(isText ? .i64 : .string, call))
  }

  /// The one list of keys or of values that the node states.
  private static func list(
    _ prefix: String, _ call: Call
  ) throws(EvaluationError) -> ExactTensor {
    var lists: [ExactTensor] = []
    if let texts = try call.strings(prefix + "_strings") {
      lists.append(ExactTensor([texts.count], strings: texts))
    }
    if let numbers = try call.ints(prefix + "_int64s") {
      lists.append(ExactTensor(.i64, [numbers.count], integers: numbers.map { Int128($0) }))
    }
    if let numbers = try call.floats(prefix + "_floats") {
      lists.append(ExactTensor(.f32, [numbers.count], reals: numbers.map { DoubleDouble($0) }))
    }
    if let tensor = try call.tensor(attribute: prefix + "_tensor") { lists.append(tensor) }
    guard lists.count == 1 else {
      throw .invalid("LabelEncoder states \(lists.count) lists of \(prefix)")
    }
    return lists[0]
  }

  private static func fallback(
    _ type: ElementType, _ call: Call
  ) throws(EvaluationError) -> ExactTensor {
    if let tensor = try call.tensor(attribute: "default_tensor") { return tensor }
    switch type.meaning {
    case .string:
      return ExactTensor([], strings: [try call.string("default_string", default: "_Unused")])
    case .float:
      let value = type == .f32 ? try call.float("default_float", default: -0.0) : -0.0
      return ExactTensor(type, [], reals: [DoubleDouble(value)])
    default:
      let value = type == .i64 ? try call.int("default_int64", default: -1) : -1
      return ExactTensor(type, [], integers: [Int128(value)])
    }
  }
}

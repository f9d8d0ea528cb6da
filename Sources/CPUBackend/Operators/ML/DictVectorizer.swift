import Tensors

/// The values of a map at the places of their keys in a vocabulary, as one row.
///
/// Places without a key hold zero, or an empty text.
enum DictVectorizerKernel: OperatorKernel {
  static let name = "DictVectorizer"
  static let domain = "ai.onnx.ml"
  static let versions = [1]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    guard case .map(_, let value)? = declaration.inputTypes.first ?? nil else { return [nil] }
    return [value]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (keys, values) = try call.map(0)
    let vocabulary = try StatedKeys.read(
      call.attributes, integers: "int64_vocabulary", strings: "string_vocabulary")
    guard vocabulary.type == keys.type else {
      throw .invalidModel("the vocabulary has another type than the keys")
    }
    guard try !LabelLookup(vocabulary, .bits).places(of: keys).contains(nil) else {
      throw .invalidInput("a key is not in the vocabulary")
    }
    let places = try LabelLookup(keys, .bits).places(of: vocabulary)
    let positions = places.map { $0 ?? Selection.filled }
    let row = try Selection(positions).tensor(
      of: values, fill: try .nothing(values.type), shape: [1, positions.count])
    return [.tensor(row)]
  }
}

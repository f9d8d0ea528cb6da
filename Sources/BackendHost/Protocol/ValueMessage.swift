import FoundationEssentials
import ModelFormat
import Tensors

extension Assay_Worker_ValueMessage {
  /// The message of a value.
  /// - Throws: `ModelError.limit` beyond 2 GiB.
  init(_ value: Value) throws(ModelError) {
    self.init()
    message = Data(try value.encodedMessage())
    kind = Assay_Worker_ValueKind(rawValue: value.type.kind.rawValue) ?? .unspecified
    if value.tensor == nil { type = String(describing: value.type) }
  }

  /// The value of the message.
  /// - Throws: `ModelError` when kind, type or bytes are no value, or do not fit together.
  func value() throws(ModelError) -> Value {
    guard let kind = ValueKind(rawValue: kind.rawValue) else {
      throw .content(path: "kind", reason: "\(kind.rawValue) is no kind of value")
    }
    var expected: ValueType?
    if !type.isEmpty {
      guard let stated = ValueType(onnxName: type) else {
        throw .content(path: "type", reason: "not an ONNX type")
      }
      expected = stated
    }
    return try Value(decoding: [UInt8](message), kind: kind, expecting: expected)
  }
}

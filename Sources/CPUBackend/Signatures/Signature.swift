import ModelFormat
import Tensors

/// The interface of one operator in one since-version, as the standard declares it.
struct Signature: Sendable {
  /// How often a slot occurs in a call.
  enum Occurrence: Hashable, Sendable {
    case required
    case optional
    /// The last slot repeats; homogeneous ones all have one type.
    case variadic(atLeast: Int, homogeneous: Bool)
  }

  /// What a slot may hold.
  enum SlotType: Hashable, Sendable {
    case variable(String)
    case fixed(ValueType)
  }

  /// A formal input or output.
  struct Slot: Hashable, Sendable {
    let name: String
    let type: SlotType
    let occurrence: Occurrence
  }

  /// A formal attribute.
  struct AttributeRule: Hashable, Sendable {
    let kind: AttributeKind
    let isRequired: Bool
  }

  let name: String
  /// Empty for `ai.onnx`.
  let domain: String
  let since: Int
  let inputs: [Slot]
  let outputs: [Slot]
  let attributes: [String: AttributeRule]
  /// The types each variable may stand for.
  let variables: [String: [ValueType]]
  let isDeprecated: Bool
}

extension Signature {
  /// The smallest and largest number of values for the slots; nil when unbounded.
  static func arity(of slots: [Slot]) -> (least: Int, most: Int?) {
    var least = 0
    var most: Int? = slots.count
    for (position, slot) in slots.enumerated() {
      switch slot.occurrence {
      case .required: least = position + 1
      case .optional: break
      case .variadic(let count, _):
        if count > 0 { least = position + count }
        most = nil
      }
    }
    return (least, most)
  }

  /// The formal slot of an actual position; nil beyond the last.
  static func slot(_ position: Int, of slots: [Slot]) -> Slot? {
    if position < slots.count { return slots[position] }
    guard let last = slots.last, case .variadic = last.occurrence else { return nil }
    return last
  }
}

/// Numbers that operators take as tensors of one element.
enum Scalars {
  /// The integer of an input of one element; nil when the input is left out.
  ///
  /// - Throws: `invalidInput` for more elements, or none.
  static func optionalInteger(
    _ call: Call, _ position: Int, _ what: String
  ) throws(KernelError) -> Int? {
    guard let values = try call.integers(position) else { return nil }
    guard values.count == 1 else {
      throw .invalidInput("\(what) must be one number, there are \(values.count)")
    }
    return values[0]
  }

  /// The integer of a required input of one element.
  static func integer(_ call: Call, _ position: Int, _ what: String) throws(KernelError) -> Int {
    guard let value = try optionalInteger(call, position, what) else {
      throw .invalidInput("\(what) is missing")
    }
    return value
  }
}

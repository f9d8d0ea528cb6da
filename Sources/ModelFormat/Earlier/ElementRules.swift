extension EarlierVersion {
  /// Versions that later ones widen: the same node, without `consumed_inputs`, "legacy optimization
  /// attribute", which says what may be overwritten.
  static let plain: Rule = { (body) throws(EarlierVersionError) in
    body.result(
      body.node.operatorName, body.inputs, body.attributes(without: "consumed_inputs"))
  }

  /// Selu-1 has defaults of five digits.
  static let selu: Rule = { (body) throws(EarlierVersionError) in
    var attributes = body.attributes(without: "consumed_inputs")
    if attributes["alpha"] == nil { attributes["alpha"] = .float(1.6732) }
    if attributes["gamma"] == nil { attributes["gamma"] = .float(1.0507) }
    body.result("Selu", body.inputs, attributes)
  }

  /// Cast-1 writes the type as text, "one of the types from DataType enum in TensorProto".
  static let castToName: Rule = { (body) throws(EarlierVersionError) in
    let name = try body.string("to") ?? ""
    guard let number = castTargets.first(where: { $0.name == name })?.number else {
      throw body.invalid("it does not convert to \"\(name)\"")
    }
    body.result("Cast", body.inputs, ["to": .int(number)])
  }

  /// Cast-6 differs from later versions in its types: "Casting to and from strings is not supported
  /// yet".
  static let castToNumber: Rule = { (body) throws(EarlierVersionError) in
    let number = try body.int("to") ?? 0
    guard castTargets.contains(where: { $0.number == number }) else {
      throw body.invalid("it does not convert to the type \(number)")
    }
    body.result("Cast", body.inputs, ["to": .int(number)])
  }

  /// Types of the output of versions 1 and 6: names and numbers of TensorProto.DataType.
  private static let castTargets: [(name: String, number: Int64)] = [
    ("FLOAT", 1), ("UINT8", 2), ("INT8", 3), ("UINT16", 4), ("INT16", 5), ("INT32", 6),
    ("INT64", 7), ("BOOL", 9), ("FLOAT16", 10), ("DOUBLE", 11), ("UINT32", 12), ("UINT64", 13),
  ]
}

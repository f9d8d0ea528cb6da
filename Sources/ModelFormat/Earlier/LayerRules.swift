extension EarlierVersion {
  /// BatchNormalization-1 and 6: test mode is asked for by `is_test`, and by one output.
  ///
  /// With `spatial` 0 these versions still describe moments "of size C", which no feature has.
  static let batchNormalization: Rule = { (body) throws(EarlierVersionError) in
    guard try body.int("is_test") ?? 0 != 0, wantsOneOutput(body) else {
      throw body.unsupported("training mode, whose outputs changed their meaning")
    }
    guard try body.int("spatial") ?? 1 != 0 else {
      throw body.unsupported("spatial = 0, beside moments of one value for each channel")
    }
    body.result(
      "BatchNormalization", body.inputs,
      body.attributes(without: "is_test", "spatial", "consumed_inputs"))
  }

  /// BatchNormalization-7: one output is test mode. With `spatial` 0 the moments have the shape of
  /// an image, C x D1 x … x Dn; each feature is a channel of its own, as version 9 advises:
  /// "flatten the input shape to (N x C*D1*D2 ..*Dn)".
  static let batchNormalizationByFeature: Rule = { (body) throws(EarlierVersionError) in
    guard wantsOneOutput(body) else {
      throw body.unsupported("training mode, whose outputs changed their meaning")
    }
    let attributes = body.attributes(without: "spatial")
    guard try body.int("spatial") ?? 1 == 0 else {
      body.result("BatchNormalization", body.inputs, attributes)
      return
    }
    let x = body.input(0)
    var inputs = [body.call("Flatten", [x], ["axis": .int(1)])]
    for position in 1...4 {
      let whole = try body.integers([-1])
      inputs.append(body.call("Reshape", [body.input(position), whole]))
    }
    let flat = body.call("BatchNormalization", inputs, attributes)
    body.result("Reshape", [flat, body.call("Shape", [x])])
  }

  private static func wantsOneOutput(_ body: EarlierBody) -> Bool {
    body.node.outputs.dropFirst().allSatisfy(\.isEmpty)
  }

  /// Dropout-1 and 6: "in test mode … the output is simply Y = X", and the mask "is not filled".
  static let dropout: Rule = { (body) throws(EarlierVersionError) in
    guard try body.int("is_test") ?? 0 != 0 else {
      throw body.unsupported("training mode, whose elements are drawn")
    }
    guard wantsOneOutput(body) else {
      throw body.unsupported("the mask in test mode, which \"is not filled\"")
    }
    body.result("Dropout", body.inputs, body.attributes(without: "is_test", "consumed_inputs"))
  }

  /// LpPool-1 and GlobalLpPool-1 take p as a number; later versions know whole ones.
  static let lpPool: Rule = { (body) throws(EarlierVersionError) in
    let p = try body.float("p") ?? 2
    guard let whole = Int64(exactly: p), whole >= 1, whole <= 1 << 20 else {
      throw body.unsupported("p = \(p); later versions know whole orders from 1 on")
    }
    guard body.node.operatorName != "LpPool" || body.node.attributes["kernel_shape"] != nil else {
      throw body.unsupported("without kernel_shape, for which the text gives no default")
    }
    var attributes = body.node.attributes
    attributes["p"] = .int(whole)
    body.result(body.node.operatorName, body.inputs, attributes)
  }

  /// RNN, GRU and LSTM before version 7: with `output_sequence` 0 "the sequence output is
  /// optional", as it is later without the attribute.
  static let recurrent: Rule = { (body) throws(EarlierVersionError) in
    body.result(
      body.node.operatorName, body.inputs, body.attributes(without: "output_sequence"))
  }
}

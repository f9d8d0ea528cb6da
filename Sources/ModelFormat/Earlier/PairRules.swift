extension EarlierVersion {
  /// Two operands, the second of which is broadcast where `broadcast` is 1: its shape is "a
  /// contiguous subset of the first tensor's shape", from `axis` on or at the end.
  ///
  /// Later versions align shapes at the end, so that B gets axes of one element behind its own.
  static let pair: Rule = { (body) throws(EarlierVersionError) in
    let broadcasts = try body.int("broadcast") ?? 0
    guard broadcasts == 0 || broadcasts == 1 else {
      throw body.invalid("broadcast is \(broadcasts)")
    }
    let left = body.input(0)
    var right = body.input(1)
    if broadcasts == 1 {
      if let axis = try body.int("axis") {
        guard (0..<rankLimit).contains(axis) else { throw body.invalid("axis is \(axis)") }
        right = try longer(right, by: missingAxes(of: right, in: left, at: axis, &body), &body)
      }
      right = body.call("Expand", [right, body.call("Shape", [left])])
    }
    body.result(body.node.operatorName, ofEqualShapes([left, right], in: &body))
  }

  /// Max, Mean, Min and Sum before version 8: "All inputs and outputs must have the same shape".
  static let equals: Rule = { (body) throws(EarlierVersionError) in
    let inputs = body.inputs.count == 1 ? body.inputs : ofEqualShapes(body.inputs, in: &body)
    body.result(body.node.operatorName, inputs)
  }

  /// PRelu-1 and 6: "If Slope is of size 1, the value is shared across different channels", hence
  /// one slope for each channel otherwise; the channels are axis 1.
  static let slopes: Rule = { (body) throws(EarlierVersionError) in
    let (x, slope) = (body.input(0), body.input(1))
    let missing = try missingAxes(of: slope, in: x, at: 1, &body)
    // Slopes of the input's own shape lack no axis, and a single one none in a vector. Clip knows
    // numbers alone in this operator set; counts of axes are exact in them.
    let number = body.call("Cast", [missing], ["to": .int(1)])
    let atLeastNone = body.call("Clip", [number], ["min": .float(0)])
    let count = body.call("Cast", [atLeastNone], ["to": .int(7)])
    body.result("PRelu", [x, try longer(slope, by: count, &body)])
  }

  /// Gemm with `broadcast`, which says whether C may have a smaller shape.
  static let gemm: Rule = { (body) throws(EarlierVersionError) in
    if let broadcasts = try body.int("broadcast"), broadcasts != 0, broadcasts != 1 {
      throw body.invalid("broadcast is \(broadcasts)")
    }
    body.result("Gemm", body.inputs, body.attributes(without: "broadcast"))
  }

  /// More axes than any tensor has.
  private static let rankLimit: Int64 = 64

  /// How many axes `whole` has behind those of `part`, whose first one is its axis `axis`.
  private static func missingAxes(
    of part: String, in whole: String, at axis: Int64, _ body: inout EarlierBody
  ) throws(EarlierVersionError) -> String {
    let rank = body.call("Shape", [body.call("Shape", [whole])])
    let behind = body.call("Sub", [rank, try body.integers([axis])])
    return body.call("Sub", [behind, body.call("Shape", [body.call("Shape", [part])])])
  }

  /// The tensor with axes of one element behind its own.
  private static func longer(
    _ part: String, by count: String, _ body: inout EarlierBody
  ) throws(EarlierVersionError) -> String {
    let shape = body.call("Shape", [part])
    let longer = body.call("Concat", [shape, try body.ones(count)], ["axis": .int(0)])
    return body.call("Reshape", [part, longer])
  }

  /// The tensors as they are: stacked and taken apart again, which only equal shapes can be.
  private static func ofEqualShapes(
    _ tensors: [String], in body: inout EarlierBody
  ) -> [String] {
    let layers = tensors.map { body.call("Unsqueeze", [$0], ["axes": .ints([0])]) }
    let stack = body.call("Concat", layers, ["axis": .int(0)])
    let count = tensors.count
    return body.calls("Split", [stack], ["axis": .int(0)], count: count).map {
      body.call("Squeeze", [$0], ["axes": .ints([0])])
    }
  }
}

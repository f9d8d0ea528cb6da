extension EarlierVersion {
  /// Concat-1: "Default value is 1".
  static let concat: Rule = { (body) throws(EarlierVersionError) in
    body.result("Concat", body.inputs, ["axis": .int(try body.int("axis") ?? 1)])
  }

  /// Pad-1: `paddings` in place of `pads`; "the padding element count", which is not negative.
  static let pad: Rule = { (body) throws(EarlierVersionError) in
    let counts = try body.ints("paddings") ?? []
    guard counts.allSatisfy({ $0 >= 0 }) else {
      throw body.invalid("paddings are counts, \(counts.min() ?? 0) is none")
    }
    var attributes = body.attributes(without: "paddings")
    attributes["pads"] = .ints(counts)
    body.result("Pad", body.inputs, attributes)
  }

  /// Reshape-1: the shape is an attribute.
  static let reshape: Rule = { (body) throws(EarlierVersionError) in
    guard let shape = try body.ints("shape") else {
      throw body.unsupported("without a shape, for which the text gives no default")
    }
    body.result("Reshape", [body.input(0), try body.integers(shape)])
  }

  /// Split-1: the lengths are an attribute or an input of the type of the data.
  static let split: Rule = { (body) throws(EarlierVersionError) in
    guard let axis = try body.int("axis") else {
      throw body.unsupported("without an axis, for which the text gives no default")
    }
    guard !body.input(1).isEmpty else {
      body.result("Split", [body.input(0)], body.node.attributes)
      return
    }
    guard body.node.attributes["split"] == nil else {
      throw body.unsupported("lengths as attribute and as input; the text gives no precedence")
    }
    body.opset = 13
    let lengths = body.call("Cast", [body.input(1)], ["to": .int(7)])
    body.result("Split", [body.input(0), lengths], ["axis": .int(axis)])
  }

  /// Tile-1: one axis, repeated `tiles` times; both are inputs of the type of the data.
  static let tile: Rule = { (body) throws(EarlierVersionError) in
    let rank = body.call("Shape", [body.call("Shape", [body.input(0)])])
    let ones = try body.ones(rank)
    var single: [String] = []
    for position in [1, 2] {
      let integer = body.call("Cast", [body.input(position)], ["to": .int(7)])
      single.append(body.call("Reshape", [integer, try body.integers([1])]))
    }
    // The number of tiles at the place of the axis, one elsewhere.
    let repeats = body.call("Scatter", [ones, single[1], single[0]], ["axis": .int(0)])
    body.result("Tile", [body.input(0), repeats])
  }

  /// Upsample-1: scales of height and width of an image, the mode "bilinear" in place of "linear".
  static let upsampleImage: Rule = { (body) throws(EarlierVersionError) in
    let height = try body.float("height_scale") ?? 1
    let width = try body.float("width_scale") ?? 1
    let mode = try body.string("mode") ?? "nearest"
    guard mode == "nearest" || mode == "bilinear" else { throw body.invalid("mode is \"\(mode)\"") }
    let scales = try body.floats([1, 1, height, width])
    body.result(
      "Upsample", [body.input(0), scales],
      ["mode": .string(mode == "nearest" ? mode : "linear")])
  }

  /// Upsample-7: the scales are an attribute.
  static let upsample: Rule = { (body) throws(EarlierVersionError) in
    guard let scales = body.node.attributes["scales"]?.floatsValue else {
      throw body.invalid("it lacks its scales")
    }
    body.result(
      "Upsample", [body.input(0), try body.floats(scales)], body.attributes(without: "scales"))
  }
}

import CanonicalJSON
import Spec
import Tensors

/// The columns of one golden tensor inside a file.
struct ColumnSource {
  let file: Safetensors
  let fileName: String
  let json: JSON
  let path: String
  let type: ElementType
  let shape: Shape
  let count: Int

  /// The columns of the given class.
  func columns(_ kind: AccuracyClass) throws(GoldenError) -> GoldenColumns {
    switch kind {
    case .exact: return try exact()
    case .rounded: return .rounded(try reals())
    case .elementwise: return .elementwise(try reals(), try budget())
    case .accumulated:
      return .accumulated(
        try reals(),
        Accumulation(
          magnitude: try bounds("S"), productEnergy: try bounds("Q2"),
          pathEnergy: try bounds("E"), height: try heights(),
          hasProducts: json["products"]?.bool ?? false,
          exactBits: try number("exactBits"), divisor: try number("divisor") ?? 1))
    case .product:
      return .product(
        try reals(),
        ProductRange(
          largest: try doubles("largest"), smallest: try doubles("smallest"),
          height: try heights()))
    case .composite:
      return .composite(try reals(), try sensitivity())
    case .quantised:
      return .quantised(
        QuantisedColumn(
          value: try doubles("v"), lowest: try doubles("lowest"),
          highest: try doubles("highest"), sensitivity: try floats("sensitivity", optional: true)))
    case .indices: return .selection(try selection())
    case .random: return .random(try distribution())
    case .model: return .model(try reals(), try sensitivity(), try tokenRule())
    }
  }

  private func sensitivity() throws(GoldenError) -> Sensitivity {
    Sensitivity(
      compute: try bounds("compute"), accumulate: try bounds("accumulate"),
      storage: try bounds("storage"), input: try bounds("input"),
      truncation: try bounds("truncation", optional: true))
  }

  /// Bits of factors, accumulators, truncating accumulators and elementwise steps, in this order,
  /// and a 1 where infinite and subnormal values have to be kept.
  func requiredPrecision() throws(GoldenError) -> RequiredPrecision {
    guard let list = json["required"]?.array else { return .none }
    let bits = list.compactMap { $0.integer.flatMap { Int(exactly: $0) } }
    guard bits.count == list.count, bits.allSatisfy({ (0...64).contains($0) }),
      bits.count == 4 || bits.count == 5 && bits[4] == 1
    else { throw broken("required") }
    return RequiredPrecision(
      factors: bits[0], accumulator: bits[1], truncating: bits[2], compute: bits[3],
      keepsRange: bits.count == 5)
  }

  /// A tap has none; axes outside of the shape would pool the wrong elements.
  private func tokenRule() throws(GoldenError) -> TokenRule? {
    guard let list = json["tokens"]?.array else { return nil }
    let axes = list.compactMap { $0.integer.map { Int(clamping: $0) } }
    guard axes.count == list.count, axes.allSatisfy(shape.indices.contains),
      Set(axes).count == axes.count
    else { throw broken("tokens") }
    return TokenRule(axes: axes, isLogits: json["logits"]?.bool ?? false)
  }

  private func exact() throws(GoldenError) -> GoldenColumns {
    let choices = Int(clamping: json["choices"]?.integer ?? 1)
    var tensors: [Tensor] = []
    for position in 0..<Swift.min(Swift.max(choices, 1), 1 << 16) {
      tensors.append(try codes(position))
    }
    return json["choices"] == nil ? .exact(tensors[0]) : .oneOf(tensors)
  }

  private func codes(_ position: Int) throws(GoldenError) -> Tensor {
    if type == .string {
      guard let lists = json["strings"]?.array, position < lists.count,
        let strings = lists[position].array?.compactMap(\.string),
        let tensor = Tensor(shape: shape, strings: strings)
      else { throw broken("strings") }
      return tensor
    }
    let name = position == 0 ? "code" : "code\(position)"
    guard let bytes = try file.bytes("\(valuePath)/\(name)", type: .u8),
      let tensor = Tensor(type: type, shape: shape, bytes: Array(bytes))
    else { throw broken(name) }
    return tensor
  }

  private func reals() throws(GoldenError) -> RealColumn {
    RealColumn(
      high: try doubles("g", of: valuePath),
      low: try doubles("g_lo", optional: type != .f64, of: valuePath))
  }

  /// Where the values are stored: a body's may be those of its node.
  private var valuePath: String { json["values"]?.string ?? path }

  private func budget() throws(GoldenError) -> ElementwiseBudget {
    guard let ulps = json["ulps"]?.real else { throw broken("ulps") }
    let ends = json["range"]?.array?.compactMap(\.real) ?? []
    let hasRange = ends.count == 2 && ends[0] <= ends[1]
    return ElementwiseBudget(
      ulps: ulps, absolute: try floats("absolute", optional: true),
      range: hasRange ? ends[0]...ends[1] : nil)
  }

  private func selection() throws(GoldenError) -> SelectionColumn {
    guard let bytes = try file.bytes("\(path)/indices", type: .i64),
      let indices = ColumnBytes.decode(bytes, count: count, width: 8, { Int64(bitPattern: $0) })
    else { throw broken("indices") }
    let ties = try column("ties", .i32, width: 4, optional: true) {
      Int32(bitPattern: UInt32(truncatingIfNeeded: $0))
    }
    return SelectionColumn(indices: indices, tieGroup: ties)
  }

  private func distribution() throws(GoldenError) -> Distribution {
    func pair(_ key: String) -> (Double, Double)? {
      guard let ends = json[key]?.array?.compactMap(\.real), ends.count == 2 else { return nil }
      return (ends[0], ends[1])
    }
    if let (low, high) = pair("uniform") { return .uniform(low: low, high: high) }
    if let (mean, deviation) = pair("normal") { return .normal(mean: mean, deviation: deviation) }
    if let list = json["categorical"]?.array, let classes = try number("classes") {
      let probabilities = list.compactMap(\.real)
      guard probabilities.count == list.count else { throw broken("categorical") }
      return .categorical(probabilities, classes: classes)
    }
    guard json["bernoulli"] != nil else { throw broken("distribution") }
    return .bernoulli(try doubles("p"))
  }

  /// A positive integer among the members; nil when it is absent.
  private func number(_ name: String) throws(GoldenError) -> Int? {
    guard let member = json[name] else { return nil }
    guard let value = member.integer.flatMap({ Int(exactly: $0) }), value > 0 else {
      throw broken(name)
    }
    return value
  }

  private func heights() throws(GoldenError) -> [Int32] {
    try column("h", .i32, width: 4) { Int32(bitPattern: UInt32(truncatingIfNeeded: $0)) }
  }

  private func doubles(
    _ name: String, optional: Bool = false, of path: String? = nil
  ) throws(GoldenError) -> [Double] {
    try column(name, .f64, width: 8, optional: optional, of: path) { Double(bitPattern: $0) }
  }

  /// float32 values, or float64 where one of them needs its range.
  private func bounds(
    _ name: String, optional: Bool = false
  ) throws(GoldenError) -> [Double] {
    let narrow = try floats(name, optional: true)
    return narrow.isEmpty ? try doubles(name, optional: optional) : narrow.map { Double($0) }
  }

  private func floats(_ name: String, optional: Bool = false) throws(GoldenError) -> [Float] {
    try column(name, .f32, width: 4, optional: optional) {
      Float(bitPattern: UInt32(truncatingIfNeeded: $0))
    }
  }

  /// An absent column of a tensor without elements is empty; any other absence is an error.
  private func column<Element>(
    _ name: String, _ stored: Safetensors.StoredType, width: Int, optional: Bool = false,
    of place: String? = nil, _ make: (UInt64) -> Element
  ) throws(GoldenError) -> [Element] {
    guard let bytes = try file.bytes("\(place ?? path)/\(name)", type: stored) else {
      if optional || count == 0 { return [] }
      throw broken(name)
    }
    guard let column = ColumnBytes.decode(bytes, count: count, width: width, make) else {
      throw broken(name)
    }
    return column
  }

  private func broken(_ column: String) -> GoldenError {
    .malformed(file: fileName, reason: "\(path): the column \"\(column)\" is missing or torn")
  }
}

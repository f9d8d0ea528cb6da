import Tensors

/// Reads `normal`, `{normal, sigma: 3}` or `{constant: 3}`: the first key is the fill, its value the
/// first parameter.
struct FillSyntax {
  let name: String
  let line: Int
  private var arguments: [Syntax.Member]

  /// The parameters of each fill; the first may stand behind the name.
  static let parameters: [String: [String]] = [
    "zeros": [], "ones": [], "constant": ["value"], "values": ["list"], "linear": [],
    "linear2": [], "normal": ["sigma", "shift"], "uniform": ["low", "high"],
    "integers": ["low", "high"], "indices": ["high", "low"], "exact": ["magnitude", "scale"],
    "signs": [], "bools": ["density"], "permutation": [], "distinct": ["gap"],
    "ties": ["levels"], "peaked": ["peaks", "height"], "wide": ["low", "high"],
    "sorted": ["order", "sigma"], "cancelling": ["sigma", "small"],
    "dominant": ["factor", "at"], "every-code": [], "codes": [], "specials": [],
    "rotation": ["part"], "binades": ["per"], "halfway": ["to"], "strings": ["list"], "words": [],
  ]

  /// Refuses unknown fills and parameters, also where values are still variables.
  static func check(_ syntax: Syntax) throws(SyntaxFault) {
    if let text = syntax.text, text.hasPrefix("$") { return }
    _ = try FillSyntax(syntax)
  }

  init(_ syntax: Syntax) throws(SyntaxFault) {
    line = syntax.line
    if let text = syntax.text {
      (name, arguments) = (text, [])
    } else {
      let members = try syntax.requireMembers("fill")
      guard let head = members.first else { throw SyntaxFault(line, "the fill is empty") }
      (name, arguments) = (head.key, Array(members.dropFirst()))
      if !head.value.isNull, let first = Self.parameters[head.key]?.first {
        arguments.append(.init(key: first, line: head.line, value: head.value))
      } else if !head.value.isNull {
        throw SyntaxFault(head.line, "fill \"\(name)\" takes no value")
      }
    }
    guard let known = Self.parameters[name] else {
      throw .unknown("fill", name, at: line, known: Self.parameters.keys)
    }
    for argument in arguments where !(known + ["grid"]).contains(argument.key) {
      throw .unknown(
        "parameter of fill \"\(name)\"", argument.key, at: argument.line, known: known + ["grid"])
    }
  }

  /// The format to which real values are rounded first.
  func grid() throws(SyntaxFault) -> ElementType? { try arguments["grid"]?.elementType() }

  private func number(_ key: String, _ value: Double) throws(SyntaxFault) -> Double {
    try arguments[key]?.requireNumber(key) ?? value
  }

  private func integer(_ key: String, _ value: Int64) throws(SyntaxFault) -> Int64 {
    try arguments[key]?.requireInteger(key) ?? value
  }

  private func list() throws(SyntaxFault) -> [FillValue] {
    guard let syntax = arguments["list"] else {
      throw SyntaxFault(line, "fill \"\(name)\" needs a list")
    }
    return try syntax.flattenedTexts().map { FillValue($0) }
  }

  func fill() throws(SyntaxFault) -> Fill {
    switch name {
    case "zeros": .zeros
    case "ones": .ones
    case "constant":
      .constant(FillValue(try arguments["value"]?.requireText("value") ?? "0"))
    case "values", "strings": .values(try list())
    case "linear": .linear
    case "linear2": .linear2
    case "signs": .signs
    case "permutation": .permutation
    case "every-code": .everyCode
    case "codes": .codes
    case "specials": .specials
    case "words": .words
    case "halfway": .halfway(to: try arguments["to"]?.elementType() ?? .f16)
    case "rotation": .rotation(sine: try isSine())
    case "sorted": .sorted(descending: try isDescending(), sigma: try number("sigma", 1))
    case "dominant":
      .dominant(
        factor: try number("factor", 1024), at: try arguments["at"]?.lanePosition())
    default: try numericFill()
    }
  }

  private func numericFill() throws(SyntaxFault) -> Fill {
    switch name {
    case "normal": .normal(sigma: try number("sigma", 1), shift: try number("shift", 0))
    case "uniform": .uniform(low: try number("low", -1), high: try number("high", 1))
    case "integers": .integers(low: try integer("low", -8), high: try integer("high", 8))
    case "indices": try indices()
    case "exact":
      .exact(magnitude: try integer("magnitude", 4), scale: try number("scale", 1))
    case "bools": .bools(density: try number("density", 0.5))
    case "distinct": .distinct(gap: try number("gap", 1))
    case "ties": .ties(levels: Int(try integer("levels", 4)))
    case "peaked":
      .peaked(peaks: Int(try integer("peaks", 3)), height: try number("height", 6))
    case "wide": .wide(low: Int(try integer("low", -8)), high: Int(try integer("high", 8)))
    case "cancelling":
      .cancelling(sigma: try number("sigma", 1), small: try number("small", 0x1p-6))
    case "binades": .binades(per: Int(try integer("per", 4)))
    default: throw .unknown("fill", name, at: line, known: Self.parameters.keys)
    }
  }

  /// Indices stop before `high`, as the standard's ranges do.
  private func indices() throws(SyntaxFault) -> Fill {
    guard let high = try arguments["high"]?.requireInteger("high"), high > .min else {
      throw SyntaxFault(line, "fill \"indices\" needs the length: {indices: 5}")
    }
    return .integers(low: try integer("low", 0), high: high - 1)
  }

  private func isSine() throws(SyntaxFault) -> Bool {
    switch arguments["part"]?.text {
    case "cosine"?: return false
    case "sine"?: return true
    default: throw SyntaxFault(line, "rotation must be cosine or sine")
    }
  }

  private func isDescending() throws(SyntaxFault) -> Bool {
    guard let order = arguments["order"] else { return false }
    switch order.text {
    case "ascending"?: return false
    case "descending"?: return true
    default:
      throw SyntaxFault(order.line, "order must be ascending or descending")
    }
  }
}

extension Syntax {
  /// All scalars of a scalar or a nested list, in order.
  func flattenedTexts() throws(SyntaxFault) -> [String] {
    switch content {
    case .scalar(let text, _): return [text]
    case .map: throw SyntaxFault(line, "values must be scalars or lists")
    case .list(let elements):
      var texts: [String] = []
      for element in elements { texts += try element.flattenedTexts() }
      return texts
    }
  }

  /// The shape of a nested list: a scalar is `[]`, three scalars are `[3]`.
  func nestedShape() throws(SyntaxFault) -> Shape {
    guard let elements else { return [] }
    guard let first = elements.first else { return [0] }
    let inner = try first.nestedShape()
    for element in elements where try element.nestedShape() != inner {
      throw SyntaxFault(element.line, "the rows of a nested list must have one length")
    }
    return [elements.count] + inner
  }

  /// `first`, `middle`, `last` or an index.
  func lanePosition() throws(SyntaxFault) -> Fill.LanePosition {
    switch text {
    case "first"?: return .first
    case "middle"?: return .middle
    case "last"?: return .last
    default:
      guard let text, let index = Int(text) else {
        throw SyntaxFault(line, "a position is first, middle, last or an index")
      }
      return .at(index)
    }
  }
}

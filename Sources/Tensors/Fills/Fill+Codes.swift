import NumericFormats

extension Fill {
  /// Fills that enumerate or draw codes of the element type.
  func codeElements(
    _ site: FillSite, _ random: inout CounterRandom
  ) throws(FillError) -> FillElements {
    if case .specials = self, site.type == .string {
      let all = SpecialStrings.all
      return .strings((0..<site.count).map { all[$0 % all.count] })
    }
    if case .complex = site.type.meaning { throw .wrongType(fill: name, type: site.type) }
    guard site.type != .string else { throw .wrongType(fill: name, type: .string) }
    switch self {
    case .everyCode:
      guard site.type.bitWidth <= 16 else { throw .wrongType(fill: name, type: site.type) }
      let codes = codeCount(site.type)
      return .codes((0..<site.count).map { UInt64($0 % codes) })
    case .codes: return .codes((0..<site.count).map { _ in finiteCode(site.type, &random) })
    case .specials:
      let codes = try specialCodes(site.type)
      return .codes((0..<site.count).map { codes[$0 % codes.count] })
    case .binades(let per):
      guard let format = site.type.floatFormat else {
        throw .wrongType(fill: name, type: site.type)
      }
      guard per > 0 else { throw .parameter(fill: name, reason: "per must be positive") }
      let sweep = BinadeSweep(format: format, per: per)
      return .codes((0..<site.count).map { sweep.code($0, of: site.count, &random) })
    case .halfway(let target): return .codes(try HalfwayPoints(site, target).codes(&random))
    default: throw .wrongType(fill: "this fill", type: site.type)
    }
  }

  private var name: String {
    switch self {
    case .everyCode: "every-code"
    case .codes: "codes"
    case .specials: "specials"
    case .binades: "binades"
    case .halfway: "halfway"
    default: "fill"
    }
  }

  /// The number of codes of a type of at most 16 bits.
  func codeCount(_ type: ElementType) -> Int { type == .bool ? 2 : 1 << type.bitWidth }

  private func finiteCode(_ type: ElementType, _ random: inout CounterRandom) -> UInt64 {
    let word = random.nextWord()
    guard let format = type.floatFormat else {
      return type == .bool ? word >> 63 : word >> UInt64(64 - type.bitWidth)
    }
    let greatest = format.encode(format.greatestFinite)
    let magnitude = word.multipliedFullWidth(by: greatest + 1).high
    let negative = format.isSigned && word & 1 == 1 && (magnitude > 0 || format.hasNegativeZero)
    return magnitude | (negative ? 1 << UInt64(format.bitWidth - 1) : 0)
  }

  /// The values of a type at which implementations go wrong.
  func specialCodes(_ type: ElementType) throws(FillError) -> [UInt64] {
    let names: [String]
    switch type.meaning {
    case .float(let format):
      let signed = ["0", "max", "smallest-normal", "smallest-subnormal", "1"]
      names =
        (format.hasNaN ? ["nan"] : []) + (format.hasInfinity ? ["inf", "-inf"] : [])
        + signed.filter { format.isSigned || $0 != "0" }
        + (format.isSigned ? signed.map { "-" + $0 } : [])
    case .integer(_, let signed): names = ["min", "max", "0", "1"] + (signed ? ["-1"] : [])
    case .bool: names = ["false", "true"]
    case .string, .complex: throw .wrongType(fill: "specials", type: type)
    }
    var codes: [UInt64] = []
    for name in names where type.bitWidth > 2 || name != "1" {
      codes.append(try FillValue(name).code(in: type))
    }
    return codes
  }
}

/// Points spread over all binades of a float format.
struct BinadeSweep {
  let format: FloatFormat
  /// Points per binade, at least 1.
  let per: Int

  init(format: FloatFormat, per: Int) {
    self.format = format
    self.per = min(max(per, 1), 1 << 20)
  }

  private var lowest: Int { format.minExponent - (format.precision - 1) }
  private var points: Int { (format.maxExponent - lowest + 1) * per }
  /// The number of points with both signs.
  var count: Int { points * (format.isSigned ? 2 : 1) }

  /// The index-th of `total` points, spread evenly when there are fewer than `count`.
  func code(_ index: Int, of total: Int, _ random: inout CounterRandom) -> UInt64 {
    let place = total < count ? index * count / total : index % count
    let (negative, point) = format.isSigned ? (place & 1 == 1, place / 2) : (false, place)
    let binade = powerOfTwo(lowest + point / per)
    let step = powerOfTwo(1 - format.precision)
    // The ends of the binade first, then random fractions.
    let fraction: Double =
      switch point % per {
      case 0: 0
      case 1: 1 - step
      default: (random.nextUnit() / step).rounded(.down) * step
      }
    let value = min(binade * (1 + fraction), format.greatestFinite)
    return format.encode(negative ? -value : value)
  }
}

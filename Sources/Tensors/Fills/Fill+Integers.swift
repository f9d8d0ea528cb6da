import NumericFormats

extension Fill {
  /// Fills whose values are integers, or integer multiples of a step.
  func integerElements(
    _ site: FillSite, _ random: inout CounterRandom
  ) throws(FillError) -> FillElements {
    switch self {
    case .integers(let low, let high):
      let range = try site.drawable(low, high)
      return .integers(site.draw { Int128(random.nextInteger(in: range)) })
    case .exact(let magnitude, let scale):
      guard magnitude >= 0, magnitude < Int64.max else {
        throw .parameter(fill: "exact", reason: "the magnitude must not be negative")
      }
      let range = (site.isSigned ? -magnitude : 0)...magnitude
      return site.scaled(site.draw { Int128(random.nextInteger(in: range)) }, by: scale)
    case .signs:
      let negative: Int128 = site.isSigned ? -1 : 0
      return .integers(site.draw { random.nextWord() >> 63 == 0 ? 1 : negative })
    case .bools(let density):
      return .integers(site.draw { random.nextUnit() < density ? 1 : 0 })
    case .ties(let levels):
      guard levels > 0 else { throw .parameter(fill: "ties", reason: "levels must be positive") }
      let low = site.isSigned ? -Int64(levels / 2) : 0
      let range = low...(low + Int64(levels) - 1)
      return .integers(site.draw { Int128(random.nextInteger(in: range)) })
    case .permutation:
      var values: [Int128] = []
      while values.count < site.scalarCount {
        values += Self.shuffled(min(site.lane, site.scalarCount - values.count), &random)
      }
      return .integers(values)
    case .distinct(let gap):
      let centre = site.isSigned ? Int128(site.scalarCount / 2) : 0
      let order = Self.shuffled(site.scalarCount, &random)
      return site.scaled(order.map { $0 - centre }, by: gap)
    default: throw .wrongType(fill: "this fill", type: site.type)
    }
  }

  /// 0 ..< count in random order (Fisher–Yates).
  static func shuffled(_ count: Int, _ random: inout CounterRandom) -> [Int128] {
    var order = (0..<count).map { Int128($0) }
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(random.nextInteger(in: 0...Int64(last))))
    }
    return order
  }
}

extension FillSite {
  func draw(_ next: () -> Int128) -> [Int128] { (0..<scalarCount).map { _ in next() } }

  func scaled(_ values: [Int128], by scale: Double) -> FillElements {
    scale == 1 ? .integers(values) : .reals(values.map { Self.real($0) * scale })
  }

  /// The part of a closed range that the type can hold.
  func drawable(_ low: Int64, _ high: Int64) throws(FillError) -> ClosedRange<Int64> {
    var (low, high) = (Int128(low), Int128(high))
    if case .integer(let bits, let signed) = type.meaning {
      let range = IntegerRange(bits: bits, signed: signed)
      (low, high) = (max(low, range.lowest), min(high, range.highest))
    }
    guard low <= high, let low = Int64(exactly: low), let high = Int64(exactly: high) else {
      throw .parameter(fill: "integers", reason: "no value of \(type.name) lies in the range")
    }
    return low...high
  }

  /// The linear index, or its scramble, as an injective value.
  func linear(scrambled: Bool) -> FillElements {
    switch type.meaning {
    case .bool:
      // Parity of the bits: no period that a transposition or a tile could hide in.
      let flip: Int128 = scrambled ? 1 : 0
      return .integers((0..<count).map { Int128($0.nonzeroBitCount & 1) ^ flip })
    case .string:
      return .strings((0..<count).map { "\(Self.position($0, of: 1 << 32, scrambled))" })
    case .integer(let bits, _):
      return .codes(
        (0..<count).map { Self.position($0, of: bits == 64 ? 0 : 1 << UInt64(bits), scrambled) })
    case .float(let format) where format.bitWidth <= 8:
      let finite = format.finiteCodes
      let order = scrambled ? finite.reversed() : finite
      return .codes((0..<count).map { order[$0 % order.count] })
    case .float(let format), .complex(let format):
      let half = UInt64(1) << UInt64(format.precision)
      return .integers(
        (0..<scalarCount).map {
          let position = Self.position($0, of: 2 * half, scrambled)
          return position <= half ? Int128(position) : Int128(half) - Int128(position)
        })
    }
  }

  /// The index modulo a power of two (0: 2^64), or an odd multiple of it, which is injective too.
  private static func position(_ index: Int, of modulus: UInt64, _ scrambled: Bool) -> UInt64 {
    let word = UInt64(index)
    return (scrambled ? word &* 0x9E37_79B1 &+ 0x2545_F491 : word) & (modulus &- 1)
  }
}

extension FloatFormat {
  /// The finite codes: zero and the positive values, then the negative values.
  var finiteCodes: [UInt64] {
    let greatest = encode(greatestFinite)
    let sign = UInt64(1) << UInt64(bitWidth - 1)
    return Array(0...greatest) + (isSigned ? (1...greatest).map { $0 | sign } : [])
  }
}

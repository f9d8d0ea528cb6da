import NumericFormats

/// Ties between neighbouring values of a narrower type, with the source values around them.
struct HalfwayPoints {
  private let source: FloatFormat
  private let target: ElementType
  private let count: Int

  /// Throws when the source is not a float type.
  init(_ site: FillSite, _ target: ElementType) throws(FillError) {
    guard let source = site.type.floatFormat else {
      throw .wrongType(fill: "halfway", type: site.type)
    }
    (self.source, self.target, count) = (source, target, site.count)
  }

  /// Triples (one step below, tie, one step above) with random signs; the limits come first.
  func codes(_ random: inout CounterRandom) throws(FillError) -> [UInt64] {
    let limits = try self.limits
    var codes: [UInt64] = []
    codes.reserveCapacity(count + 2)
    while codes.count < count {
      let triple = codes.count / 3
      let tie = triple < limits.count ? limits[triple] : try drawn(&random)
      let code = source.encode(tie.magnitude)
      guard source.decode(code) == tie.magnitude, code > 0 else {
        throw .parameter(
          fill: "halfway", reason: "\(source.name) cannot hold the ties of \(target.name)")
      }
      let negative = random.nextWord() >> 63 == 1 && isSigned
      let sign = negative || tie < 0 ? UInt64(1) << UInt64(source.bitWidth - 1) : 0
      codes += [(code - 1) | sign, code | sign, (code + 1) | sign]
    }
    return Array(codes.prefix(count))
  }

  private var isSigned: Bool {
    switch target.meaning {
    case .integer(_, let signed): signed
    case .float(let format): format.isSigned
    case .bool, .string, .complex: false
    }
  }

  /// The overflow threshold, the underflow threshold, the border of the subnormals, and near one.
  private var limits: [Double] {
    get throws(FillError) {
      switch target.meaning {
      case .float(let format):
        let greatest = format.encode(format.greatestFinite)
        let last = format.greatestFinite - format.decode(greatest - 1)
        let border = format.encode(format.smallestNormal)
        let tiny = border > 0 ? [middle(format, border - 1)] : []
        return [format.greatestFinite + last / 2, middle(format, 0)] + tiny
          + [middle(format, border), middle(format, format.encode(1))]
      case .integer(let bits, let signed):
        let range = IntegerRange(bits: bits, signed: signed)
        let ends = signed ? [Double(range.lowest) - 0.5, Double(range.lowest) + 0.5] : [-0.5]
        let all = [Double(range.highest) - 0.5, Double(range.highest) + 0.5] + ends
        // Wide integers have limits without neighbours at a half; those are left out.
        return all.filter { source.round($0) == $0 && $0 != $0.rounded() } + [0.5, 1.5, 2.5]
      case .bool, .string, .complex:
        throw .parameter(fill: "halfway", reason: "\(target.name) has no ties")
      }
    }
  }

  private func drawn(_ random: inout CounterRandom) throws(FillError) -> Double {
    switch target.meaning {
    case .float(let format):
      let greatest = format.encode(format.greatestFinite)
      return middle(format, random.nextWord().multipliedFullWidth(by: greatest).high)
    case .integer(let bits, let signed):
      // Halves exist below 2^(p - 1) only.
      let width = min(signed ? bits - 1 : bits, source.precision - 1)
      return Double(random.nextWord() >> UInt64(64 - width)) + 0.5
    case .bool, .string, .complex:
      throw .parameter(fill: "halfway", reason: "\(target.name) has no ties")
    }
  }

  /// The point half-way between two neighbouring non-negative values; exact.
  private func middle(_ format: FloatFormat, _ code: UInt64) -> Double {
    let (low, high) = (format.decode(code), format.decode(code + 1))
    return low + (high - low) / 2
  }
}

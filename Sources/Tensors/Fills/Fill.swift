/// A rule that gives every element of a tensor its value.
///
/// Only integer arithmetic and the basic IEEE 754 operations are used, so that any language
/// reproduces the elements bit for bit from the key of the random stream. Every value is rounded
/// once to the element type; a finite value beyond the type's range stops at its end.
package enum Fill: Hashable, Sendable {
  case zeros
  case ones
  /// One value everywhere.
  case constant(FillValue)
  /// A list, repeated until the tensor is full.
  case values([FillValue])
  /// The linear index; injective up to the number of values of the type.
  case linear
  /// A second injective map of the linear index.
  case linear2
  /// sigma · n + shift, n standard normal within ±6.
  case normal(sigma: Double, shift: Double)
  /// Uniform in [low, high).
  case uniform(low: Double, high: Double)
  /// Uniform integers in the closed range, cut to the type's range.
  case integers(low: Int64, high: Int64)
  /// scale · k, k a uniform integer in [-magnitude, magnitude] (unsigned: [0, magnitude]).
  case exact(magnitude: Int64, scale: Double)
  /// +1 or -1 (unsigned: 0 or 1).
  case signs
  /// 1 with the given probability, else 0.
  case bools(density: Double)
  /// A permutation of 0 ..< n in each row along the last axis.
  case permutation
  /// Distinct multiples of the gap, in random order.
  case distinct(gap: Double)
  /// A few distinct consecutive integers, each many times.
  case ties(levels: Int)
  /// Standard normal with a few peaks of the given height in each row along the last axis.
  case peaked(peaks: Int, height: Double)
  /// ±m · 2^e, m in [1, 2), e uniform in low ... high.
  case wide(low: Int, high: Int)
  /// Normal values sorted in each row along the last axis.
  case sorted(descending: Bool, sigma: Double)
  /// Pairs a, -a + small · n: the partial sums stay far below the terms.
  case cancelling(sigma: Double, small: Double)
  /// Standard normal with one value `factor` in each row along the last axis.
  case dominant(factor: Double, at: LanePosition?)
  /// Rows of cosines or sines: row p, column i holds that of p turns by θ_i, tan(θ_i/2) = 2^-(i+1).
  case rotation(sine: Bool)
  /// All codes of a type of at most 16 bits in order, repeated.
  case everyCode
  /// Uniform over the finite codes of the type.
  case codes
  /// The special values of the type in turn.
  case specials
  /// `per` points in every binade of a float type, subnormal ones included, with both signs.
  case binades(per: Int)
  /// Ties of a narrower type, one step below and above each, and its limits.
  case halfway(to: ElementType)
  /// Random strings, some empty, some outside ASCII.
  case words

  /// A position along one row.
  package enum LanePosition: Hashable, Sendable {
    case first, middle, last
    case at(Int)

    /// The offset in a row of the given length; nil when it lies outside.
    func offset(in length: Int) -> Int? {
      guard length > 0 else { return nil }
      return switch self {
      case .first: 0
      case .middle: length / 2
      case .last: length - 1
      case .at(let index):
        index >= 0
          ? (index < length ? index : nil) : (index >= -length ? index + length : nil)
      }
    }
  }
}

extension Fill {
  /// The number of elements that shows everything this fill has to show; nil when any will do.
  package func naturalCount(type: ElementType) -> Int? {
    switch self {
    case .values(let list): return list.count
    case .everyCode: return type.bitWidth <= 16 && type.bitWidth > 0 ? codeCount(type) : nil
    case .specials: return (try? specialCodes(type))?.count ?? SpecialStrings.all.count
    case .binades(let per):
      return type.floatFormat.map { BinadeSweep(format: $0, per: per).count }
    case .halfway: return 192
    case .constant, .zeros, .ones: return 1
    case .linear, .linear2, .normal, .uniform, .integers, .exact, .signs, .bools, .permutation,
      .distinct, .ties, .peaked, .wide, .sorted, .cancelling, .dominant, .rotation, .codes,
      .words:
      return nil
    }
  }

  /// The elements of a tensor.
  ///
  /// `grid` rounds real values to a narrower format first, so that they are exact in every type
  /// of a mixed-type case. Throws when the fill has no meaning for the type.
  package func tensor(
    type: ElementType, shape: Shape, key: (UInt64, UInt64), grid: ElementType? = nil
  ) throws(FillError) -> Tensor {
    guard let count = shape.elementCount, type.byteCount(of: count) != nil || type == .string
    else { throw .shape(shape) }
    let site = FillSite(
      type: type, count: count, lane: max(shape.last ?? 1, 1), grid: grid?.floatFormat)
    var random = CounterRandom(key: key)
    let elements = try elements(site, &random)
    guard let tensor = try site.tensor(elements, shape: shape) else { throw .shape(shape) }
    return tensor
  }

  private func elements(
    _ site: FillSite, _ random: inout CounterRandom
  ) throws(FillError) -> FillElements {
    switch self {
    case .zeros: .integers(Array(repeating: 0, count: site.scalarCount))
    case .ones: .integers(Array(repeating: 1, count: site.scalarCount))
    case .constant(let value): try site.listed([value])
    case .values(let list): try site.listed(list)
    case .linear: site.linear(scrambled: false)
    case .linear2: site.linear(scrambled: true)
    case .integers, .exact, .signs, .bools, .permutation, .distinct, .ties:
      try integerElements(site, &random)
    case .normal, .uniform, .peaked, .wide, .sorted, .cancelling, .dominant, .rotation:
      .reals(try realElements(site, &random))
    case .everyCode, .codes, .specials, .binades, .halfway:
      try codeElements(site, &random)
    case .words: .strings(SpecialStrings.words(count: site.count, &random))
    }
  }
}

/// Elements before they are rounded to the type of the tensor.
enum FillElements {
  case reals([Double])
  case integers([Int128])
  case codes([UInt64])
  case strings([String])
}

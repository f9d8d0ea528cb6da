import CPUBackend
import Tensors

/// How running sums are computed.
enum Scan: String, CaseIterable, Sendable {
  /// One after the other.
  case sequential
  /// Blocks of 16 of their own, then the sums of the blocks before are added.
  case blocked
  /// Every element adds the one 1, 2, 4 … places before it.
  case hillisSteele = "hillis-steele"
  /// A tree of sums upwards, then prefixes downwards.
  case blelloch

  /// The operator CumSum.
  var cumSum: Computation {
    .firstOutput { call, _ throws(KernelError) in
      try cumSum(call)
    } double: { call, _ throws(KernelError) in
      try cumSum(call)
    }
  }

  private func cumSum<Number: Real>(_ call: Call) throws(KernelError) -> [Number] {
    let x = try call.tensor(0)
    let axis = try Axes.normalised(
      try call.integers(1)?.first ?? 0, rank: x.shape.count)
    let lanes = Lanes(x.shape, axes: [axis])
    let isExclusive = try call.flag("exclusive", default: false)
    let isReversed = try call.flag("reverse", default: false)
    return try Reduction.mapping(x, lanes: lanes) { (row: [Number]) in
      var sums = inclusive(isReversed ? row.reversed() : row)
      if isExclusive, !sums.isEmpty { sums = [0] + sums.dropLast() }
      return isReversed ? sums.reversed() : sums
    }
  }

  /// Running sums that contain the element itself.
  func inclusive<Number: Real>(_ terms: [Number]) -> [Number] {
    switch self {
    case .sequential: Self.running(terms)
    case .blocked: Self.blocks(terms)
    case .hillisSteele: Self.doubling(terms)
    case .blelloch: zip(Self.exclusiveTree(terms), terms).map { $0 + $1 }
    }
  }

  private static func running<Number: Real>(_ terms: [Number]) -> [Number] {
    var sum: Number = 0
    return terms.map { term in
      sum += term
      return sum
    }
  }

  private static func blocks<Number: Real>(_ terms: [Number]) -> [Number] {
    var before: Number = 0
    var result: [Number] = []
    for start in stride(from: 0, to: terms.count, by: 16) {
      let block = running(Array(terms[start..<min(start + 16, terms.count)]))
      result += start == 0 ? block : block.map { before + $0 }
      before = result.last ?? 0
    }
    return result
  }

  /// W. D. Hillis and G. L. Steele, "Data parallel algorithms", 1986.
  private static func doubling<Number: Real>(_ terms: [Number]) -> [Number] {
    var (sums, distance) = (terms, 1)
    while distance < sums.count {
      sums = sums.indices.map { $0 < distance ? sums[$0] : sums[$0] + sums[$0 - distance] }
      distance *= 2
    }
    return sums
  }

  /// G. E. Blelloch, "Prefix sums and their applications", 1990: sums without the element itself.
  private static func exclusiveTree<Number: Real>(_ terms: [Number]) -> [Number] {
    guard terms.count > 1 else { return terms.map { _ in 0 } }
    let pairs = stride(from: 0, to: terms.count, by: 2).map { index in
      index + 1 < terms.count ? terms[index] + terms[index + 1] : terms[index]
    }
    let before = exclusiveTree(pairs)
    return terms.indices.map { index in
      index % 2 == 0 ? before[index / 2] : before[index / 2] + terms[index - 1]
    }
  }
}

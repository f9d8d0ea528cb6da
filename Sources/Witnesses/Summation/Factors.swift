import CPUBackend

/// What becomes of the factors of products before they are multiplied.
enum Factors: Hashable, Sendable {
  case unchanged
  /// Rounded to so many significant bits with the range of binary32.
  case rounded(bits: Int)
  /// Split in three bfloat16 numbers whose sum they are; the six largest products are summed.
  case split

  /// The factors as they are multiplied.
  func prepared<Number: Real>(_ values: [Number]) -> [Number] {
    switch self {
    case .unchanged, .split: values
    case .rounded(let bits): values.map { $0.rounded(toBits: bits) }
    }
  }
}

/// A list of numbers as three lists of 8-bit numbers that add up to it.
struct ThreePieces<Number: Real> {
  let first: [Number]
  let second: [Number]
  let third: [Number]

  init(_ values: [Number]) {
    var lists: [[Number]] = []
    var rest = values
    for _ in 0..<3 {
      let piece = rest.map { $0.rounded(toBits: 8) }
      rest = zip(rest, piece).map { $0 - $1 }
      lists.append(piece)
    }
    (first, second, third) = (lists[0], lists[1], lists[2])
  }
}

import Tensors

/// In which order the terms of a sum are added.
enum SummationOrder: Hashable, Sendable {
  /// First to last.
  case sequential
  /// Last to first.
  case reversed
  /// All terms at even positions, then those at odd ones.
  case oddEven
  /// As many interleaved partial sums as lanes, joined pairwise.
  case lanes(Int)
  /// Partial sums of so many neighbouring terms, joined one after the other.
  case blocks(Int)
  /// So many partial sums over equal parts, joined one after the other (split-K).
  case parts(Int)
  /// Halves of halves.
  case pairwise
  /// First to last with the rounding error of every addition carried along.
  case compensated
  /// A random order.
  case permuted(seed: UInt64)
}

/// The partial sums that make up a sum: positions of terms, in the order they are added.
struct SummationPlan: Sendable {
  let chains: [[Int]]
  /// Whether partial sums are joined as halves of halves, not one after the other.
  let joinsPairwise: Bool
  let isCompensated: Bool

  init(_ order: SummationOrder, count: Int) {
    let all = Array(0..<count)
    isCompensated = order == .compensated
    switch order {
    case .sequential, .compensated: (chains, joinsPairwise) = ([all], false)
    case .reversed: (chains, joinsPairwise) = ([all.reversed()], false)
    case .oddEven:
      let halves = [0, 1].map { first in all.filter { $0 % 2 == first } }
      (chains, joinsPairwise) = ([halves[0] + halves[1]], false)
    case .lanes(let lanes):
      let strided = (0..<lanes).map { Array(stride(from: $0, to: count, by: lanes)) }
      (chains, joinsPairwise) = (strided, true)
    case .blocks(let length):
      (chains, joinsPairwise) = (Self.blocks(count, length: length), false)
    case .parts(let parts):
      let length = (count + parts - 1) / parts
      (chains, joinsPairwise) = (Self.blocks(count, length: max(1, length)), false)
    case .pairwise: (chains, joinsPairwise) = (all.map { [$0] }, true)
    case .permuted(let seed):
      (chains, joinsPairwise) = ([Self.permutation(count, seed: seed)], false)
    }
  }

  private static func blocks(_ count: Int, length: Int) -> [[Int]] {
    stride(from: 0, to: count, by: length).map { Array($0..<min($0 + length, count)) }
  }

  /// The shuffle of R. A. Fisher and F. Yates.
  private static func permutation(_ count: Int, seed: UInt64) -> [Int] {
    var random = CounterRandom(key: (seed, UInt64(count)))
    var positions = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      positions.swapAt(last, Int(random.nextInteger(in: 0...Int64(last))))
    }
    return positions
  }
}

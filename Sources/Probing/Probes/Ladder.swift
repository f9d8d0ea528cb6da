import Tensors

/// The numbers that probes are made of.
package enum Ladder {
  /// Odd integers of exactly `width` bits, the same ones on every call.
  package static func oddIntegers(width: Int, count: Int) -> [Double] {
    var random = CounterRandom(key: (0x5072_6F62, UInt64(width)))
    let top = Int64(1) << Int64(width - 1)
    return (0..<count).map { _ in
      let middle = random.nextInteger(in: 0...(top - 1)) & ~1
      return Double(top + middle + 1)
    }
  }

  /// The widths for values of so many bits.
  package static func widths(precision: Int) -> [Int] { Array(4...max(4, precision)) }
}

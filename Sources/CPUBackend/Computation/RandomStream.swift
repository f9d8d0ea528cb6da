import Glibc
import Tensors

/// Random numbers for the operators whose results the standard gives only in distribution.
struct RandomStream {
  private var source: CounterRandom
  /// The second of a pair of normal numbers, while it is not used.
  private var spare: Double?

  /// A stream that `seed` of the call decides, or another one in every run when it is left out.
  ///
  /// - Parameter name: The operator, so that two operators with one seed do not share numbers.
  init(_ call: Call, name: String) throws(KernelError) {
    var entropy = SystemRandomNumberGenerator()
    let seed = try Self.seed(call.attributes)
    // FNV-1a of the name.
    let salt = name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    source = CounterRandom(key: (seed ?? entropy.next(), salt))
  }

  /// The generators have a float as their seed, Dropout an integer.
  private static func seed(_ attributes: Attributes) throws(KernelError) -> UInt64? {
    if let number = attributes.values["seed"]?.intValue { return UInt64(bitPattern: number) }
    return try attributes.float("seed").map { UInt64($0.bitPattern) }
  }

  /// A uniform multiple of 2^-53 in [0, 1).
  mutating func nextUnit() -> Double { source.nextUnit() }

  /// A normal number with mean 0 and variance 1 (Box–Muller), at most 8.6 in magnitude.
  mutating func nextNormal() -> Double {
    if let number = spare {
      spare = nil
      return number
    }
    // In (0, 1], so that the logarithm is finite.
    let radius = (-2 * log(1 - source.nextUnit())).squareRoot()
    let angle = 2 * Double.pi * source.nextUnit()
    spare = radius * sin(angle)
    return radius * cos(angle)
  }
}

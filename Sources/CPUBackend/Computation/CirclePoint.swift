import Glibc

/// Cosine and sine of fractions of a turn, from angles of at most a quarter turn.
package enum CirclePoint {
  /// cos(2πn/N) for any n and a positive N below 2^60.
  package static func cosine(_ n: Int, of period: Int) -> Double {
    let part = n % period
    let positive = part < 0 ? part + period : part
    let half = min(positive, period - positive)
    // Beyond a quarter turn the cosine is the negative one of what is left to the half turn.
    if 4 * half > period {
      return -Glibc.cos(.pi * Double(period - 2 * half) / Double(period))
    }
    return 4 * half == period ? 0 : Glibc.cos(2 * .pi * Double(half) / Double(period))
  }

  /// sin(2πn/N): the cosine a quarter turn back.
  package static func sine(_ n: Int, of period: Int) -> Double {
    cosine(4 * (n % period) - period, of: 4 * period)
  }
}

import CPUKernels
import Glibc
import Testing

@Suite("Exponential function")
struct ExponentialTests {
  private func exponentials(_ x: [Float], on table: ck_table) -> [Float] {
    let y = GuardedBuffer(count: x.count, filler: Float.nan)
    table.exp_f32(x, y.start, x.count)
    return y.elements
  }

  /// 64 points per binade of each sign over all finite arguments, subnormal ones included.
  private static let arguments: [Float] = {
    var result: [Float] = []
    for exponent in UInt32(0)...254 {
      for step in UInt32(0)..<64 {
        // An odd stride through the significand, so that low bits vary too.
        let bits = exponent << 23 | (step << 17 | step &* 2011)
        result += [Float(bitPattern: bits), -Float(bitPattern: bits)]
      }
    }
    return result
  }()

  @Test("The error is at most one unit in the last place, also of subnormal results")
  func accuracy() {
    for table in KernelLibrary.tables {
      var worst = 0.0
      for (x, y) in zip(Self.arguments, exponentials(Self.arguments, on: table)) {
        // The C library's double function is 2^29 times as precise.
        let exact = Glibc.exp(Double(x))
        let nearest = Float(exact)
        if nearest.isInfinite || nearest == 0 {
          // Rounding decides at the edges; the neighbour is one unit away.
          #expect(y == nearest || y == nearest.nextTowardZero || y == nearest.nextUp, "exp(\(x))")
          continue
        }
        worst = max(worst, abs(Double(y) - exact) / Double(nearest.ulp))
      }
      #expect(worst <= 1, "\(table.title)")
      #expect(worst > 0.4, "an error this small means that nothing was compared")
    }
  }

  @Test(
    "Special values",
    arguments: [
      (Float.infinity, Float.infinity), (-Float.infinity, 0), (0, 1), (-0.0, 1),
      (Float.greatestFiniteMagnitude, .infinity), (-Float.greatestFiniteMagnitude, 0),
      // ln(max) = 88.72283...: the last finite result and the first infinite one.
      (0x1.62e42ep+6, 0x1.ffff08p+127), (0x1.62e430p+6, .infinity),
      // ln(2^-150) = -103.9720770...: above it the smallest subnormal, below it zero.
      (-0x1.9fe368p+6, 0x1p-149), (-0x1.9fe36ap+6, 0),
    ] as [(Float, Float)])
  func specialValues(_ x: Float, _ expected: Float) {
    for table in KernelLibrary.tables {
      #expect(exponentials([x], on: table) == [expected], "exp(\(x)) on \(table.title)")
    }
  }

  @Test("NaN gives a quiet NaN")
  func notANumber() {
    for table in KernelLibrary.tables {
      for y in exponentials([.nan, -.nan, .signalingNaN], on: table) {
        #expect(y.isNaN && !y.isSignalingNaN)
      }
    }
  }

  @Test("The result never decreases around a power of two of the reduction")
  func monotonicAtSeams() {
    // Odd multiples of ln 2 / 2 are where the reduced argument changes sign.
    let seams = stride(from: -149, through: 127, by: 2).map {
      Float(Double($0) * 0x1.62e42fefa39efp-2)
    }
    for table in KernelLibrary.tables {
      for seam in seams {
        let y = exponentials([seam.nextDown, seam, seam.nextUp], on: table)
        #expect(y[0] <= y[1].nextUp && y[1] <= y[2].nextUp, "near \(seam) on \(table.title)")
      }
    }
  }
}

extension Float {
  /// The neighbour with the smaller magnitude.
  fileprivate var nextTowardZero: Float { self > 0 ? nextDown : nextUp }
}

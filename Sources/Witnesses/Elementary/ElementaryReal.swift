import CPUBackend
import Glibc

/// A compute type with the C library's functions beyond those of `Real`.
protocol ElementaryReal: Real {
  static func exp2(_ x: Self) -> Self
  static func expm1(_ x: Self) -> Self
  static func sin(_ x: Self) -> Self
  static func cos(_ x: Self) -> Self
  static func erf(_ x: Self) -> Self
  static func erfc(_ x: Self) -> Self
}

extension Float: ElementaryReal {
  static func exp2(_ x: Float) -> Float { exp2f(x) }
  static func expm1(_ x: Float) -> Float { expm1f(x) }
  static func sin(_ x: Float) -> Float { sinf(x) }
  static func cos(_ x: Float) -> Float { cosf(x) }
  static func erf(_ x: Float) -> Float { erff(x) }
  static func erfc(_ x: Float) -> Float { erfcf(x) }
}

extension Double: ElementaryReal {
  static func exp2(_ x: Double) -> Double { Glibc.exp2(x) }
  static func expm1(_ x: Double) -> Double { Glibc.expm1(x) }
  static func sin(_ x: Double) -> Double { Glibc.sin(x) }
  static func cos(_ x: Double) -> Double { Glibc.cos(x) }
  static func erf(_ x: Double) -> Double { Glibc.erf(x) }
  static func erfc(_ x: Double) -> Double { Glibc.erfc(x) }
}

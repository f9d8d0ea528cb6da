import Glibc
import NumericFormats

/// The floating-point types that operators compute in: `Float` for types of up to 32 bits and
/// `Double` for float64, with the elementary functions of the C library.
package protocol Real: BinaryFloatingPoint, BitwiseCopyable, Sendable {
  static func exp(_ x: Self) -> Self
  static func log(_ x: Self) -> Self
  static func tanh(_ x: Self) -> Self
  static func sqrt(_ x: Self) -> Self
  static func pow(_ x: Self, _ y: Self) -> Self
  /// The value rounded once to binary32.
  var single: Float { get }
  /// The value as binary64, exactly.
  var double: Double { get }
  /// The value rounded once to binary16.
  var half: Float16 { get }
  /// The code of the value rounded once to bfloat16.
  var bfloat16Code: UInt16 { get }
}

extension Float: Real {
  package static func exp(_ x: Float) -> Float { expf(x) }
  package static func log(_ x: Float) -> Float { logf(x) }
  package static func tanh(_ x: Float) -> Float { tanhf(x) }
  package static func sqrt(_ x: Float) -> Float { x.squareRoot() }
  package static func pow(_ x: Float, _ y: Float) -> Float { powf(x, y) }
  package var single: Float { self }
  package var double: Double { Double(self) }
  package var half: Float16 { Float16(self) }
  package var bfloat16Code: UInt16 {
    guard !isNaN else { return 0x7FC0 }
    // Adding half an ulp less one, plus the last kept bit, rounds ties to even.
    let bits = bitPattern
    return UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
  }
}

extension Double: Real {
  package static func exp(_ x: Double) -> Double { Glibc.exp(x) }
  package static func log(_ x: Double) -> Double { Glibc.log(x) }
  package static func tanh(_ x: Double) -> Double { Glibc.tanh(x) }
  package static func sqrt(_ x: Double) -> Double { x.squareRoot() }
  package static func pow(_ x: Double, _ y: Double) -> Double { Glibc.pow(x, y) }
  package var single: Float { Float(self) }
  package var double: Double { self }
  package var half: Float16 { Float16(self) }
  package var bfloat16Code: UInt16 {
    UInt16(truncatingIfNeeded: FloatFormat.bf16.encode(self))
  }
}

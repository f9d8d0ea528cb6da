import CPUBackend

/// Binary16 as a compute type: every step is rounded to it, functions are binary32's rounded once.
extension Float16: ElementaryReal {
  static func exp2(_ x: Float16) -> Float16 { Float16(Float.exp2(Float(x))) }
  static func expm1(_ x: Float16) -> Float16 { Float16(Float.expm1(Float(x))) }
  static func sin(_ x: Float16) -> Float16 { Float16(Float.sin(Float(x))) }
  static func cos(_ x: Float16) -> Float16 { Float16(Float.cos(Float(x))) }
  static func erf(_ x: Float16) -> Float16 { Float16(Float.erf(Float(x))) }
  static func erfc(_ x: Float16) -> Float16 { Float16(Float.erfc(Float(x))) }
}

extension Float16: Real {
  package static func exp(_ x: Float16) -> Float16 { Float16(Float.exp(Float(x))) }
  package static func log(_ x: Float16) -> Float16 { Float16(Float.log(Float(x))) }
  package static func tanh(_ x: Float16) -> Float16 { Float16(Float.tanh(Float(x))) }
  package static func sqrt(_ x: Float16) -> Float16 { x.squareRoot() }
  package static func pow(_ x: Float16, _ y: Float16) -> Float16 {
    Float16(Float.pow(Float(x), Float(y)))
  }
  package var single: Float { Float(self) }
  package var double: Double { Double(self) }
  package var half: Float16 { self }
  package var bfloat16Code: UInt16 { Float(self).bfloat16Code }
}

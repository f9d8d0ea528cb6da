import NumericFormats
import Tensors

/// Faults in special values and codes that enter.
extension FaultFamily {
  var inputSpecials: [Fault] {
    floatInputs + integerInputs + [
      input("nibbles-swapped-in", .special, 83, "packed pairs of inputs have changed places") {
        $0.tensor.swappingNibbles()
      },
      input(
        "zero-point-ignored", .special, 82, "zero points are taken for zero",
        of: { $0.isInteger }, where: { _, name in name.hasSuffix("zero_point") }
      ) { operand in
        operand.tensor.mappingIntegers { _ in 0 }
      },
      input(
        "zero-point-negated", .special, 82, "zero points have the wrong sign",
        of: { $0.isInteger }, where: { _, name in name.hasSuffix("zero_point") }
      ) { operand in
        operand.tensor.mappingIntegers { -$0 }
      },
    ]
  }

  private var floatInputs: [Fault] {
    [
      values("nan-inputs-zero", 55, "NaN inputs are zero") { value, _ in value.isNaN ? 0 : value },
      values("nan-inputs-smallest", 56, "NaN inputs lose every comparison") { value, _ in
        value.isNaN ? -.infinity : value
      },
      values("nan-inputs-largest", 56, "NaN inputs win every comparison") { value, _ in
        value.isNaN ? .infinity : value
      },
      values("infinite-inputs-largest", 58, "infinite inputs are the largest finite value") {
        value, format in
        value.isInfinite ? (value < 0 ? -format.greatestFinite : format.greatestFinite) : value
      },
      values("input-zero-sign-lost", 60, "negative zeros are positive", by: .bits) { value, _ in
        value == 0 ? 0 : value
      },
      values("inputs-flushed", 62, "subnormal inputs are zero") { value, format in
        value.magnitude < format.smallestNormal ? 0 * value : value
      },
    ]
  }

  private var integerInputs: [Fault] {
    [
      input(
        "int64-inputs-int32", .special, 68, "64-bit inputs go through 32 bits",
        of: { $0.isInteger(atLeast: 64) }
      ) { operand in
        operand.tensor.mappingIntegers { Int128(Int32(truncatingIfNeeded: $0)) }
      },
      input(
        "integer-inputs-float32", .special, 69, "integer inputs go through float32",
        of: { $0.isInteger(atLeast: 32) }
      ) { operand in
        operand.tensor.mappingIntegers { Int128(Float($0)) }
      },
      input(
        "negative-indices-clamped", .special, 87, "negative 32- and 64-bit integers are zero",
        of: { $0.isInteger(atLeast: 32) }, by: .placement
      ) { operand in
        operand.tensor.mappingIntegers { max(0, $0) }
      },
    ]
  }

  private func values(
    _ name: String, _ number: Int, _ summary: String, by distinction: Distinction = .values,
    _ change: @escaping @Sendable (Double, FloatFormat) -> Double
  ) -> Fault {
    input(name, .special, number, summary, of: { $0.isFloat }, by: distinction) { operand in
      guard let format = operand.tensor.type.floatFormat else { return operand.tensor }
      return operand.tensor.mappingFloats { change($0, format) }
    }
  }
}

import NumericFormats
import Tensors

/// Faults that lose accuracy of inputs before anything is computed.
extension FaultFamily {
  var inputImprecision: [Fault] {
    roundings + [
      input(
        "first-input-scaled", .precision, 98, "the first input is too large by 1.6 %",
        of: { $0.isFloat(atLeast: 8) }, where: { position, _ in position == 0 }
      ) { operand in
        operand.tensor.mappingFloats { $0 * 1.016 }
      },
      input(
        "table-entry-off", .precision, 53,
        "inputs of one segment of a table are read one segment further",
        of: { $0.isFloat(atLeast: 8) }
      ) { operand in
        operand.tensor.mappingFloats { $0.inNextSegment }
      },
    ]
  }

  private var roundings: [Fault] {
    [(FloatFormat.f32, 34), (.hf32, 30), (.tf32, 30), (.f16, 31), (.bf16, 32)].map {
      format, number in
      input(
        "inputs-\(format.name)", .precision, number, "inputs are rounded to \(format.name)",
        of: { $0.isFloat(wider: format) }
      ) { operand in
        operand.tensor.mappingFloats { format.round($0) }
      }
    }
  }
}

extension Double {
  /// Segments are sixteenths of a binade; the one from 1.25 on is taken for the next.
  fileprivate var inNextSegment: Double {
    guard isNormal, significand >= 1.25, significand < 1.3125 else { return self }
    return self + (self < 0 ? -1 : 1) * 0.0625 * binade.magnitude
  }
}

import NumericFormats
import Tensors

/// Faults that lose accuracy, sized by the type: what disappears in a type's own rounding is none.
extension FaultFamily {
  var imprecision: [Fault] {
    scalings + roundings + [
      offset("offset-3-ulp", by: 3, of: { $0.isFloat && !$0.isFloat(atLeast: 24) }),
      // Elementary functions may be off by 3 units of float32, so the offset is larger there.
      offset("offset-256-ulp", by: 256, of: { $0.isFloat(atLeast: 24) }),
    ]
  }

  private var scalings: [Fault] {
    [
      scaling("scaled-5e-4", 25, 1 + 5e-4, "1 + 5e-4", of: { $0.isFloat(atLeast: 24) }),
      scaling("scaled-2^-9", 26, 1 + 0x1p-9, "1 + 2^-9", of: { $0.isFloat(atLeast: 11) }),
      output(
        "scaled-4-roundings", .precision, 26,
        "results are too large by four times the unit round-off of their type",
        of: { $0.isFloat && !$0.isFloat(atLeast: 11) }
      ) { tensor, _ in
        guard let format = tensor.type.floatFormat else { return tensor }
        return tensor.mappingFloats { $0 * (1 + 4 * format.unitRoundoff) }
      },
    ]
  }

  private var roundings: [Fault] {
    [FloatFormat.f32, .hf32, .tf32, .f16, .bf16].map { format in
      output(
        "outputs-\(format.name)", .precision, format == .f32 ? 34 : 33,
        "results are rounded to \(format.name) first", of: { $0.isFloat(wider: format) }
      ) { tensor, _ in
        tensor.mappingFloats { format.round($0) }
      }
    }
  }

  private func scaling(
    _ name: String, _ number: Int, _ factor: Double, _ text: String,
    of types: @escaping @Sendable (ElementType) -> Bool
  ) -> Fault {
    output(name, .precision, number, "results are multiplied by \(text)", of: types) { tensor, _ in
      tensor.mappingFloats { $0 * factor }
    }
  }

  private func offset(
    _ name: String, by steps: UInt64, of types: @escaping @Sendable (ElementType) -> Bool
  ) -> Fault {
    output(
      name, .precision, 54, "results are \(steps) units in the last place too large in magnitude",
      of: types
    ) { tensor, _ in
      guard let format = tensor.type.floatFormat else { return tensor }
      let limit = format.greatestFinite
      let codes = tensor.codes.map { code in
        let value = format.decode(code)
        let moved = code &+ steps
        let result = format.decode(moved)
        let isLegal =
          value != 0 && result.isFinite && result.magnitude <= limit
          && result.magnitude > value.magnitude && (result < 0) == (value < 0)
        return isLegal ? moved : code
      }
      return Tensor(type: tensor.type, shape: tensor.shape, codes: codes) ?? tensor
    }
  }
}

import CPUBackend
import Tensors

/// Quantisation with its quotients and factors rounded at other places than the CPU backend does.
struct QuantisationForm: Sendable {
  /// Whether quotients are binary64; otherwise factors are binary32 at every step.
  let isWide: Bool

  var all: [String: Computation] {
    isWide
      ? ["QuantizeLinear": quantize, "DynamicQuantizeLinear": dynamic]
      : ["QLinearMatMul": matMul.on([.i8, .u8])]
  }

  /// x / scale in binary64, rounded once to a code; where the standard leaves the precision open.
  private var quantize: Computation {
    Computation { call, plain throws(KernelError) in
      let (x, scale) = (try call.tensor(0), try call.tensor(1))
      guard let first = plain.first?.tensor, first.type.isInteger,
        try call.int("precision", default: 0) == 0
      else { return plain }
      let values = try x.reals(Double.self)
      let scales = try scale.reals(Double.self)
      let zeros = try call.optionalTensor(2)?.wideIntegers
      let axis =
        try scale.count == 1
        ? 0 : Axes.normalised(try call.int("axis", default: 1), rank: x.shape.count)
      let block = try call.int("block_size", default: 0)
      let codes = values.indices.map { element -> Int64 in
        var group = 0
        if scale.count > 1 {
          var index = x.shape.index(ofLinear: element)
          group = index[axis]
          if block > 0 {
            index[axis] /= block
            group = zip(index, scale.shape.rowMajorStrides).reduce(0) { $0 + $1.0 * $1.1 }
          }
        }
        return Self.code(values[element] / scales[group], zeros?[group] ?? 0, first.type)
      }
      return [.tensor(try .wrapping(codes, to: first.type, first.shape))]
    }
  }

  private var dynamic: Computation {
    Computation { call, plain throws(KernelError) in
      let x = try call.tensor(0)
      guard plain.count == 3, let first = plain[0].tensor, let zero = plain[2].tensor,
        let scale = try plain[1].tensor?.reals(Double.self).first
      else { return plain }
      let codes = try x.reals(Double.self).map {
        Self.code($0 / scale, zero.wideIntegers[0], first.type)
      }
      return [.tensor(try .wrapping(codes, to: first.type, first.shape))] + plain.dropFirst()
    }
  }

  /// sum · (a scale · b scale / y scale) in binary32, for parameters of the whole tensor.
  private var matMul: Computation {
    Computation { call, plain throws(KernelError) in
      var tensors: [Tensor] = []
      for position in 0..<8 { tensors.append(try call.tensor(position)) }
      let parameters = [1, 2, 4, 5, 6, 7].map { tensors[$0] }
      guard let first = plain.first?.tensor, parameters.allSatisfy({ $0.count == 1 }),
        tensors[1].type == .f32
      else { return plain }
      func centred(_ position: Int, _ zero: Int) -> [Int64] {
        let shift = tensors[zero].wideIntegers[0]
        return tensors[position].wideIntegers.map { $0 - shift }
      }
      func scale(_ position: Int) throws(KernelError) -> Float {
        try tensors[position].reals(Float.self)[0]
      }
      let operands = try MatMulOperands(tensors[0].shape, tensors[3].shape)
      let (a, b) = (centred(0, 2), centred(3, 5))
      let factor = try scale(1) * scale(4) / scale(6)
      let zero = tensors[7].wideIntegers[0]
      let codes = operands.sums(a, b).map { sum in
        Self.code(Double(Float(sum) * factor), zero, first.type)
      }
      return [.tensor(try .wrapping(codes, to: first.type, first.shape))]
    }
  }

  /// limit(round(v) + zero), ties to even; NaN takes the zero point.
  private static func code(_ value: Double, _ zero: Int64, _ type: ElementType) -> Int64 {
    guard case .integer(let bits, let isSigned) = type.meaning, bits <= 32 else { return zero }
    let low = isSigned ? -Double(Int64(1) << (bits - 1)) : 0
    let high = Double(Int64(1) << (isSigned ? bits - 1 : bits)) - 1
    let rounded = value.isNaN ? 0 : value.rounded(.toNearestOrEven)
    return Int64(min(max(rounded + Double(zero), low), high))
  }
}

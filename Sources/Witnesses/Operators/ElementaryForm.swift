import CPUBackend
import Glibc
import Tensors

/// Which functions the elementary operators are computed by.
enum ElementaryForm: Hashable, Sendable {
  /// The C library's functions of the compute type: binary32 for narrow types.
  case library
  /// Own algorithms in the compute type.
  case own
  /// Own algorithms in binary64, rounded once; for narrow types.
  case wide

  var all: [String: Computation] {
    let operators: [String: Computation] = [
      "Exp": function {
        library ? Float.exp($0) : OwnFunctions.exp($0)
      } double: {
        library ? Double.exp($0) : OwnFunctions.exp($0)
      },
      "Log": function {
        library ? Float.log($0) : OwnFunctions.log($0)
      } double: {
        library ? Double.log($0) : OwnFunctions.log($0)
      },
      "Sin": function {
        library ? Float.sin($0) : OwnFunctions.sin($0)
      } double: {
        library ? Double.sin($0) : OwnFunctions.sin($0)
      },
      "Tanh": function {
        library ? Float.tanh($0) : OwnFunctions.tanh($0)
      } double: {
        library ? Double.tanh($0) : OwnFunctions.tanh($0)
      },
      "Erf": function {
        library ? Float.erf($0) : OwnFunctions.erf($0)
      } double: {
        library ? Double.erf($0) : OwnFunctions.erf($0)
      },
      "Sigmoid": function {
        OwnFunctions.sigmoid($0)
      } double: {
        OwnFunctions.sigmoid($0)
      },
      "Gelu": gelu, "Pow": power,
    ]
    return self == .own ? operators : operators.on(Computation.narrowFloats)
  }

  private var library: Bool { self == .library }

  private func function(
    _ single: @escaping @Sendable (Float) -> Float,
    double: @escaping @Sendable (Double) -> Double
  ) -> Computation {
    .firstOutput { call, _ throws(KernelError) in
      let x = try call.tensor(0)
      guard self == .wide else { return try x.reals(Float.self).map(single) }
      return try x.reals(Double.self).map { Float(double($0)) }
    } double: { call, _ throws(KernelError) in
      try call.tensor(0).reals(Double.self).map(double)
    }
  }

  private var gelu: Computation {
    let exact = function {
      OwnFunctions.gelu($0)
    } double: {
      OwnFunctions.gelu($0)
    }
    return Computation { call, plain throws(KernelError) in
      // The other formula is plain arithmetic around the hyperbolic tangent.
      try call.string("approximate", default: "none") == "none"
        ? try exact.run(call, plain) : plain
    }
  }

  /// x^y = 2^(y · log₂ x) in binary64, of positive bases; binary32's own power otherwise.
  private var power: Computation {
    Computation { call, plain throws(KernelError) in
      let (x, y) = (try call.tensor(0), try call.tensor(1))
      guard let first = plain.first?.tensor, x.type != .f64, y.type.isFloat else { return plain }
      let bases = try StridedView(broadcasting: x.shape, to: first.shape).tensor(of: x)
        .reals(Double.self)
      let exponents = try StridedView(broadcasting: y.shape, to: first.shape).tensor(of: y)
        .reals(Double.self)
      let powers = zip(bases, exponents).map { base, exponent in
        base > 0 && base != 1 && base.isFinite && exponent.isFinite
          ? exp2(exponent * log2(base)) : pow(base, exponent)
      }
      return [.tensor(try .rounding(powers, to: first.type, first.shape))]
    }.on(Computation.narrowFloats)
  }
}

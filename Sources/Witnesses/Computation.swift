import CPUBackend
import Tensors

/// How a witness computes one operator.
struct Computation: Sendable {
  /// Types of the first input for which it does.
  var types: Set<ElementType> = Self.floats
  /// Computes the outputs.
  ///
  /// `plain` is what the CPU backend computed: it has refused what is to be refused, and says
  /// which shapes and types the outputs have.
  let run: @Sendable (_ call: Call, _ plain: [Value]) throws(KernelError) -> [Value]

  static let floats: Set<ElementType> = Set(ElementType.allCases.filter(\.isFloat))
  /// Types whose products fit in binary32: where modes of narrower inputs mean something.
  static let narrowFloats = floats.subtracting([.f64])

  /// The same computation for other types.
  func on(_ types: Set<ElementType>) -> Computation { Computation(types: types, run: run) }

  /// Computes the first output in binary32, or in binary64 where the first input has that type.
  static func firstOutput(
    single: @escaping @Sendable (Call, Tensor) throws(KernelError) -> [Float],
    double: @escaping @Sendable (Call, Tensor) throws(KernelError) -> [Double]
  ) -> Computation {
    Computation { call, plain throws(KernelError) in
      guard let first = plain.first?.tensor else { return plain }
      let inputType = try call.tensor(0).type
      let result: Tensor =
        try first.type == .f64 || inputType == .f64
        ? .rounding(double(call, first), to: first.type, first.shape)
        : .rounding(single(call, first), to: first.type, first.shape)
      return [.tensor(result)] + plain.dropFirst()
    }
  }
}

extension Computation {
  /// Computes the first output in binary16, for inputs of that type.
  static func inHalf(
    _ body: @escaping @Sendable (Call) throws(KernelError) -> [Float16]
  ) -> Computation {
    Computation(types: [.f16]) { call, plain throws(KernelError) in
      guard let first = plain.first?.tensor, first.type.isFloat else { return plain }
      return [.tensor(try .rounding(body(call), to: first.type, first.shape))]
        + plain.dropFirst()
    }
  }
}

extension [String: Computation] {
  /// The same operators for other types of their first input.
  func on(_ types: Set<ElementType>) -> Self { mapValues { $0.on(types) } }
}

import Tensors

/// The probes of a run.
package enum ProbeSet {
  private static let floats: [ElementType] = [.f32, .f16, .bf16, .f64]

  /// All of them, in the order of the report.
  package static var all: [Probe] {
    (elementwise + integers + products + convolutions + reductions).compactMap { $0 }
  }

  private static var elementwise: [Probe?] {
    floats.flatMap { type in
      [ArithmeticProbe.width(.add, type), ArithmeticProbe.width(.mul, type)]
        + ArithmeticProbe.Operation.allCases.map { ArithmeticProbe.rounding($0, type) }
        + [
          SpecialProbe.subnormals(type), SpecialProbe.overflow(type),
          SpecialProbe.extremum("Max", type), SpecialProbe.extremum("Min", type),
          SpecialProbe.zero("Neg", type), SpecialProbe.zero("Mul", type),
        ]
    } + [SpecialProbe.exponential()]
  }

  private static var integers: [Probe?] {
    [
      ArithmeticProbe.integerWidth(), SpecialProbe.integers(.i8), SpecialProbe.integers(.i32),
      SpecialProbe.integers(.i64),
    ]
  }

  private static var products: [Probe?] {
    floats.flatMap { type in
      [
        WidthProbe.left(.matmul, .matmul, type), WidthProbe.right(.matmul, .matmul, type),
        AccumulatorProbe.probe(.matmul, .matmul, type),
        SpecialProbe.subnormals(.matmul, .matmul, type),
      ]
    } + [
      WidthProbe.standing(.matmul), WidthProbe.left(.matmul, .gemm, .f32),
      WidthProbe.right(.matmul, .gemm, .f32), AccumulatorProbe.probe(.matmul, .gemm, .f32),
      OrderProbe.probe(.matmul, .matmul, .f32), OrderProbe.probe(.matmul, .matmul, .bf16),
    ]
  }

  private static var convolutions: [Probe?] {
    [.f32, .f16].flatMap { (type: ElementType) in
      [
        WidthProbe.left(.conv, .conv, type), WidthProbe.right(.conv, .conv, type),
        AccumulatorProbe.probe(.conv, .conv, type), SpecialProbe.subnormals(.conv, .conv, type),
        SpecialProbe.pooled(type),
      ]
    }
  }

  private static var reductions: [Probe?] {
    floats.flatMap { type in
      [
        WidthProbe.left(.reduce, .reduceSum, type),
        AccumulatorProbe.probe(.reduce, .reduceSum, type),
        SpecialProbe.subnormals(.reduce, .reduceSum, type),
        SpecialProbe.reduced("ReduceMax", type),
      ]
    } + [OrderProbe.probe(.reduce, .reduceSum, .f32)]
  }
}

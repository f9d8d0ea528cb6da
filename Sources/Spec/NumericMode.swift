/// How a backend declares that it computes; it selects a mode, never a tolerance (numerics §3).
package struct NumericMode: Hashable, Sendable {
  /// The name printed on reports, e.g. `strict-fp32`.
  package var name: String
  /// Precision in bits that inputs of products keep; nil: the type's own.
  package var inputPrecision: Int?
  package var inputRounding: Rounding = .nearestEven
  /// Levels of the accumulator from the innermost; empty: one level of the default precision.
  package var accumulator: [AccumulatorLevel] = []
  package var accumulateRounding: Rounding = .nearestEven
  /// Block size b of an accumulation that rounds toward zero.
  package var accumulateBlock: Int = 1
  /// Precision of elementwise and composite steps; nil: 24 bits, 53 for float64.
  package var computePrecision: Int?
  /// Precision of materialised intermediates; nil: fused.
  package var storagePrecision: Int?
  package var elementwiseLevel: ElementwiseLevel = .standard
  package var basicRounding: BasicRounding = .correct
  package var subnormals: Subnormals = .preserve
  package var overflow: Overflow = .ieee
  package var integerOverflow: IntegerOverflow = .wrap
  package var minMaxNaN: MinMaxNaN = .propagate
  package var requantise: Requantise = .float
  /// Beyond this magnitude trigonometric results are only bounded by 1; infinite by default.
  package var trigonometricRange: Double = .infinity

  package enum Rounding: String, Hashable, Sendable { case nearestEven, towardZero }
  /// L1 faithful, L2 standard, L3 fast.
  package enum ElementwiseLevel: String, Hashable, Sendable { case faithful, standard, fast }
  package enum BasicRounding: String, Hashable, Sendable { case correct, relaxed }
  package enum Subnormals: String, Hashable, Sendable { case preserve, flushOutput, flushBoth }
  package enum Overflow: String, Hashable, Sendable { case ieee, saturating }
  package enum IntegerOverflow: String, Hashable, Sendable { case wrap, saturate }
  package enum MinMaxNaN: String, Hashable, Sendable { case propagate, number }
  package enum Requantise: String, Hashable, Sendable { case float, fixedPoint }

  /// One level of an accumulator: its precision and after how many terms the next level takes over.
  package struct AccumulatorLevel: Hashable, Sendable {
    package var precision: Int
    /// Terms per block; nil: unlimited.
    package var block: Int?
    package init(precision: Int, block: Int?) {
      self.precision = precision
      self.block = block
    }
  }

  package init(name: String) { self.name = name }

  /// Everything at its strict default.
  package static let strict = NumericMode(name: "strict-fp32")

  /// The named bundles of the numerics document, by name.
  package static let named: [String: NumericMode] = {
    func mode(_ name: String, _ change: (inout NumericMode) -> Void) -> NumericMode {
      var mode = NumericMode(name: name)
      change(&mode)
      return mode
    }
    let modes = [
      strict,
      mode("tf32") { $0.inputPrecision = 11 },
      mode("hf32") { $0.inputPrecision = 12 },
      mode("bf16-input") { $0.inputPrecision = 8 },
      mode("split-bf16x3") { $0.accumulator = [.init(precision: 22, block: nil)] },
      mode("fp16-accumulate") { $0.accumulator = [.init(precision: 11, block: nil)] },
      mode("fp16-compute") {
        ($0.inputPrecision, $0.computePrecision, $0.storagePrecision) = (11, 11, 11)
        $0.accumulator = [.init(precision: 11, block: nil)]
      },
      mode("bf16-compute") {
        ($0.inputPrecision, $0.computePrecision, $0.storagePrecision) = (8, 8, 8)
      },
      mode("fp8-block") {
        $0.accumulator = [.init(precision: 14, block: 128), .init(precision: 24, block: nil)]
      },
      mode("saturating") { $0.overflow = .saturating },
      mode("flush-subnormals") { $0.subnormals = .flushBoth },
      mode("rz-accumulate") { $0.accumulateRounding = .towardZero },
    ]
    return Dictionary(uniqueKeysWithValues: modes.map { ($0.name, $0) })
  }()
}

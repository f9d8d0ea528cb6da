extension Witnesses {
  /// What a declared mode does to products and sums.
  private struct NamedMode: Sendable {
    let mode: String
    let suffix: String
    let summary: String
    let way: Summation
    /// Whether sums without products change as well.
    let touchesSums: Bool
  }

  private static let namedModes: [NamedMode] =
    narrowFactors("tf32", 11) + narrowFactors("hf32", 12) + narrowFactors("bf16-input", 8)
    + accumulators("fp16-accumulate", .half) + accumulators("rz-accumulate", .towardZero)
    + [
      NamedMode(
        mode: "split-bf16x3", suffix: "", summary: "six products of three bfloat16 pieces",
        way: Summation(
          order: .sequential, accumulator: Accumulator(fuses: true), factors: .split),
        touchesSums: false),
      NamedMode(
        mode: "fp8-block", suffix: "",
        summary: "14-bit sums of 128 terms, joined in binary32",
        way: Summation(
          order: .blocks(128), accumulator: Accumulator(fuses: true, rounding: .bits(14)),
          joining: Accumulator()),
        touchesSums: true),
    ]

  private static func narrowFactors(_ mode: String, _ bits: Int) -> [NamedMode] {
    [("", SummationOrder.sequential), ("-blocks-64", .blocks(64))].map { suffix, order in
      NamedMode(
        mode: mode, suffix: suffix, summary: "factors of \(bits) bits",
        way: Summation(
          order: order, accumulator: Accumulator(fuses: true), factors: .rounded(bits: bits)),
        touchesSums: false)
    }
  }

  private static func accumulators(
    _ mode: String, _ rounding: Accumulator.Rounding
  ) -> [NamedMode] {
    [("", SummationOrder.sequential), ("-lanes-8", .lanes(8)), ("-split-8", .parts(8))]
      .flatMap { suffix, order in
        [false, true].map { fuses in
          NamedMode(
            mode: mode, suffix: suffix + (fuses ? "-fma" : ""),
            summary: rounding == .half
              ? "sums rounded to binary16 at each step" : "sums rounded toward zero at each step",
            way: Summation(
              order: order, accumulator: Accumulator(fuses: fuses, rounding: rounding)),
            touchesSums: !fuses)
        }
      }
  }

  /// Narrow factors and accumulators under the modes that declare them.
  static let modes: [Witness] = namedModes.map { named in
    Witness("mode-\(named.mode)\(named.suffix)", mode: named.mode, summary: named.summary) { _ in
      let way = named.way
      let operators = way.products.merging(way.compositeProducts) { first, _ in first }
      let all = named.touchesSums ? operators.merging(way.sums) { first, _ in first } : operators
      // A narrow mode says nothing about the products of float64; truncation does.
      return named.mode == "rz-accumulate" ? all : all.on(Computation.narrowFloats)
    }
  }

  /// Compute types and number ranges that a backend declares.
  ///
  /// Orders whose sums stop growing in binary16 are none of its witnesses, and neither are the
  /// normalisations with a `stash_type`, which names another type for their moments.
  static let declaredArithmetics: [Witness] =
    [("-blocks-64", SummationOrder.blocks(64)), ("-pairwise", .pairwise)].map { suffix, order in
      Witness(
        "mode-fp16-compute" + suffix, mode: "fp16-compute",
        summary: "every step of float16 operators rounded to binary16"
      ) { _ in
        let way = Summation(order: order)
        let norms = NormalisationOperators(form: NormalisationForm(), way: way).half
        return way.half.merging(SoftmaxOperators(form: .direct, way: way).half) { $1 }
          .merging(norms) { $1 }
          .merging([
            "Attention": AttentionForm(way: way).half,
            "LSTM": LSTMForm(isConcatenated: false, way: way).half,
          ]) { $1 }
      }
    } + [
      Witness(
        "mode-bf16-compute", mode: "bf16-compute", summary: "factors of 8 bits, binary32 sums"
      ) { _ in
        let way = Summation(
          order: .sequential, accumulator: Accumulator(fuses: true), factors: .rounded(bits: 8))
        return way.products.merging(way.compositeProducts) { $1 }.on(Computation.narrowFloats)
      },
      Witness(
        "mode-flush-subnormals", mode: "flush-subnormals",
        summary: "subnormal inputs and outputs are zero", BoundarySubstitution(change: .flush)),
      Witness(
        "mode-saturating", mode: "saturating",
        summary: "overflow gives the greatest finite value",
        BoundarySubstitution(change: .saturate)),
    ]
}

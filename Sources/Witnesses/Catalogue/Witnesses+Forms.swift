extension Witnesses {
  private static let sequential = Summation(
    order: .sequential, accumulator: Accumulator(fuses: true))

  /// Running sums.
  static let scans: [Witness] = Scan.allCases.map { scan in
    Witness("scan-\(scan.rawValue)", summary: "running sums by the \(scan.rawValue) scan") { _ in
      ["CumSum": scan.cumSum]
    }
  }

  /// Softmax, its logarithm and the logarithm of sums of exponentials.
  static let softmaxes: [Witness] = [
    ("direct", "maximum, exponentials, sum, quotients", SoftmaxForm.direct),
    ("reciprocal", "a reciprocal instead of quotients", .reciprocal),
    ("online", "maximum and sum in one pass", .online),
    ("exp2", "powers of two of scaled arguments", .exp2),
  ].map { name, summary, form in
    Witness("softmax-\(name)", summary: "softmax with \(summary)") { _ in
      SoftmaxOperators(form: form, way: sequential).all
    }
  }

  /// Layer, root mean square and batch normalisation.
  static let normalisations: [Witness] = [
    ("two-pass", "moments in two passes", .sequential, NormalisationForm()),
    ("two-pass-pairwise", "moments in two pairwise passes", .pairwise, NormalisationForm()),
    ("welford", "running moments", .sequential, NormalisationForm(moments: .welford)),
    ("rsqrt", "the reciprocal of the root", .sequential, NormalisationForm(scaling: .reciprocal)),
    ("folded", "one factor and one offset", .sequential, NormalisationForm(scaling: .folded)),
  ].map { name, summary, order, form in
    Witness("normalise-\(name)", summary: "normalisation with \(summary)") { _ in
      let all = NormalisationOperators(form: form, way: Summation(order: order)).all
      // Of a row's own moments the offset would cancel what the deviations keep.
      return form.scaling == .folded ? all.filter { $0.key == "BatchNormalization" } : all
    }
  }

  /// Attention in one piece and in tiles.
  static let attentions: [Witness] = [
    ("naive", "all scores, then weights", SoftmaxForm.direct, nil),
    ("tiled-4", "running maximum and sums over tiles of 4 keys", .direct, 4),
    ("tiled-16-exp2", "tiles of 16 keys and powers of two", .exp2Fused, 16),
  ].map { name, summary, softmax, tile in
    Witness("attention-\(name)", summary: "attention with \(summary)") { _ in
      ["Attention": AttentionForm(softmax: softmax, tile: tile, way: sequential).attention]
    }
  }

  /// Discrete Fourier transforms by their definition and by fast algorithms.
  static let transforms: [Witness] = FourierForm.allCases.map { form in
    Witness(
      "dft-\(form.rawValue)", summary: "Fourier transforms \(form.summary)"
    ) { _ in form.all }
  }

  /// LSTM gates as two sums and as one.
  static let recurrences: [Witness] = [false, true].map { isConcatenated in
    Witness(
      isConcatenated ? "lstm-concatenated" : "lstm-separate",
      summary: isConcatenated
        ? "gates as one sum over inputs and state" : "gates as sums over inputs and over state"
    ) { _ in
      ["LSTM": LSTMForm(isConcatenated: isConcatenated, way: sequential).lstm]
    }
  }

  /// Elementary functions by other algorithms.
  static let elementaries: [Witness] = [
    ("library", "the C library's functions of the compute type", ElementaryForm.library),
    ("own", "tables, series and identities in the compute type", .own),
    ("wide", "tables, series and identities in binary64", .wide),
  ].map { name, summary, form in
    Witness("elementary-\(name)", summary: "elementary functions by \(summary)") { _ in form.all }
  }

  /// Interpolation in other orders.
  static let interpolations: [Witness] = [false, true].map { isJoint in
    Witness(
      isJoint ? "resize-joint" : "resize-last-axis-first",
      summary: isJoint
        ? "interpolation with products of weights" : "interpolation from the last axis on"
    ) { _ in
      ["Resize": Interpolation(isJoint: isJoint, way: sequential).resize]
    }
  }

  /// Quantisation with other roundings on the way to the code.
  static let quantisations: [Witness] = [
    Witness("quantise-wide", summary: "quotients in binary64") { _ in
      QuantisationForm(isWide: true).all
    },
    Witness("requantise-single", summary: "factors and products in binary32") { _ in
      QuantisationForm(isWide: false).all
    },
  ]

  /// The CPU backend's matrix kernels for each instruction set; on machines without it, for none.
  static let instructionSets: [Witness] = ["avx512", "avx2", "neon", "scalar"].map { name in
    Witness("kernels-\(name)", summary: "matrix products with the \(name) kernels") { _ in
      InstructionSet.all[name]?.products ?? [:]
    }
  }
}

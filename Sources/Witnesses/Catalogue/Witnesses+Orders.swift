extension Witnesses {
  /// A name and the order, for a seed.
  private struct NamedOrder: Sendable {
    let name: String
    let summary: String
    let order: @Sendable (UInt64) -> SummationOrder
  }

  private static let namedOrders: [NamedOrder] = [
    .init(name: "sequential", summary: "first to last") { _ in .sequential },
    .init(name: "reversed", summary: "last to first") { _ in .reversed },
    .init(name: "odd-even", summary: "even positions, then odd ones") { _ in .oddEven },
    .init(name: "lanes-8", summary: "in eight interleaved lanes") { _ in .lanes(8) },
    .init(name: "blocks-16", summary: "in blocks of 16") { _ in .blocks(16) },
    .init(name: "blocks-64", summary: "in blocks of 64") { _ in .blocks(64) },
    .init(name: "blocks-128", summary: "in blocks of 128") { _ in .blocks(128) },
    .init(name: "split-2", summary: "in two parts") { _ in .parts(2) },
    .init(name: "split-8", summary: "in eight parts") { _ in .parts(8) },
    .init(name: "pairwise", summary: "as halves of halves") { _ in .pairwise },
    .init(name: "kahan", summary: "with compensation") { _ in .compensated },
    .init(name: "permuted", summary: "in a random order") { .permuted(seed: $0) },
  ]

  /// Every order of summation, with products rounded before they are added and with fused ones.
  static let orders: [Witness] = namedOrders.flatMap { named in
    [false, true].map { fuses in
      Witness(
        "sum-\(named.name)" + (fuses ? "-fma" : ""),
        summary: "sums \(named.summary), products " + (fuses ? "fused" : "rounded")
      ) { seed in
        let way = Summation(
          order: named.order(seed), accumulator: Accumulator(fuses: fuses))
        // Without products there is nothing to fuse.
        let products = way.products.merging(way.compositeProducts) { first, _ in first }
        guard !fuses else { return products }
        return products.merging(way.sums) { first, _ in first }
          .merging(way.compositeSums) { first, _ in first }
          .merging(way.roots) { first, _ in first }
      }
    }
  }
}

extension Summation {
  /// The operators that are sums of products.
  var products: [String: Computation] {
    [
      "MatMul": matMul, "Gemm": gemm, "Conv": conv, "ConvTranspose": convTranspose,
      "Einsum": einsum, "ReduceSumSquare": reduceSumSquare,
    ]
  }

  /// Composites with sums of products inside.
  var compositeProducts: [String: Computation] {
    [
      "Attention": AttentionForm(way: self).attention,
      "LSTM": LSTMForm(isConcatenated: false, way: self).lstm,
    ]
  }

  /// The operators that are sums.
  var sums: [String: Computation] {
    [
      "ReduceSum": reduceSum, "ReduceMean": reduceMean, "ReduceL1": reduceL1,
      "AveragePool": averagePool, "GlobalAveragePool": globalAveragePool,
      "Sum": total(isMean: false), "Mean": total(isMean: true),
    ]
  }

  /// Reductions that take a root or a logarithm of their sum. Their intermediate values may exceed
  /// narrow formats, so that no witness of a narrower mode computes them.
  var roots: [String: Computation] { ["ReduceL2": reduceL2, "ReduceLogSum": reduceLogSum] }

  /// Composites with sums inside.
  var compositeSums: [String: Computation] {
    SoftmaxOperators(form: .direct, way: self).all.merging(
      NormalisationOperators(form: NormalisationForm(), way: self).all
    ) { first, _ in first }
  }
}

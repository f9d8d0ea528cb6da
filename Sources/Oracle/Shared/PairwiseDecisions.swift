import ExtendedArithmetic
import Tensors

/// The decisions of a support vector classifier between each two classes.
///
///     d(i, j) = Σ_{v of class i} c[j − 1, v] · K(x, v) + Σ_{v of class j} c[i, v] · K(x, v) ± rho(i, j)
///
/// for i < j; a positive one is a vote for i. The text describes none of the lists. Their names are
/// those of the model of LIBSVM, whose vectors stand together class by class and whose coefficients
/// are one fewer than the classes for each vector (Chang and Lin, LIBSVM: a library for support
/// vector machines, 2011, §7). Which of the two axes of the coefficients is the outer one, and
/// whether `rho` is added or, as there, subtracted, is open: each is a reading.
struct PairwiseDecisions {
  /// A decision, and the size of what it is summed of.
  typealias Decision = (value: DoubleDouble, size: Double)

  private let kernel: SupportVectorKernel
  private let trace: Trace
  let classes: Int
  private let width: Int
  private let ranges: [Range<Int>]
  private let vectors: [DoubleDouble]
  private let coefficients: [DoubleDouble]
  private let rho: [DoubleDouble]

  /// Reads the lists; nil where none of them is stated.
  ///
  /// - Throws: `unsupported` for lists that do not fit together, and more than 64 classes.
  init?(
    _ call: Call, _ kernel: SupportVectorKernel, classes: Int, width: Int
  ) throws(EvaluationError) {
    let perClass = try call.ints("vectors_per_class") ?? []
    let vectors = try call.floats("support_vectors") ?? []
    let coefficients = try call.floats("coefficients") ?? []
    let rho = try call.floats("rho") ?? []
    if perClass.isEmpty, vectors.isEmpty { return nil }
    guard classes <= 64, perClass.count == classes,
      perClass.allSatisfy({ (0...1 << 20).contains($0) })
    else { throw .unsupported("SVMClassifier of \(classes) classes and \(perClass) vectors") }
    let total = perClass.reduce(0, +)
    let (expected, overflow) = total.multipliedReportingOverflow(by: width)
    guard !overflow, vectors.count == expected, coefficients.count == total * (classes - 1),
      rho.count == classes * (classes - 1) / 2
    else { throw .unsupported("SVMClassifier of lists that do not fit together") }
    var start = 0
    ranges = perClass.map { count in
      defer { start += count }
      return start..<start + count
    }
    (self.kernel, self.classes, self.width, trace) = (kernel, classes, width, call.trace)
    self.vectors = vectors.map { DoubleDouble($0) }
    self.coefficients = coefficients.map { DoubleDouble($0) }
    self.rho = rho.map { DoubleDouble($0) }
  }

  /// Whether `rho` plays a part.
  var hasOffsets: Bool { rho.contains { $0.high != 0 } }

  /// The decisions between the classes in each reading, in the order (0, 1), (0, 2) … (1, 2) ….
  func readings(_ row: [DoubleDouble]) -> [[Decision]] {
    let total = ranges.last?.upperBound ?? 0
    let alike = (0..<total).map { vector -> Decision in
      let own = Array(vectors[vector * width..<(vector + 1) * width])
      return (kernel(row, own), kernel.reach(row, own))
    }
    let layouts = classes > 2 ? [(total, 1), (1, classes - 1)] : [(total, 1)]
    let signs: [DoubleDouble] = hasOffsets ? [.one, .zero - .one] : [.one]
    return layouts.flatMap { layout in
      signs.map { sign in decisions(alike, strides: layout, sign) }
    }
  }

  private func decisions(
    _ alike: [Decision], strides: (row: Int, vector: Int), _ sign: DoubleDouble
  ) -> [Decision] {
    var result: [Decision] = []
    for i in 0..<classes {
      for j in i + 1..<Swift.max(i + 1, classes) {
        let parts = ranges[i].map { ($0, j - 1) } + ranges[j].map { ($0, i) }
        let terms = parts.map { vector, row -> Decision in
          let weight = coefficients[row * strides.row + vector * strides.vector]
          return (
            trace.multiply(weight, alike[vector].value), weight.high.magnitude * alike[vector].size
          )
        }
        let offset = sign * rho[result.count]
        let sum = trace.sum(terms.map(\.value) + (hasOffsets ? [offset] : []))
        result.append((sum, terms.reduce(offset.high.magnitude) { $0 + $1.size }))
      }
    }
    return result
  }

  /// Decisions closer to zero than this part of what they are summed of decide nothing: the
  /// rounding of the narrowest declared inputs may turn them.
  static let margin = 0x1p-6

  /// The class that wins: by the most votes and by the greatest sum of decisions alike; nil where
  /// they differ, or some decision is too close.
  func winner(_ decisions: [Decision]) -> Int? {
    var votes = [Int](repeating: 0, count: classes)
    var sums = [Double](repeating: 0, count: classes)
    var position = 0
    for i in 0..<classes {
      for j in i + 1..<Swift.max(i + 1, classes) {
        let (value, size) = decisions[position]
        guard value.isFinite, value.high.magnitude > Self.margin * size else { return nil }
        votes[value.high > 0 ? i : j] += 1
        sums[i] += value.high
        sums[j] -= value.high
        position += 1
      }
    }
    let order = votes.indices.sorted { (votes[$0], sums[$0]) > (votes[$1], sums[$1]) }
    guard order.count > 1, votes[order[0]] > votes[order[1]] else { return nil }
    let size = decisions.reduce(0) { Swift.max($0, $1.size) }
    let others = order.dropFirst().reduce(-Double.infinity) { Swift.max($0, sums[$1]) }
    return sums[order[0]] - others > Self.margin * size * Double(classes) ? order[0] : nil
  }
}

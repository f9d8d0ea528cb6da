import ExtendedArithmetic
import Tensors

/// The discrete Fourier transform along one axis.
///
///     X[k] = Σ_n x[n]·e^(−2πjkn/N),   inverse x[n] = 1/N·Σ_k X[k]·e^(2πjkn/N)
///
/// - (C1) The last axis holds one real part, or a real and an imaginary one.
/// - (C2) `dft_length` is N: longer signals are cut, shorter ones filled up with zeros.
/// - (C3) `axis` is an attribute of version 17 (default 1), an input of version 20 (default −2), and
///   never the last axis.
/// - (C4) `onesided` forward takes real numbers and gives ⌊N/2⌋ + 1 results.
/// - (C5) `onesided` inverse takes complex numbers and gives N real ones; the rest of the spectrum is
///   the conjugate one, N by default 2·(bins − 1).
/// - (C6) The inverse transform is divided by N.
/// - Version 17 gives no formula; it is evaluated by that of version 20.
/// - Source: onnx/onnx docs/Operators.md, DFT.
enum DFTEvaluator: Evaluator {
  static let name = "DFT"
  static let decompositions = FourierTransform.decompositions
  /// Products of one evaluation at most.
  private static let greatestCost = 1 << 26

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let plan = try Plan(call, x)
    let values = try x.reals()
    let transform = FourierTransform(length: plan.length, isInverse: plan.isInverse, call)
    var results = [DoubleDouble](repeating: .zero, count: plan.outputCount)
    for outer in 0..<plan.outer {
      for inner in 0..<plan.inner {
        let row = plan.row(values, outer, inner)
        let sums = transform(row, count: plan.bins)
        for (k, sum) in sums.enumerated() {
          let place = ((outer * plan.bins + k) * plan.inner + inner) * plan.outputParts
          results[place] = sum.real
          if plan.outputParts == 2 { results[place + 1] = sum.imaginary }
        }
      }
    }
    return [.composite(ExactTensor(x.type, plan.shape, reals: results))]
  }

  private struct Plan {
    let isInverse: Bool
    let length: Int
    /// Elements of the axis in input and output.
    let extent: Int
    let bins: Int
    /// Numbers to an element in input and output.
    let parts: Int
    let outputParts: Int
    let outer: Int
    let inner: Int
    let shape: Shape
    private let mirrors: Bool

    var outputCount: Int { outer * bins * inner * outputParts }

    init(_ call: Call, _ x: ExactTensor) throws(EvaluationError) {
      guard x.rank >= 2, let parts = x.shape.last, parts == 1 || parts == 2 else {
        throw .invalid("DFT of shape \(x.shape)")
      }
      isInverse = try call.flag("inverse")
      let isOneSided = try call.flag("onesided")
      guard !isOneSided || parts == (isInverse ? 2 : 1) else {
        throw .invalid("DFT: onesided is for real signals forward and complex spectra inverse")
      }
      mirrors = isOneSided && isInverse
      let axis = try Self.axis(call, rank: x.rank)
      extent = x.shape[axis]
      // Twice an absurd extent of an empty tensor is negative, and no length.
      let fallback = mirrors ? 2 &* (extent - 1) : extent
      length = try call.scalar(1) ?? fallback
      guard length >= 1 else { throw .invalid("DFT of length \(length)") }
      bins = isOneSided && !isInverse ? length / 2 + 1 : length
      (self.parts, outputParts) = (parts, mirrors ? 1 : 2)
      let (before, after) = (Shape(x.shape[..<axis]), Shape(x.shape[(axis + 1)..<(x.rank - 1)]))
      guard length <= FourierTransform.greatestLength, let lanes = (before + after).elementCount,
        lanes <= DFTEvaluator.greatestCost / (length * length),
        let outer = before.elementCount, let inner = after.elementCount
      else { throw .unsupported("DFT of length \(length) and shape \(x.shape)") }
      (self.outer, self.inner) = (outer, inner)
      var shape = x.shape
      shape[axis] = bins
      shape[x.rank - 1] = outputParts
      self.shape = shape
    }

    private static func axis(_ call: Call, rank: Int) throws(EvaluationError) -> Int {
      let stated =
        call.version >= 20 ? try call.scalar(2) ?? -2 : try call.int("axis", default: 1)
      let axis = try call.axis(stated, rank: rank)
      guard axis != rank - 1 else { throw .invalid("DFT along the axis of the parts") }
      return axis
    }

    /// The signal of one lane, cut or filled up.
    func row(_ values: [DoubleDouble], _ outer: Int, _ inner: Int) -> [ExactComplex] {
      let given = mirrors ? length / 2 + 1 : length
      let row = (0..<given).map { n -> ExactComplex in
        guard n < extent else { return .zero }
        let place = ((outer * extent + n) * self.inner + inner) * parts
        return ExactComplex(
          real: values[place], imaginary: parts == 2 ? values[place + 1] : .zero)
      }
      guard mirrors else { return row }
      return (0..<length).map { k in
        let (direct, mirrored) = (row[min(k, length - k)], k > length - k)
        // What is its own conjugate is real.
        if k == 0 || 2 * k == length { return ExactComplex(real: direct.real, imaginary: .zero) }
        return mirrored
          ? ExactComplex(real: direct.real, imaginary: .zero - direct.imaginary) : direct
      }
    }
  }
}

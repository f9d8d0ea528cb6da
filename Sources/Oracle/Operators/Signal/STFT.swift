import ExtendedArithmetic
import Tensors

/// The discrete Fourier transforms of windowed frames of a signal.
///
///     X[m, k] = Σ_n x[m·frame_step + n]·w[n]·e^(−2πjkn/N)
///
/// - (C1) N is `frame_length`, else the length of the window, else that of the signal; there are
///   ⌊(signal_length − N)/frame_step⌋ + 1 frames.
/// - (C2) Without a window all weights are 1; its length has to be `frame_length`.
/// - (C3) `onesided`, the default, gives ⌊N/2⌋ + 1 results and is for real signals only.
/// - (C4) The signal has rank 3 and one or two parts to an element.
/// - (C5) `frame_step` and `frame_length` are scalars.
/// - Source: onnx/onnx docs/Operators.md, STFT.
enum STFTEvaluator: Evaluator {
  static let name = "STFT"
  static let decompositions = FourierTransform.decompositions
  /// Products of one evaluation at most.
  private static let greatestCost = 1 << 26

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let signal = try call.tensor(0)
    guard signal.rank == 3, (1...2).contains(signal.shape[2]) else {
      throw .invalid("STFT of shape \(signal.shape)")
    }
    let (batch, extent, parts) = (signal.shape[0], signal.shape[1], signal.shape[2])
    let isOneSided = try call.flag("onesided", default: true)
    guard !isOneSided || parts == 1 else { throw .invalid("a onesided STFT of complex numbers") }
    let window = try call.optionalTensor(2)
    guard let step = try call.scalar(1), step >= 1 else {
      throw .invalid("STFT without a positive frame_step")
    }
    let length = try length(call, window, extent)
    let frames = (extent - length) / step + 1
    guard length <= FourierTransform.greatestLength,
      batch * frames <= greatestCost / (length * length)
    else { throw .unsupported("STFT of frames of \(length)") }
    let bins = isOneSided ? length / 2 + 1 : length
    let (values, weights) = (try signal.reals(), try window?.reals())
    let transform = FourierTransform(length: length, isInverse: false, call)
    var results: [DoubleDouble] = []
    for frame in 0..<(batch * frames) {
      let start = frame / frames * extent + frame % frames * step
      let row = (0..<length).map { n -> ExactComplex in
        let place = (start + n) * parts
        func weighted(_ x: DoubleDouble) -> DoubleDouble {
          weights.map { call.trace.multiply(x, $0[n]) } ?? x
        }
        return ExactComplex(
          real: weighted(values[place]),
          imaginary: parts == 2 ? weighted(values[place + 1]) : .zero)
      }
      results += transform(row, count: bins).flatMap { [$0.real, $0.imaginary] }
    }
    return [.composite(ExactTensor(signal.type, [batch, frames, bins, 2], reals: results))]
  }

  private static func length(
    _ call: Call, _ window: ExactTensor?, _ extent: Int
  ) throws(EvaluationError) -> Int {
    let stated = try call.scalar(3)
    if let window {
      guard window.rank == 1, stated == nil || stated == window.count else {
        throw .invalid("STFT with a window of shape \(window.shape)")
      }
    }
    let length = stated ?? window?.count ?? extent
    guard length >= 1, length <= extent else {
      throw .invalid("STFT with frames of \(length) of a signal of \(extent)")
    }
    return length
  }
}

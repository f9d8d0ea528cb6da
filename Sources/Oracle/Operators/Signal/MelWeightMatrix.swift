import ExtendedArithmetic
import Tensors

/// Triangular filters over the bins of a spectrum, equally wide on the mel scale.
///
///     mel(f) = 2595·log₁₀(1 + f/700)
///
/// - (C1) The result has ⌊dft_length/2⌋ + 1 rows and num_mel_bins columns.
/// - (C2) Every filter reaches 1.0 in the matrix: its edges and its centre are bins.
/// - (C3) Outside of its edges a filter is 0.
/// - (C4) `output_datatype` names the type.
/// - (C5) The five inputs are scalars.
/// - How wide a step on the mel scale is, and which bin an edge falls on, is not said: num_mel_bins + 1
///   steps end at the upper edge, the reference code takes num_mel_bins + 2; it rounds
///   (dft_length + 1)·f/sample_rate down, while bins stand at multiples of sample_rate/dft_length.
///   Each of the four combinations is right for a whole output. Of integers, only elements that are
///   whole in all of them are judged, for no rounding is prescribed.
/// - Budget: 2 ulp for the quotient of two distances.
/// - Source: onnx/onnx docs/Operators.md, MelWeightMatrix.
enum MelWeightMatrixEvaluator: Evaluator {
  static let name = "MelWeightMatrix"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let type = try Conversion.target(number: try call.int("output_datatype", default: 1))
    guard type.isInteger && type.bitWidth >= 8 || [.f16, .f32, .f64, .bf16].contains(type) else {
      throw .invalid("MelWeightMatrix of \(type.onnxName)")
    }
    let filters = try Filters(call)
    var readings: [[DoubleDouble]] = []
    for steps in [filters.bands + 2, filters.bands + 1] {
      for isNearest in [false, true] {
        let weights = filters.weights(try filters.edges(steps: steps, isNearest: isNearest))
        if !readings.contains(weights) { readings.append(weights) }
      }
    }
    let shape: Shape = [filters.rows, filters.bands]
    guard type.isFloat else { return [integers(readings, type, shape)] }
    var outcome = Outcome.elementwise(
      ExactTensor(type, shape, reals: readings[0]), ulps: 2, range: 0...1)
    outcome.alternatives = readings.dropFirst().map {
      .tensor(ExactTensor(type, shape, reals: $0))
    }
    return [outcome]
  }

  private static func integers(
    _ readings: [[DoubleDouble]], _ type: ElementType, _ shape: Shape
  ) -> Outcome {
    let first = readings.first ?? []
    let isOpen = first.indices.map { index in
      readings.contains {
        $0[index] != first[index] || $0[index].rounded(.down) != $0[index]
      }
    }
    let whole = first.map { Int128($0.rounded(.towardZero).high) }
    var outcome = Outcome.exact(ExactTensor(type, shape, integers: whole))
    outcome.undefined = OpenElements.mask(isOpen)
    return outcome
  }
}

/// The filters of one call.
private struct Filters {
  private static let greatestCount = 1 << 20
  /// How near to where the bin changes an edge may lie, as a part of its place but no less than at
  /// bin 64: the steps of float32 move edges by 2^-20 of their place.
  private static let margin = 0x1p-20

  let bands: Int
  let rows: Int
  private let length: Int
  private let rate: Int
  private let lower: DoubleDouble
  private let upper: DoubleDouble

  init(_ call: Call) throws(EvaluationError) {
    for position in 0..<5 where try call.tensor(position).count != 1 {
      throw .invalid("MelWeightMatrix: input \(position) is no scalar")
    }
    bands = try call.tensor(0).ints()[0]
    length = try call.tensor(1).ints()[0]
    rate = try call.tensor(2).ints()[0]
    lower = try call.tensor(3).reals()[0]
    upper = try call.tensor(4).reals()[0]
    let most = Self.greatestCount
    guard (1...most).contains(bands), (1...most).contains(length), rate > 0, lower.high >= 0,
      lower < upper, upper.isFinite, bands * (length / 2 + 1) <= most
    else { throw .unsupported("MelWeightMatrix of these sizes and frequencies") }
    rows = length / 2 + 1
  }

  /// The bins of the edges of all filters; a filter stretches over three of them.
  func edges(steps: Int, isNearest: Bool) throws(EvaluationError) -> [Int] {
    let (low, high) = (Self.mel(lower), Self.mel(upper))
    let step = (high - low) / DoubleDouble(steps)
    var bins: [Int] = []
    for index in 0..<(bands + 2) {
      let mel = low + DoubleDouble(index) * step
      let ratio = DoubleDouble.pow(10, mel / 2595) - 1
      let frequency = DoubleDouble(700) * ratio
      let place =
        frequency * DoubleDouble(isNearest ? length : length + 1) / DoubleDouble(rate)
        + DoubleDouble(isNearest ? 0.5 : 0)
      let bin = place.rounded(.down)
      let rest = (place - bin).high
      let margin = Self.margin * max(64, place.high)
      let isSafe = rest > margin && rest < 1 - margin
      guard isSafe || !isNearest && index == 0 && lower.high == 0, bin.high < Double(rows) else {
        throw .unsupported("MelWeightMatrix with an edge next to the border of a bin")
      }
      bins.append(Int(bin.high))
    }
    return bins
  }

  func weights(_ edges: [Int]) -> [DoubleDouble] {
    (0..<rows * bands).map { position in
      let (bin, band) = (position / bands, position % bands)
      let (start, centre, end) = (edges[band], edges[band + 1], edges[band + 2])
      if bin == centre { return .one }
      guard bin > start, bin < end else { return .zero }
      return bin < centre
        ? DoubleDouble(bin - start) / DoubleDouble(centre - start)
        : DoubleDouble(end - bin) / DoubleDouble(end - centre)
    }
  }

  private static func mel(_ frequency: DoubleDouble) -> DoubleDouble {
    DoubleDouble(2595) * DoubleDouble.log10(.one + frequency / 700)
  }
}

import NumericFormats
import Spec

/// Metrics of other suites for the same outputs (numerics §8); never part of a verdict.
///
/// Elements that are not finite on either side are left out of every metric.
struct InformativeMetrics {
  let format: FloatFormat
  let columns: GoldenColumns
  let mode: NumericMode
  private let pairs: [(position: Int, y: Double, g: Double)]

  init(
    observed: [Double], golden: [Double], format: FloatFormat, columns: GoldenColumns,
    mode: NumericMode
  ) {
    (self.format, self.columns, self.mode) = (format, columns, mode)
    pairs = zip(observed, golden).enumerated().compactMap { position, pair in
      pair.0.isFinite && pair.1.isFinite ? (position, pair.0, pair.1) : nil
    }
  }

  /// Every metric that is defined for these elements, by name.
  var all: [String: Double] {
    guard !pairs.isEmpty else { return [:] }
    var metrics: [String: Double] = [:]
    for group in [cann, cambricon, similarity, mismatches, tosa] {
      metrics.merge(group) { own, _ in own }
    }
    // A ratio of sums that are zero has no value to report.
    return metrics.filter { !$0.value.isNaN }
  }

  /// cann/opbase:docs/zh/ops_precision_standard and hicann/ops-test-kit.
  private var cann: [String: Double] {
    var (relativeSum, relativeMaximum, squareSum, within, maximum) = (0.0, 0.0, 0.0, 0, 0.0)
    let limits = cannLimits
    var limit = limits.limit
    for (_, y, g) in pairs {
      let error = abs(y - g)
      let relative = error / (abs(g) + 1e-7)
      relativeSum += relative
      relativeMaximum = max(relativeMaximum, relative)
      squareSum += error * error
      maximum = max(maximum, error)
      limit = max(limit, 32 * format.ulp(of: g))
      if error <= limits.absolute + limits.relative * abs(g) { within += 1 }
    }
    let n = Double(pairs.count)
    let passes = Double(within) >= 0.99 * n && maximum <= limit
    return [
      "cann.mere": relativeSum / n, "cann.mare": relativeMaximum,
      "cann.rmse": (squareSum / n).squareRoot(), "cann.mixed": passes ? 1 : 0,
    ]
  }

  private var cannLimits: (relative: Double, absolute: Double, limit: Double) {
    switch format {
    case .f16: (0x1p-9, 0x1p-9, 0.1)
    case .bf16: (0x1p-6, 0x1p-6, 1)
    case .e4m3fn, .e4m3fnuz: (0x1p-2, 0x1p-4, 1)
    case .e5m2, .e5m2fnuz: (0x1p-1, 0x1p-3, 0.1)
    default: mode.inputPrecision == 12 ? (0x1p-9, 0x1p-10, 0.1) : (0x1p-10, 0x1p-16, 0.01)
    }
  }

  /// Cambricon/mlu-ops:docs/MLU-OPS-Accuracy-Acceptance-Standard.md.
  private var cambricon: [String: Double] {
    var (errorSum, goldenSum, squares, goldenSquares) = (0.0, 0.0, 0.0, 0.0)
    var (third, above, differing) = (0.0, 0, 0)
    let threshold = format == .f16 ? 1e-4 : 1e-6
    for (_, y, g) in pairs {
      let error = abs(y - g)
      errorSum += error
      goldenSum += abs(g)
      squares += error * error
      goldenSquares += g * g
      third = max(third, abs(g) > threshold ? error / abs(g) : error)
      if y != g { differing += 1 }
      if y > g { above += 1 }
    }
    var metrics = [
      "cambricon.diff1": errorSum / goldenSum,
      "cambricon.diff2": (squares / goldenSquares).squareRoot(), "cambricon.diff3": third,
    ]
    // One sign among fewer points says nothing.
    if differing >= 100 {
      metrics["cambricon.diff4"] = Double(max(above, differing - above)) / Double(differing)
    }
    return metrics
  }

  /// ggml-org/llama.cpp test-backend-ops.
  private var similarity: [String: Double] {
    var (squares, products, ySquares, gSquares) = (0.0, 0.0, 0.0, 0.0)
    for (_, y, g) in pairs {
      squares += (y - g) * (y - g)
      products += y * g
      ySquares += y * y
      gSquares += g * g
    }
    return [
      "nmse": squares / gSquares, "cosine": products / (ySquares * gSquares).squareRoot(),
    ]
  }

  /// Elements beyond `atol + rtol·|g|` of the ONNX backend tests and of torch.testing.
  private var mismatches: [String: Double] {
    let torch: (relative: Double, absolute: Double) =
      switch format {
      case .f64: (1e-7, 1e-7)
      case .f16: (1e-3, 1e-5)
      case .bf16: (1.6e-2, 1e-5)
      default: (1.3e-6, 1e-5)
      }
    func beyond(_ relative: Double, _ absolute: Double) -> Double {
      Double(pairs.count { abs($0.y - $0.g) > absolute + relative * abs($0.g) })
    }
    return [
      "onnx.mismatches": beyond(1e-3, 1e-7),
      "torch.mismatches": beyond(torch.relative, torch.absolute),
    ]
  }

  /// arm/tosa-specification, dot products: e in units of `S·2^(−1−frac)`, with ksb its scale.
  private var tosa: [String: Double] {
    guard case .accumulated(_, let side) = columns else { return [:] }
    let fraction = Double(format.precision - 1)
    let accumulator = Double((mode.accumulator.last?.precision ?? max(24, format.precision)) - 1)
    var (maximum, sum, squares) = (0.0, 0.0, 0.0)
    for (position, y, g) in pairs where position < side.magnitude.count {
      let unit = max(
        Double(side.magnitude[position]) * powerOfTwo(-1 - (format.precision - 1)),
        format.smallestNormal)
      let error = (y - g) / unit
      maximum = max(maximum, abs(error))
      sum += error
      squares += error * error
    }
    let height = Double(side.height.max() ?? 0)
    let narrowing = powerOfTwo(Int(((accumulator - fraction) / 2).rounded(.down)))
    return [
      "tosa.maximum": maximum, "tosa.sum": sum, "tosa.squares": squares,
      "tosa.ksb": (height / narrowing).rounded(.up),
    ]
  }
}

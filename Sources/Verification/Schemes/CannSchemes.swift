import NumericFormats
import Tensors

/// CANN's mixed tolerance: 99 % of the elements close, and no error beyond a hard limit.
///
/// Floating-point types only; types without an entry take float32's. NaN and infinities must stand
/// in the same places. "Limit or 32 ulp" is read element by element: an error may be as large as the
/// larger of the two. Errors are those from the exact golden, as the text asks for a reference of
/// higher precision. Two published revisions differ in their tables; both are kept.
struct CannMixedScheme: Sendable {
  /// One row of a table.
  struct Row: Hashable, Sendable {
    let tolerance: ElementTolerance
    /// Largest absolute error, unless 32 ulp are more.
    let limit: Double

    init(_ relative: Double, _ absolute: Double, _ limit: Double) {
      tolerance = ElementTolerance(relative: relative, absolute: absolute)
      self.limit = limit
    }
  }

  static let matchedShare = 0.99
  static let limitUlps = 32.0

  /// By name of a format; `f32` is also the row of every format without one.
  let rows: [String: Row]

  /// hicann/ops-test-kit `docs/Precision_Comparison.md`, revision 3675093.
  static let testKit = CannMixedScheme(rows: [
    "f16": Row(0x1p-9, 0x1p-9, 0.1), "bf16": Row(0x1p-6, 0x1p-6, 1),
    "f32": Row(0x1p-10, 0x1p-16, 0.01), "hf32": Row(0x1p-9, 0x1p-10, 0.1),
    "f8e4m3fn": Row(0x1p-2, 0x1p-4, 1), "f8e5m2": Row(0x1p-1, 0x1p-3, 0.1),
  ])

  /// hicann/opbase `docs/zh/ops_precision_standard/mixed_tolerance_standard.md`, revision 233ee24.
  static let standard = CannMixedScheme(rows: [
    "f16": Row(0x1p-10, 0x1p-10, 0.1), "bf16": Row(0x1p-7, 0x1p-7, 0.1),
    "f32": Row(0x1p-13, 0x1p-13, 0.01), "hf32": Row(0x1p-10, 0x1p-10, 0.1),
    "f8e4m3fn": Row(0x1p-3, 0x1p-3, 1), "f8e5m2": Row(0x1p-2, 0x1p-2, 1),
  ])

  func row(for format: FloatFormat, inputPrecision: Int?) -> Row? {
    rows[CannType.name(of: format, inputPrecision: inputPrecision)] ?? rows["f32"]
  }

  func verdict(_ evidence: SchemeEvidence) -> SchemeVerdict {
    guard let format = evidence.type.floatFormat, CannType.isCompared(format),
      let row = row(for: format, inputPrecision: evidence.inputPrecision)
    else { return .notApplicable }
    guard let pairs = evidence.finitePairs else { return .rejects }
    let same = evidence.observed.count - pairs.count
    let matched = pairs.count { row.tolerance.isMet($0.observed, $0.golden, equalNaN: true) }
    let isWithinLimit = pairs.allSatisfy {
      abs($0.error) <= max(row.limit, Self.limitUlps * format.ulp(of: $0.golden))
    }
    let wanted = Self.matchedShare * Double(evidence.observed.count)
    return SchemeVerdict(accepts: Double(matched + same) >= wanted && isWithinLimit)
  }
}

/// CANN's mean and maximum relative error: `MERE < T` and `MARE < 10·T`.
///
/// Types without a threshold take float32's. Source: hicann/opbase
/// `docs/zh/ops_precision_standard/experimental_standard.md`; NaN and infinities as in
/// hicann/ops-test-kit `docs/Precision_Comparison.md`.
enum CannRelativeScheme {
  static func threshold(for format: FloatFormat, inputPrecision: Int?) -> Double {
    switch CannType.name(of: format, inputPrecision: inputPrecision) {
    case "f16": 0x1p-10
    case "bf16": 0x1p-7
    case "hf32": 0x1p-11
    case "f8e4m3fn": 0x1p-3
    case "f8e5m2": 0x1p-2
    default: 0x1p-13
    }
  }

  static func verdict(_ evidence: SchemeEvidence) -> SchemeVerdict {
    guard let format = evidence.type.floatFormat, CannType.isCompared(format) else {
      return .notApplicable
    }
    guard let pairs = evidence.finitePairs else { return .rejects }
    guard !pairs.isEmpty else { return .accepts }
    let threshold = threshold(for: format, inputPrecision: evidence.inputPrecision)
    return SchemeVerdict(
      accepts: CannMetrics.mere(pairs) < threshold && CannMetrics.mare(pairs) < 10 * threshold)
  }
}

/// How CANN's documents name the types.
enum CannType {
  /// The row of a format; the `fnuz` types are read as their relatives, float32 inputs of 12 bits as
  /// HiFloat32.
  static func name(of format: FloatFormat, inputPrecision: Int?) -> String {
    switch format {
    case .e4m3fnuz: FloatFormat.e4m3fn.name
    case .e5m2fnuz: FloatFormat.e5m2.name
    case .f32 where inputPrecision == FloatFormat.hf32.precision: FloatFormat.hf32.name
    default: format.name
    }
  }

  /// Types below 8 bits and shared exponents are compared as bytes there.
  static func isCompared(_ format: FloatFormat) -> Bool {
    format.bitWidth >= 8 && format != .e8m0
  }
}

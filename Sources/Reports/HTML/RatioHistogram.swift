import Glibc

/// How far results are from their bounds: cases by error over bound, in powers of two.
struct RatioHistogram {
  /// Half-open on the left: (lower, upper]; the first bin is exactly zero.
  struct Bin {
    let label: String
    /// The axis mark under the bin's right edge, where it has one.
    let mark: String?
    let isBeyond: Bool
    var cases = 0
  }

  /// Powers of two to either side of the bound.
  private static let reach = 12

  private(set) var bins: [Bin]
  /// Passing cases nearest to their bound, nearest first.
  let closest: [Entry]
  /// Cases without a measured ratio: not executed, or judged by equality.
  let unmeasured: Int

  init(_ entries: [Entry], closest limit: Int = 12) {
    bins = Self.emptyBins
    var unmeasured = 0
    for entry in entries {
      guard entry.status.wasExecuted, let ratio = entry.worstRatio else {
        unmeasured += 1
        continue
      }
      bins[Self.position(of: ratio)].cases += 1
    }
    self.unmeasured = unmeasured
    closest = Array(
      entries.filter { $0.status == .pass && ($0.worstRatio ?? 0) > 0 }
        .sorted { a, b in
          let (left, right) = (a.worstRatio ?? 0, b.worstRatio ?? 0)
          return left != right ? left > right : a.record.caseID < b.record.caseID
        }
        .prefix(limit))
  }

  var measured: Int { bins.reduce(0) { $0 + $1.cases } }

  /// zero, ≤ 2^-12, …, ≤ 1, ≤ 2, …, ≤ 2^12, more, no number.
  private static let emptyBins: [Bin] = {
    var bins = [Bin(label: "exactly 0", mark: "0", isBeyond: false)]
    for power in -reach...reach {
      // The bin after the last power is labelled itself; two marks would meet.
      let mark = power.isMultiple(of: 4) && power < reach ? "2\(superscript(power))" : nil
      bins.append(Bin(label: "up to 2\(superscript(power))", mark: mark, isBeyond: power > 0))
    }
    bins.append(Bin(label: "more than 2\(superscript(reach))", mark: "more", isBeyond: true))
    bins.append(Bin(label: "wrong class or exact value", mark: "∞", isBeyond: true))
    return bins
  }()

  /// The bin of a ratio; NaN and infinity say that no number can.
  static func position(of ratio: Double) -> Int {
    guard ratio.isFinite else { return emptyBins.count - 1 }
    guard ratio > 0 else { return 0 }
    let power = Int(log2(ratio).rounded(.up))
    return min(max(power, -reach), reach + 1) + reach + 1
  }

  private static func superscript(_ power: Int) -> String {
    let figures = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let digits = String(power.magnitude).compactMap { $0.wholeNumberValue.map { figures[$0] } }
    return (power < 0 ? "⁻" : "") + String(digits)
  }
}

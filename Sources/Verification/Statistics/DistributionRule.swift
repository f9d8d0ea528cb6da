import Spec
import Tensors

/// The limits on the distribution of z (numerics §6.4 b and c, §6.6).
struct DistributionRule {
  static let rootMeanSquareLimit = 2.0
  /// Start value.
  static let sliceLimit = 2.5
  static let sliceMinimum = 256
  /// Cases with fewer elements are judged in the pool of their group.
  static let ownMinimum = 1_000

  /// Errors of rounding to nearest have mean 0; truncation and composites are exempt.
  let judgesMean: Bool
  /// The largest |z|. The tail of a sum's z is not that of a Gaussian: the energy of one legal order
  /// exceeds the mean over all by the factor r with probability e^(−π²r/12) (decision 0025).
  let maximumLimit: Double

  init(mode: NumericMode, accuracyClass: AccuracyClass) {
    let isComposite = accuracyClass == .composite || accuracyClass == .model
    judgesMean =
      !isComposite && mode.accumulateRounding == .nearestEven && mode.inputRounding == .nearestEven
    maximumLimit = isComposite ? 8 : 12
  }

  /// The first rule the sample breaks, in words; nil when it breaks none.
  func failure(_ sample: ZSample, shape: Shape, judgesSmall: Bool) -> String? {
    if sample.count >= Self.ownMinimum || (judgesSmall && sample.count > 0) {
      let failure = failure(
        count: sample.count, sum: sample.sum, squareSum: sample.squareSum, maximum: sample.maximum)
      if let failure { return failure }
    }
    return sliceFailure(sample, shape)
  }

  /// The first rule that the sums of z break; nil when they break none.
  func failure(count: Int, sum: Double, squareSum: Double, maximum: Double) -> String? {
    guard count > 0 else { return nil }
    let short = DecimalText.short
    let n = Double(count)
    let rms = (squareSum / n).squareRoot()
    if !(rms <= Self.rootMeanSquareLimit) {
      return "RMS z is \(short(rms)) over \(count) elements, limit "
        + "\(short(Self.rootMeanSquareLimit)) (numerics §6.4)"
    }
    if !(maximum <= maximumLimit) {
      return "max |z| is \(short(maximum)) over \(count) elements, limit "
        + "\(short(maximumLimit)) (numerics §6.4)"
    }
    let meanLimit = 0.25 + 5 / n.squareRoot()
    if judgesMean, !(abs(sum / n) <= meanLimit) {
      return "mean z is \(short(sum / n)) over \(count) elements, limit ±\(short(meanLimit)) "
        + "(numerics §6.4)"
    }
    return nil
  }

  /// One bad lane, row or tile cannot hide in the pool: each hyperplane of each axis is judged.
  private func sliceFailure(_ sample: ZSample, _ shape: Shape) -> String? {
    let total = sample.values.count
    guard total >= Self.sliceMinimum, total == shape.elementCount else { return nil }
    let strides = shape.rowMajorStrides
    for axis in shape.indices where shape[axis] > 1 && total / shape[axis] >= Self.sliceMinimum {
      let sums = sliceSums(sample.values, extent: shape[axis], stride: strides[axis])
      for (index, slice) in sums.enumerated() where slice.count >= Self.sliceMinimum {
        let rms = (slice.squareSum / Double(slice.count)).squareRoot()
        if !(rms <= Self.sliceLimit) {
          return "RMS z is \(DecimalText.short(rms)) over the \(slice.count) elements with index "
            + "\(index) of axis \(axis), limit 2.5 (numerics §6.4 c)"
        }
      }
    }
    return nil
  }

  private func sliceSums(
    _ values: [Double], extent: Int, stride: Int
  ) -> [(count: Int, squareSum: Double)] {
    var sums = [(count: Int, squareSum: Double)](repeating: (0, 0), count: extent)
    var position = 0
    while position < values.count {
      for index in 0..<extent {
        var (count, sum) = (0, 0.0)
        for z in values[position..<(position + stride)] where !z.isNaN {
          count += 1
          sum += z * z
        }
        sums[index].count += count
        sums[index].squareSum += sum
        position += stride
      }
    }
    return sums
  }
}

import ExtendedArithmetic

/// Elements divided by a power of the squares around them, across channels.
///
///     y[n, c, …] = x[n, c, …] / (bias + alpha / size · Σ_i x[n, i, …]²)^beta
///     max(0, c − ⌊(size − 1)/2⌋) ≤ i ≤ min(C − 1, c + ⌈(size − 1)/2⌉)
///
/// - (C1) An even size reaches one channel further up than down.
/// - (C2) The sum is divided by `size`, also at the first and last channels.
/// - Source: onnx/onnx docs/Operators.md, LRN.
enum LRNEvaluator: Evaluator {
  static let name = "LRN"
  /// A power may err by 16 units (OpenCL C full profile), which eight deviations of four cover.
  private static let powerUnits = 4.0

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let planes = try Planes(call, x)
    let size = try call.int("size")
    guard size >= 1 else { throw .invalid("LRN of size \(size)") }
    let values = try x.reals()
    let trace = call.trace
    let alpha = DoubleDouble(try call.float("alpha", default: 1e-4))
    let beta = DoubleDouble(try call.float("beta", default: 0.75))
    let bias = DoubleDouble(try call.float("bias", default: 1))
    let factor = trace.divide(alpha, by: DoubleDouble(Double(size)))
    let results = values.indices.map { position in
      let channel = position / planes.area % planes.channels
      let lowest = Swift.max(0, channel - (size - 1) / 2)
      let highest = Swift.min(planes.channels - 1, channel + size / 2)
      let region = (lowest...highest).map { values[position + ($0 - channel) * planes.area] }
      let sum = trace.sumOfSquares(region, readAs: x.type)
      let base = trace.add(bias, trace.multiply(factor, sum))
      let divisor = trace.step(DoubleDouble.pow(base, beta), units: powerUnits)
      return trace.divide(values[position], by: divisor)
    }
    return [.composite(ExactTensor(x.type, x.shape, reals: results))]
  }
}

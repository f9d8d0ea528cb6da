import NumericFormats
import Probing
import Tensors

/// A backend in the test that answers the probes of products with sums of its own, one after the
/// other, in a numeric mode that is given by three roundings.
struct SimulatedBackend {
  var input: @Sendable (Double) -> Double = { $0 }
  var accumulate: @Sendable (Double) -> Double = { FloatFormat.f32.round($0) }
  var output: @Sendable (Double) -> Double = { $0 }

  /// The product of the two matrices of a MatMul probe whose inputs are all fed.
  func answer(_ probe: Probe) -> ProbeAnswer {
    guard probe.operatorName == "MatMul", probe.inputs.count == 2,
      let left = probe.inputs[0].doubles, let right = probe.inputs[1].doubles
    else { return .none("not simulated") }
    let (rows, depth) = (probe.inputs[0].shape[0], probe.inputs[0].shape[1])
    let columns = probe.inputs[1].shape[1]
    var values: [Double] = []
    for row in 0..<rows {
      for column in 0..<columns {
        var sum = 0.0
        for place in 0..<depth {
          sum = accumulate(
            sum + input(left[row * depth + place]) * input(right[place * columns + column]))
        }
        values.append(output(sum))
      }
    }
    let tensor = Tensor(type: probe.type, shape: [rows, columns], rounding: values)
    return .findings(tensor.map { probe.decode([$0]) } ?? [])
  }
}

import ExtendedArithmetic
import ModelFormat
import NumericFormats
import Spec
import Tensors

/// Proves that rounding errors before a quantiser inside a graph decide no code (numerics §6.7).
///
/// A value that a backend only knows to within its error bound has one right code only where no
/// tie between codes lies within that bound. Everything behind a quantiser is evaluated with the
/// code of the exact value, so that a case in which this does not hold has no golden.
struct QuantiserMargins {
  let model: Model
  let inputs: [String: ExactValue]
  let versions: VersionLookup
  let samples: Int

  /// The limits of numerics §6.6 for values between nodes.
  private static let deviations = 8.0
  private static let relativeUnits = 4.0

  /// Where no precision is enough; no mode declares as many bits.
  private static let unreachable = 64

  /// A quantiser whose argument is known to within a bound only.
  private struct Quantiser {
    let node: Node
    let argument: ExactTensor
    let sensitivity: Sensitivity
  }

  /// Checks every quantiser, and gives codes among the outputs the sensitivity of their values.
  ///
  /// Outputs behind a quantiser get the precision in which its margins hold.
  func settle(_ outcomes: inout [Outcome]) throws(EvaluationError) {
    let ancestry = GraphAncestry(model.graph)
    for quantiser in try quantisers() {
      let (values, scales) = try quotients(quantiser)
      try check(quantiser, values, scales)
      let required = required(quantiser, values, scales)
      for position in outcomes.indices
      where ancestry.isBehind(model.graph.outputs[position].name, quantiser.node) {
        outcomes[position].required = outcomes[position].required.merged(with: required)
      }
      guard let name = quantiser.node.outputs.first,
        let output = model.graph.outputs.firstIndex(where: { $0.name == name }),
        output < outcomes.count, case .quantised(var column) = outcomes[output].rule
      else { continue }
      column.sensitivity = values.indices.map {
        AccumulatedTensor.roundedUp(spread(quantiser.sensitivity, at: $0) / scales[$0])
      }
      outcomes[output].rule = .quantised(column)
    }
  }

  /// The quantisers of the graph with unsettled arguments, measured together.
  private func quantisers() throws(EvaluationError) -> [Quantiser] {
    guard model.graph.nodes.count > 1 else { return [] }
    let nodes = model.graph.nodes.filter { $0.operatorName == "QuantizeLinear" && $0.domain == "" }
    guard !nodes.isEmpty else { return [] }
    var probed = model
    probed.graph.outputs = nodes.compactMap { node in
      node.inputs.first.map { ValueInfo(name: $0, type: nil) }
    }
    let values = try GraphEvaluation(
      model: probed, versions: versions, trace: Trace(), decomposition: 0
    ).values(inputs)
    guard values.contains(where: { !$0.isSettled }) else { return [] }
    let measured = try SensitivityMeasurement(
      model: probed, inputs: inputs, versions: versions, exact: values.map(\.outcome),
      samples: samples, measuresAll: true, measuresTruncation: true
    ).measure()
    var result: [Quantiser] = []
    for (position, value) in values.enumerated() where !value.isSettled {
      guard case .tensor(let argument) = value.value, let side = measured[position]?.first else {
        throw .unsupported("a quantiser of something else than a float tensor")
      }
      result.append(Quantiser(node: nodes[position], argument: argument, sensitivity: side))
    }
    return result
  }

  /// The quotients x/s of the elements, without the zero point, and the scale of each.
  private func quotients(
    _ quantiser: Quantiser
  ) throws(EvaluationError) -> (values: [DoubleDouble], scales: [Double]) {
    let name = quantiser.node.inputs.count > 1 ? quantiser.node.inputs[1] : ""
    guard let tensor = given(name) else {
      throw .unsupported("a quantiser inside a graph whose scale is computed")
    }
    guard tensor.count == 1, let only = try tensor.reals().first, only.high > 0 else {
      throw .unsupported("a quantiser inside a graph with several scales")
    }
    let reals = try quantiser.argument.reals()
    return (
      reals.map { $0 / only }, [Double](repeating: only.high, count: reals.count)
    )
  }

  /// A constant or input of the graph.
  private func given(_ name: String) -> ExactTensor? {
    if case .tensor(let tensor)? = inputs[name] { return tensor }
    let constant = model.graph.initializers.first { $0.name == name }
    return constant.map { ExactTensor($0.tensor) }
  }

  private func check(
    _ quantiser: Quantiser, _ values: [DoubleDouble], _ scales: [Double]
  ) throws(EvaluationError) {
    let unit = Self.unitRoundoff(of: quantiser.argument.type)
    for position in values.indices {
      let value = values[position].high
      let bound = unit * reach(quantiser, value, scales[position], at: position)
      guard bound < Self.distanceToTie(value) else {
        let name = quantiser.node.inputs.first ?? ""
        throw .unsupported(
          "element \(position) of \"\(name)\" is quantised at \(value), within \(bound) of a tie; "
            + "draw other values: raise redraw by one")
      }
    }
  }

  /// How far off the quotient may be, per unit round-off.
  private func reach(
    _ quantiser: Quantiser, _ value: Double, _ scale: Double, at position: Int,
    truncates: Bool = false
  ) -> Double {
    var spread = spread(quantiser.sensitivity, at: position)
    if truncates, position < quantiser.sensitivity.truncation.count {
      let bias = Double(quantiser.sensitivity.truncation[position])
      spread = (spread * spread + bias * bias).squareRoot()
    }
    // The relative part also covers the division and the rounding of the argument to its type.
    return Self.deviations * spread / scale + (Self.relativeUnits + 2) * value.magnitude
  }

  private static func distanceToTie(_ value: Double) -> Double {
    (value - (value.rounded(.down) + 0.5)).magnitude
  }

  /// The fewest bits in which no element comes within its bound of a tie.
  private func required(
    _ quantiser: Quantiser, _ values: [DoubleDouble], _ scales: [Double]
  ) -> RequiredPrecision {
    func bits(truncates: Bool) -> Int {
      values.indices.reduce(0) { most, position in
        let value = values[position].high
        let reach = reach(quantiser, value, scales[position], at: position, truncates: truncates)
        guard reach > 0 else { return most }
        let share = Self.distanceToTie(value) / reach
        guard share > 0 else { return Self.unreachable }
        // The least p with 2^-p below the share, strictly.
        let isPowerOfTwo = share.significandBitPattern == 0
        let bits = (isPowerOfTwo ? 1 : 0) - Int(share.exponent)
        return max(most, min(Self.unreachable, max(0, bits)))
      }
    }
    let nearest = bits(truncates: false)
    return RequiredPrecision(
      factors: nearest, accumulator: nearest, truncating: bits(truncates: true), compute: nearest)
  }

  /// Of all sources together: a margin holds in the mode that rounds everywhere.
  private func spread(_ side: Sensitivity, at position: Int) -> Double {
    let squares = [side.compute, side.accumulate, side.storage, side.input].map { column in
      position < column.count ? Double(column[position]) * Double(column[position]) : 0
    }
    return squares.reduce(0, +).squareRoot()
  }

  /// Of the type that the argument is stored in, and that products of float32 are accumulated in.
  private static func unitRoundoff(of type: ElementType) -> Double {
    Double(sign: .plus, exponent: -(type.floatFormat?.precision ?? 24), significand: 1)
  }
}

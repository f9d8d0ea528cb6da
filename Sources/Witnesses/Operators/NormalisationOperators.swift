import CPUBackend
import Tensors

/// LayerNormalization, RMSNormalization and BatchNormalization.
struct NormalisationOperators: Sendable {
  let form: NormalisationForm
  let way: Summation

  var all: [String: Computation] {
    [
      "LayerNormalization": Computation { call, plain throws(KernelError) in
        let isWide = try Self.isWide(call)
        return try isWide
          ? layer(call, plain, as: Double.self) : layer(call, plain, as: Float.self)
      },
      "RMSNormalization": Computation { call, plain throws(KernelError) in
        let isWide = try Self.isWide(call)
        return try isWide
          ? rootMeanSquare(call, plain, as: Double.self)
          : rootMeanSquare(call, plain, as: Float.self)
      },
      "BatchNormalization": Computation { call, plain throws(KernelError) in
        // In training the outputs are statistics of the batch as well.
        guard plain.count == 1 else { return plain }
        let isWide = try call.tensors().contains { $0.type == .f64 }
        return try isWide
          ? batch(call, plain, as: Double.self) : batch(call, plain, as: Float.self)
      },
    ]
  }

  /// Every step in binary16, of the one without a `stash_type`.
  var half: [String: Computation] {
    [
      "BatchNormalization": Computation(types: [.f16]) { call, plain throws(KernelError) in
        try plain.count == 1 ? batch(call, plain, as: Float16.self) : plain
      }
    ]
  }

  /// Whether the statistics are to be computed in binary64.
  private static func isWide(_ call: Call) throws(KernelError) -> Bool {
    let types = [
      try RowNormalization.stashType(call.attributes), try call.tensor(0).type,
    ]
    return types.contains(.f64)
  }

  private func layer<Number: Real>(
    _ call: Call, _ plain: [Value], as _: Number.Type
  ) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let rows = try RowNormalization(call, x.shape)
    let scale = try rows.broadcast(try call.tensor(1), "the scale").map { Number($0) }
    let bias = try call.optionalTensor(2).map { tensor throws(KernelError) in
      try rows.broadcast(tensor, "the bias").map { Number($0) }
    }
    let epsilon = Number(try call.float("epsilon", default: 1e-5))
    let values = try rows.elements(x).map { Number($0) }
    var (y, means, inverses): ([Number], [Number], [Number]) = ([], [], [])
    for row in 0..<rows.count {
      let range = row * rows.length..<(row + 1) * rows.length
      let moments = form.statistics(Array(values[range]), way)
      means.append(moments.mean)
      inverses.append(1 / (moments.variance + epsilon).squareRoot())
      for index in range {
        y.append(
          form.apply(
            values[index], moments, epsilon: epsilon, scale: scale[index],
            bias: bias?[index] ?? 0))
      }
    }
    let outputs: [Value] = [
      .tensor(try .rounding(y, to: x.type, x.shape)),
      .tensor(try .rounding(means, to: rows.stashType, rows.reducedShape)),
      .tensor(try .rounding(inverses, to: rows.stashType, rows.reducedShape)),
    ]
    return Array(outputs.prefix(plain.count))
  }

  private func rootMeanSquare<Number: Real>(
    _ call: Call, _ plain: [Value], as _: Number.Type
  ) throws(KernelError) -> [Value] {
    let (x, scaleTensor) = (try call.tensor(0), try call.tensor(1))
    let rows = try RowNormalization(call, x.shape)
    let scale = try rows.broadcast(scaleTensor, "the scale").map { Number($0) }
    let epsilon = Number(try call.float("epsilon", default: 1e-5))
    let values = try rows.elements(x).map { Number($0) }
    let plan = SummationPlan(way.order, count: rows.length)
    var y: [Number] = []
    for row in 0..<rows.count {
      let range = row * rows.length..<(row + 1) * rows.length
      let elements = Array(values[range])
      let square = way.dot(elements, elements, plan) / Number(rows.length)
      for index in range {
        y.append(
          form.apply(
            values[index], (0, square), epsilon: epsilon, scale: scale[index], bias: 0))
      }
    }
    return [.tensor(try .rounding(y, to: scaleTensor.type, x.shape))]
  }

  /// With stored statistics.
  private func batch<Number: Real>(
    _ call: Call, _ plain: [Value], as _: Number.Type
  ) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let values = try x.reals(Number.self)
    var parameters: [[Number]] = []
    for position in 1...4 { parameters.append(try call.tensor(position).reals(Number.self)) }
    let epsilon = Number(try call.float("epsilon", default: 1e-5))
    let channels = parameters[0].count
    let plane = x.shape.count > 1 ? x.shape[2...].reduce(1, *) : 1
    let y = values.indices.map { index in
      let channel = index / plane % channels
      return form.apply(
        values[index], (parameters[2][channel], parameters[3][channel]), epsilon: epsilon,
        scale: parameters[0][channel], bias: parameters[1][channel])
    }
    return [.tensor(try .rounding(y, to: x.type, x.shape))]
  }
}

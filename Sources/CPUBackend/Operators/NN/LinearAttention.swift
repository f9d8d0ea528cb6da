import Glibc
import Tensors

/// Attention by a state that every token decays and adds to.
///
/// Token by token in binary64: decay the state, compare what it holds for the key with the value
/// (rules with the delta), add the outer product, read with the queries of the head's group. The size
/// of a chunk is a hint that this order has no use for.
enum LinearAttentionKernel: OperatorKernel {
  static let name = "LinearAttention"
  static let versions = [27]

  private static let rules = ["linear", "gated", "delta", "gated_delta"]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try rule(declaration.attributes)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let sizes = try Sizes(call)
    let rule = try rule(call.attributes)
    let past = try past(call, sizes)
    var heads = Heads(
      sizes: sizes, q: try call.tensor(0).reals(Double.self),
      k: try call.tensor(1).reals(Double.self), v: try call.tensor(2).reals(Double.self))
    if rule.hasPrefix("gated") {
      heads.decays = try gate(call, 4, sizes, [sizes.keyHeads, sizes.keyHeads * sizes.features])
    }
    if rule.hasSuffix("delta") { heads.rates = try gate(call, 5, sizes, [sizes.keyHeads, 1]) }
    let scale = Double(try call.float("scale", default: 0))
    heads.scale = scale == 0 ? 1 / Double(sizes.features).squareRoot() : scale
    let outputShape = [sizes.batch, sizes.tokens, sizes.queryHeads * sizes.columns]
    var y = [Double](repeating: 0, count: try Allocation.count(of: outputShape, type: .f64))
    var states = try past?.reals(Double.self) ?? Array(repeating: 0, count: sizes.stateCount)
    let size = sizes.features * sizes.columns
    for batch in 0..<sizes.batch {
      for head in 0..<sizes.keyHeads {
        let start = (batch * sizes.keyHeads + head) * size
        var state = Array(states[start..<start + size])
        heads.run(batch, head, &state, &y)
        states.replaceSubrange(start..<start + size, with: state)
      }
    }
    let type = try call.tensor(0).type
    return [
      .tensor(try .rounding(y, to: type, outputShape)),
      .tensor(try .rounding(states, to: past?.type ?? type, sizes.stateShape)),
    ]
  }

  private static func rule(_ attributes: Attributes) throws(KernelError) -> String {
    try attributes.choice("update_rule", of: rules, default: "gated_delta")
  }

  private static func past(_ call: Call, _ sizes: Sizes) throws(KernelError) -> Tensor? {
    guard let tensor = try call.optionalTensor(3) else { return nil }
    guard tensor.shape == sizes.stateShape else {
      throw .invalidInput("past_state has shape \(tensor.shape), \(sizes.stateShape) is needed")
    }
    return tensor
  }

  private static func gate(
    _ call: Call, _ position: Int, _ sizes: Sizes, _ widths: [Int]
  ) throws(KernelError) -> Gate {
    let tensor = try call.tensor(position)
    let shape = tensor.shape
    guard shape.count == 3, shape[0] == sizes.batch, shape[1] == sizes.tokens,
      widths.contains(shape[2])
    else { throw .invalidInput("input \(position) has shape \(shape)") }
    return Gate(values: try tensor.reals(Double.self), width: shape[2])
  }

  /// A tensor of (batch, tokens, width).
  private struct Gate {
    var values: [Double]
    var width: Int
  }

  private struct Sizes {
    let batch: Int
    let tokens: Int
    let queryHeads: Int
    let keyHeads: Int
    /// Of a key and a query.
    let features: Int
    /// Of a value.
    let columns: Int
    let stateCount: Int

    var stateShape: Shape { [batch, keyHeads, features, columns] }

    init(_ call: Call) throws(KernelError) {
      let (q, k, v) = (
        try call.tensor(0).shape, try call.tensor(1).shape, try call.tensor(2).shape
      )
      queryHeads = try call.int("q_num_heads", default: 0)
      keyHeads = try call.int("kv_num_heads", default: 0)
      guard queryHeads > 0, keyHeads > 0, queryHeads % keyHeads == 0 else {
        throw .invalidModel("\(queryHeads) query heads on \(keyHeads) key heads")
      }
      guard q.count == 3, k.count == 3, v.count == 3, q[2] > 0, q[2] % queryHeads == 0,
        v[2] % keyHeads == 0
      else { throw .invalidInput("\(queryHeads) and \(keyHeads) heads in \(q) and \(v)") }
      (batch, tokens) = (q[0], q[1])
      (features, columns) = (q[2] / queryHeads, v[2] / keyHeads)
      // No overflow: there are at most as many key heads as query heads.
      guard k == [batch, tokens, keyHeads * features], v[0] == batch, v[1] == tokens else {
        throw .invalidInput("Q, K and V of shapes \(q), \(k) and \(v)")
      }
      stateCount = try Allocation.count(of: [batch, keyHeads, features, columns], type: .f64)
    }
  }

  private struct Heads {
    var sizes: Sizes
    var q: [Double]
    var k: [Double]
    var v: [Double]
    var decays: Gate?
    var rates: Gate?
    var scale = 1.0

    /// Runs all tokens of one key head; the state is (features, columns).
    func run(_ batch: Int, _ head: Int, _ state: inout [Double], _ y: inout [Double]) {
      let (features, columns) = (sizes.features, sizes.columns)
      for token in 0..<sizes.tokens {
        let row = batch * sizes.tokens + token
        if let decays { decay(&state, decays, row, head) }
        let key = (row * sizes.keyHeads + head) * features
        let value = (row * sizes.keyHeads + head) * columns
        var added = Array(v[value..<value + columns])
        if let rates {
          let rate = rates.values[row * rates.width + (rates.width == 1 ? 0 : head)]
          for column in 0..<columns {
            let held = (0..<features).reduce(0.0) {
              $0 + k[key + $1] * state[$1 * columns + column]
            }
            added[column] = rate * (added[column] - held)
          }
        }
        for feature in 0..<features {
          for column in 0..<columns {
            state[feature * columns + column] += k[key + feature] * added[column]
          }
        }
        read(state, row, head, &y)
      }
    }

    private func decay(_ state: inout [Double], _ decays: Gate, _ row: Int, _ head: Int) {
      let columns = sizes.columns
      let isOneEach = decays.width == sizes.keyHeads
      for feature in 0..<sizes.features {
        let place = isOneEach ? head : head * sizes.features + feature
        let factor = exp(decays.values[row * decays.width + place])
        for column in 0..<columns { state[feature * columns + column] *= factor }
      }
    }

    private func read(_ state: [Double], _ row: Int, _ head: Int, _ y: inout [Double]) {
      let (features, columns) = (sizes.features, sizes.columns)
      let group = sizes.queryHeads / sizes.keyHeads
      for query in head * group..<(head + 1) * group {
        let place = row * sizes.queryHeads + query
        for column in 0..<columns {
          var sum = 0.0
          for feature in 0..<features {
            sum += q[place * features + feature] * state[feature * columns + column]
          }
          y[place * columns + column] = scale * sum
        }
      }
    }
  }
}

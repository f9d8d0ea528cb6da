import ExtendedArithmetic

/// One key-value head of one row of the batch of a linear attention call, with the queries that
/// read it.
///
/// The recurrence may be run token by token, or as the sums that it comes to over a whole chunk: both
/// are legal, and their errors differ.
struct LinearAttentionHead {
  /// By query head of the group, token and feature.
  var queries: [[[DoubleDouble]]]
  /// By token and feature.
  var keys: [[DoubleDouble]]
  /// By token and column.
  var values: [[DoubleDouble]]
  /// By token: one logarithm for all features, or one each; nil for rules without decay.
  var decays: [[DoubleDouble]]?
  /// By token; nil for rules without the delta.
  var rates: [DoubleDouble]?
  /// By feature and column.
  var state: [[DoubleDouble]]
  let scale: DoubleDouble
  let trace: Trace

  /// What a head gives.
  struct Result {
    /// By query head of the group, token and column.
    var outputs: [[[DoubleDouble]]]
    /// By feature and column.
    var state: [[DoubleDouble]]
  }

  private var columns: Range<Int> { 0..<(values.first ?? state.first ?? []).count }

  /// The recurrence as the text writes it.
  func recurrent() -> Result {
    var now = state
    var outputs = [[[DoubleDouble]]](repeating: [], count: queries.count)
    for token in keys.indices {
      if let decays {
        let factors = decays[token].map { trace.primitive(.exp, $0) }
        for feature in now.indices {
          let factor = factors[feature % factors.count]
          now[feature] = now[feature].map { trace.multiply(factor, $0) }
        }
      }
      let written = written(token) { column in
        trace.dot(keys[token], now.map { $0[column] })
      }
      for feature in now.indices {
        for column in columns {
          let product = trace.multiply(
            trace.factor(keys[token][feature]), trace.factor(written[column]))
          now[feature][column] = trace.add(now[feature][column], product)
        }
      }
      for head in queries.indices {
        outputs[head].append(
          columns.map { column in
            trace.multiply(scale, trace.dot(queries[head][token], now.map { $0[column] }))
          })
      }
    }
    return Result(outputs: outputs, state: now)
  }

  /// The same with all tokens as one chunk: every result is a sum over the tokens before it, with
  /// the decay between the two.
  func chunked() -> Result {
    let sums = decaySums()
    var written: [[DoubleDouble]] = []
    for token in keys.indices {
      let weights = weights(keys[token], at: token, sums, before: token)
      written.append(self.written(token) { read(weights, written, $0) })
    }
    let outputs = queries.map { head in
      head.enumerated().map { token, row in
        let weights = weights(row, at: token, sums, before: token + 1)
        return columns.map { trace.multiply(scale, read(weights, written, $0)) }
      }
    }
    return Result(outputs: outputs, state: lastState(written, sums))
  }

  /// What the rule adds to the state, given what the state holds for the key.
  private func written(_ token: Int, _ retrieved: (Int) -> DoubleDouble) -> [DoubleDouble] {
    guard let rates else { return values[token] }
    return columns.map { column in
      trace.multiply(
        rates[token], trace.subtract(values[token][column], retrieved(column)))
    }
  }

  /// The logarithms summed up to each token.
  private func decaySums() -> [[DoubleDouble]]? {
    decays.map { decays in
      decays.indices.map { token in
        decays[token].indices.map { place in trace.sum(decays[...token].map { $0[place] }) }
      }
    }
  }

  /// A row with what decays from one token (nil: from the initial state) to another.
  private func decayed(
    _ row: [DoubleDouble], from start: Int?, to end: Int, _ sums: [[DoubleDouble]]?
  ) -> [DoubleDouble] {
    guard let sums else { return row }
    let factors = sums[end].indices.map { place in
      trace.primitive(
        .exp, start.map { trace.subtract(sums[end][place], sums[$0][place]) } ?? sums[end][place])
    }
    return row.indices.map { trace.multiply(row[$0], factors[$0 % factors.count]) }
  }

  /// What a row reads of the initial state and of the tokens before an end.
  private struct Weights {
    let initial: [DoubleDouble]
    let tokens: [DoubleDouble]
  }

  private func weights(
    _ row: [DoubleDouble], at token: Int, _ sums: [[DoubleDouble]]?, before end: Int
  ) -> Weights {
    Weights(
      initial: decayed(row, from: nil, to: token, sums),
      tokens: (0..<end).map { trace.dot(decayed(row, from: $0, to: token, sums), keys[$0]) })
  }

  private func read(
    _ weights: Weights, _ written: [[DoubleDouble]], _ column: Int
  ) -> DoubleDouble {
    let first = trace.dot(weights.initial, state.map { $0[column] })
    return trace.add(
      first, trace.dot(weights.tokens, written.prefix(weights.tokens.count).map { $0[column] }))
  }

  private func lastState(
    _ written: [[DoubleDouble]], _ sums: [[DoubleDouble]]?
  ) -> [[DoubleDouble]] {
    guard let last = keys.indices.last else { return state }
    let rows = keys.indices.map { decayed(keys[$0], from: $0, to: last, sums) }
    let factors = sums.map { _ in decayed(state.map { _ in .one }, from: nil, to: last, sums) }
    return state.indices.map { feature in
      let line = rows.map { $0[feature] }
      return columns.map { column in
        let start = state[feature][column]
        let kept = factors.map { trace.multiply($0[feature], start) } ?? start
        return trace.add(kept, trace.dot(line, written.map { $0[column] }))
      }
    }
  }
}

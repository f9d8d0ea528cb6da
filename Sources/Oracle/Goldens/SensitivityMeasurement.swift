import ExtendedArithmetic
import ModelFormat
import NumericFormats
import Spec

/// Measures σ/u0 of every real output element, one rounding source at a time (numerics §6.6).
///
/// The seeds are fixed, so that a second measurement gives the same bits.
struct SensitivityMeasurement {
  let model: Model
  let inputs: [String: ExactValue]
  let versions: VersionLookup
  /// The exact outcomes of decomposition 0.
  let exact: [Outcome]
  /// Perturbed runs of each source and decomposition.
  let samples: Int
  /// Whether outputs of other classes are measured too.
  var measuresAll = false
  /// Whether the bias of truncating sums is a source of its own even where all sums are short.
  var measuresTruncation = false

  /// The unit round-off of the finest float output, in which storage noise is measured.
  private var storageUnit: Double {
    exact.flatMap { $0.value.floatFormats.map(\.unitRoundoff) }.min() ?? 1
  }

  /// By output position: one sensitivity per tensor inside the output, in order.
  func measure() throws(EvaluationError) -> [Int: [Sensitivity]] {
    var largest: [Trace.Source: [[[Double]]]] = [:]
    for decomposition in 0..<decompositions() {
      let probe = Trace()
      let reference = try run(probe, decomposition)
      for source in Trace.Source.allCases where try meets(source, probe, decomposition) {
        let spread = try spread(
          of: source, around: reference, decomposition, coarsestStorage: probe.coarsestStorage)
        largest[source] = largest[source].map { Self.maximum($0, spread) } ?? spread
      }
    }
    return assembled(largest)
  }

  /// The most decompositions that any operator of the model knows.
  private func decompositions() -> Int {
    Self.evaluators(in: model.graph).map { $0.decompositions }.max() ?? 1
  }

  private static func evaluators(in graph: Graph) -> [any Evaluator.Type] {
    graph.nodes.flatMap { node in
      let own = EvaluatorRegistry.evaluator(domain: node.domain, name: node.operatorName)
      let inner = node.attributes.values.compactMap(\.graphValue).flatMap { evaluators(in: $0) }
      return (own.map { [$0] } ?? []) + inner
    }
  }

  /// The exact run notes only what evaluators call themselves; in graphs with edges every source
  /// may occur between nodes.
  private func meets(
    _ source: Trace.Source, _ probe: Trace, _ decomposition: Int
  ) throws(EvaluationError) -> Bool {
    if source == .truncation {
      return measuresTruncation || probe.longestSum > Trace.shortSum
    }
    return model.graph.nodes.count > 1 || probe.hasMet(source)
  }

  /// Elements by output and by tensor inside it.
  private func run(
    _ trace: Trace, _ decomposition: Int
  ) throws(EvaluationError) -> [[[DoubleDouble]]] {
    let outcomes = try GraphEvaluation(
      model: model, versions: versions, trace: trace, decomposition: decomposition,
      storageUnit: storageUnit
    ).run(inputs)
    return outcomes.map { $0.value.realTensors }
  }

  private func spread(
    of source: Trace.Source, around reference: [[[DoubleDouble]]], _ decomposition: Int,
    coarsestStorage: Double
  ) throws(EvaluationError) -> [[[Double]]] {
    var squares = reference.map { $0.map { [Double](repeating: 0, count: $0.count) } }
    for sample in 0..<samples {
      let seed = UInt64(sample + 1 + 1000 * source.rawValue + 10_000 * decomposition)
      let trace = Trace(source: source, seed: seed, coarsestStorage: coarsestStorage)
      let results = try run(trace, decomposition)
      for output in squares.indices {
        for tensor in squares[output].indices {
          for element in squares[output][tensor].indices {
            guard output < results.count, tensor < results[output].count,
              element < results[output][tensor].count
            else { throw .unsupported("an output whose structure depends on rounding") }
            let error = results[output][tensor][element] - reference[output][tensor][element]
            let scaled = error.high / trace.size
            squares[output][tensor][element] += scaled.isFinite ? scaled * scaled : 0
          }
        }
      }
    }
    return squares.map { $0.map { $0.map { ($0 / Double(samples)).squareRoot() } } }
  }

  private static func maximum(_ a: [[[Double]]], _ b: [[[Double]]]) -> [[[Double]]] {
    zip(a, b).map { zip($0, $1).map { zip($0, $1).map { max($0, $1) } } }
  }

  private func assembled(_ spreads: [Trace.Source: [[[Double]]]]) -> [Int: [Sensitivity]] {
    var result: [Int: [Sensitivity]] = [:]
    for (output, outcome) in exact.enumerated()
    where measuresAll || outcome.isComposite {
      result[output] = outcome.value.realTensors.indices.map { tensor in
        func column(_ source: Trace.Source) -> [Double] {
          guard let spread = spreads[source]?[output][tensor] else {
            return [Double](repeating: 0, count: outcome.value.realTensors[tensor].count)
          }
          return spread.map { AccumulatedTensor.bounding($0) }
        }
        return Sensitivity(
          compute: column(.compute), accumulate: column(.accumulate), storage: column(.storage),
          input: column(.input),
          truncation: spreads[.truncation] == nil ? [] : column(.truncation))
      }
    }
    return result
  }
}

extension Outcome {
  /// Whether the outcome is judged by measured sensitivities.
  var isComposite: Bool {
    if case .composite = rule { true } else { false }
  }
}

extension ExactValue {
  /// The real elements of every tensor inside, in order; tensors of other types are skipped.
  var realTensors: [[DoubleDouble]] {
    switch self {
    case .tensor(let tensor), .map(_, let tensor):
      if case .reals(let reals) = tensor.elements { [reals] } else { [] }
    case .sequence(let values, _): values.flatMap(\.realTensors)
    case .optional(let content, _): content?.realTensors ?? []
    }
  }

  /// The formats of the float tensors inside.
  var floatFormats: [FloatFormat] {
    switch self {
    case .tensor(let tensor), .map(_, let tensor): tensor.type.floatFormat.map { [$0] } ?? []
    case .sequence(let values, _): values.flatMap(\.floatFormats)
    case .optional(let content, _): content?.floatFormats ?? []
    }
  }
}

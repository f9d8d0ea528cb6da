package import Tensors

/// What a case expects: the exact results and what their error bounds are derived from.
///
/// Independent of any numeric mode (numerics §2).
package struct Golden: Hashable, Sendable {
  /// One entry per output of the model, in order.
  package var outputs: [GoldenOutput]
  /// The results of a backend that flushes subnormals, where they differ.
  package var flushedOutputs: [GoldenOutput]?

  package init(outputs: [GoldenOutput], flushedOutputs: [GoldenOutput]? = nil) {
    self.outputs = outputs
    self.flushedOutputs = flushedOutputs
  }
}

/// The legal results of one output: one for `must-match` cases, several for `set` cases.
package struct GoldenOutput: Hashable, Sendable {
  package var name: String
  package var alternatives: [GoldenValue]

  package init(name: String, alternatives: [GoldenValue]) {
    self.name = name
    self.alternatives = alternatives
  }
}

/// One legal result.
package indirect enum GoldenValue: Hashable, Sendable {
  case tensor(GoldenTensor)
  case sequence([GoldenValue], element: ValueType)
  case optional(GoldenValue?, content: ValueType)
  /// Keys of rank 1, each once, and a value for each in the same order. Only this golden has an
  /// order: a map does not.
  case map(keys: Tensor, values: GoldenTensor)
  /// Only the structure is judged: any value of the type (and shape, where it is known).
  case undefined(type: ValueType, shape: Shape?)
}

/// A tensor result with the columns its judgement needs.
package struct GoldenTensor: Hashable, Sendable {
  package var type: ElementType
  package var shape: Shape
  package var columns: GoldenColumns
  /// Whether the sign of a zero result is judged (numerics §6.11 S2).
  package var signedZero: Bool
  /// True where the standard leaves the element's value open; empty when it never does.
  package var undefined: [Bool]
  /// What a mode must keep before this output for its values to be judged at all.
  package var required: RequiredPrecision

  package init(
    type: ElementType, shape: Shape, columns: GoldenColumns, signedZero: Bool = false,
    undefined: [Bool] = [], required: RequiredPrecision = .none
  ) {
    self.type = type
    self.shape = shape
    self.columns = columns
    self.signedZero = signedZero
    self.undefined = undefined
    self.required = required
  }
}

/// The side data of each accuracy class; every array has one entry per element unless it says so.
package enum GoldenColumns: Hashable, Sendable {
  case exact(Tensor)
  /// Per element any of the codes at the same position is right.
  case oneOf([Tensor])
  case rounded(RealColumn)
  case elementwise(RealColumn, ElementwiseBudget)
  case accumulated(RealColumn, Accumulation)
  case product(RealColumn, ProductRange)
  case composite(RealColumn, Sensitivity)
  /// An output of a whole model; without a rule it is a tap, judged element by element.
  case model(RealColumn, Sensitivity, TokenRule?)
  case quantised(QuantisedColumn)
  case selection(SelectionColumn)
  case random(Distribution)

  /// The class these columns belong to.
  package var accuracyClass: AccuracyClass {
    switch self {
    case .exact, .oneOf: .exact
    case .rounded: .rounded
    case .elementwise: .elementwise
    case .accumulated: .accumulated
    case .product: .product
    case .composite: .composite
    case .model: .model
    case .quantised: .quantised
    case .selection: .indices
    case .random: .random
    }
  }
}

/// Exact results g = high + low, never rounded to the output type.
package struct RealColumn: Hashable, Sendable {
  package var high: [Double]
  /// Kept for float64 outputs, and for correctly rounded ones that two roundings would change;
  /// empty otherwise.
  package var low: [Double]

  package init(high: [Double], low: [Double] = []) {
    self.high = high
    self.low = low
  }
}

/// Class E: `|y − g| ≤ ½ulp_out(g) + budget·ulp_c(g) + absolute·u_c`.
package struct ElementwiseBudget: Hashable, Sendable {
  /// k at the standard level L2, in ulps of the compute format.
  package var ulps: Double
  /// A_f(x)/u_c per element, rounded up; empty when the operator has none.
  package var absolute: [Float]
  /// The closed range every result must lie in, where the function has one.
  package var range: ClosedRange<Double>?

  package init(ulps: Double, absolute: [Float] = [], range: ClosedRange<Double>? = nil) {
    self.ulps = ulps
    self.absolute = absolute
    self.range = range
  }
}

/// Class D side data (numerics §1: S, Q², E, h), rounded up: float32 values within its range, binary64
/// ones beyond, so that sums near the end of a range keep a bound.
package struct Accumulation: Hashable, Sendable {
  package var magnitude: [Double]
  package var productEnergy: [Double]
  package var pathEnergy: [Double]
  /// One entry when the height is the same for every element.
  package var height: [Int32]
  /// Whether the terms are products, so that rounded inputs matter.
  package var hasProducts: Bool
  /// The bits an accumulator needs so that no order of summation rounds in any element, where these
  /// are 12 to 24; nil: 11 bits will do, or more than 24 are needed.
  package var exactBits: Int?
  /// The largest number a sum was divided by, where such a sum leaves the range of binary16; else 1.
  package var divisor = 1

  package init(
    magnitude: [Double], productEnergy: [Double], pathEnergy: [Double], height: [Int32],
    hasProducts: Bool, exactBits: Int? = nil, divisor: Int = 1
  ) {
    self.magnitude = magnitude
    self.productEnergy = productEnergy
    self.pathEnergy = pathEnergy
    self.height = height
    self.hasProducts = hasProducts
    self.exactBits = exactBits
    self.divisor = divisor
  }
}

/// Class P side data: the largest and smallest partial product any order may meet.
package struct ProductRange: Hashable, Sendable {
  package var largest: [Double]
  package var smallest: [Double]
  package var height: [Int32]

  package init(largest: [Double], smallest: [Double], height: [Int32]) {
    self.largest = largest
    self.smallest = smallest
    self.height = height
  }
}

/// Side data of classes C and M: σ/u0 per rounding source, in output units, rounded up: float32
/// values within its normal range, binary64 ones beyond.
package struct Sensitivity: Hashable, Sendable {
  package var compute: [Double]
  package var accumulate: [Double]
  package var storage: [Double]
  package var input: [Double]
  /// To the bias of sums that round toward zero, measured for whole models; else empty.
  package var truncation: [Double]

  package init(
    compute: [Double], accumulate: [Double], storage: [Double], input: [Double],
    truncation: [Double] = []
  ) {
    self.truncation = truncation
    self.compute = compute
    self.accumulate = accumulate
    self.storage = storage
    self.input = input
  }
}

/// Class Q: the real value before rounding and the strict interval of codes.
package struct QuantisedColumn: Hashable, Sendable {
  package var value: [Double]
  /// Strict interval of codes as integers (for float8 and narrower: the codes' decoded values).
  package var lowest: [Double]
  package var highest: [Double]
  /// σ of the real value per unit round-off, where it is itself computed; empty when exact.
  package var sensitivity: [Float]

  package init(value: [Double], lowest: [Double], highest: [Double], sensitivity: [Float] = []) {
    self.value = value
    self.lowest = lowest
    self.highest = highest
    self.sensitivity = sensitivity
  }
}

/// Class I: exact indices, with groups of interchangeable ones where the text leaves the order open.
package struct SelectionColumn: Hashable, Sendable {
  package var indices: [Int64]
  /// Elements with the same non-zero group may swap their indices; 0: this index and no other.
  /// Empty when no order is open.
  package var tieGroup: [Int32]

  package init(indices: [Int64], tieGroup: [Int32] = []) {
    self.indices = indices
    self.tieGroup = tieGroup
  }
}

/// Class S: the distribution that values are drawn from.
package enum Distribution: Hashable, Sendable {
  case uniform(low: Double, high: Double)
  case normal(mean: Double, deviation: Double)
  /// Probability of 1 per element.
  case bernoulli([Double])
  /// Indices below `classes`; so many probabilities for each row along the last axis.
  case categorical([Double], classes: Int)
}

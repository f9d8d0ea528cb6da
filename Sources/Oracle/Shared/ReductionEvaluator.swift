import ExtendedArithmetic
import Tensors

/// An operator that folds the elements along some axes into one.
protocol ReductionEvaluator: Evaluator {
  /// The version from which the axes are an input, not an attribute.
  static var axesInputFrom: Int { get }
  /// Whether the text leaves open what nothing folds to.
  static func isOpenWhereEmpty(version: Int) -> Bool
  /// What integers and bools fold to.
  static func integers(_ folds: Folds<Int128>) throws(EvaluationError) -> Outcome
  static func reals(_ folds: Folds<DoubleDouble>, _ call: Call) throws(EvaluationError) -> Outcome
}

extension ReductionEvaluator {
  static var axesInputFrom: Int { 18 }
  /// Versions before 18 do not say it.
  static func isOpenWhereEmpty(version: Int) -> Bool { version < 18 }

  static func integers(_: Folds<Int128>) throws(EvaluationError) -> Outcome {
    throw .unsupported("\(name) of integers")
  }

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let reduction = try Reduction(call, x, axesInputFrom: axesInputFrom)
    var outcome =
      x.isIntegral
      ? try integers(Folds(try x.integers(), reduction, x.type))
      : try reals(Folds(try x.reals(), reduction, x.type), call)
    if isOpenWhereEmpty(version: call.version) {
      outcome.undefined = OpenElements.union(outcome.undefined, reduction.groups.map(\.isEmpty))
    }
    return [outcome]
  }
}

/// The elements that each output of a reduction is made of.
struct Folds<Element> {
  let type: ElementType
  /// The output's shape.
  let shape: Shape
  /// For every output, in row-major order.
  let groups: [[Element]]

  init(_ values: [Element], _ reduction: Reduction, _ type: ElementType) {
    (self.type, shape) = (type, reduction.shape)
    groups = reduction.groups.map { $0.map { values[$0] } }
  }
}

extension Folds<Int128> {
  /// Each group folded and wrapped around to the type: class X.
  func wrapping(_ fold: ([Int128]) -> Int128) throws(EvaluationError) -> Outcome {
    .exact(try ExactTensor(type, shape, integers: groups.map(fold)).wrapped())
  }
}

extension Folds<DoubleDouble> {
  func tensor(_ fold: ([DoubleDouble]) -> DoubleDouble) -> ExactTensor {
    ExactTensor(type, shape, reals: groups.map(fold))
  }

  /// The sums of what each group's elements become, one addition fewer than elements: class D.
  func sums(_ term: (DoubleDouble) -> DoubleDouble = { $0 }) -> Outcome {
    var output = AccumulatedTensor(hasProducts: false)
    for group in groups {
      output.append(ExactSum(group.map(term)), height: Swift.max(0, group.count - 1))
    }
    return output.outcome(type, shape)
  }
}

import ExtendedArithmetic
import NumericFormats
import Spec
import Tensors

/// The type that values are quantised to, and how they round and saturate there.
struct QuantisationTarget {
  let type: ElementType
  private let integers: ClosedRange<Double>?
  private let format: FloatFormat?
  private let overflow: FloatFormat.Overflow

  /// The tables that `saturate` refers to are those of Cast, which changed in version 24.
  init(_ type: ElementType, saturates: Bool, version: Int) throws(EvaluationError) {
    self.type = type
    format = type.floatFormat
    let saturation: FloatFormat.Overflow = version >= 24 ? .clamp : .saturate
    overflow = saturates || !(type.floatFormat?.hasNaN ?? true) ? saturation : .ieee
    if type.isInteger {
      let range = try ExactTensor.integerRange(of: type)
      integers = Double(range.lowerBound)...Double(range.upperBound)
    } else {
      guard type.isFloat else { throw .invalid("quantisation to \(type.onnxName)") }
      integers = nil
    }
  }

  /// The code (integers) or value (floats) that a real value becomes.
  func code(of value: DoubleDouble, offset: Double) -> Double {
    if let integers {
      guard !value.isNaN else { return 0 }
      let rounded = value.rounded(.toNearestOrEven).high + offset
      return Swift.min(Swift.max(rounded, integers.lowerBound), integers.upperBound)
    }
    guard let format else { return 0 }
    // Float zero points are zero by the text; the value is rounded to the format.
    return format.decode(format.encode(high: value.high, low: value.low, overflow: overflow))
  }
}

/// Collects the elements of a class Q output.
struct QuantisedCodes {
  private let target: QuantisationTarget
  private var column = QuantisedColumn(value: [], lowest: [], highest: [])
  private var codes: [Double] = []
  private var isOpen: [Bool] = []

  init(_ target: QuantisationTarget) { self.target = target }

  /// Appends the code of an exact quotient. The strict interval holds the code of the value and of
  /// the value rounded to float32, the precision a backend divides in (numerics §6.7).
  mutating func append(_ value: DoubleDouble, offset: Double) {
    let narrow = DoubleDouble(FloatFormat.f32.round(high: value.high, low: value.low))
    append(value, offset: offset, candidates: [narrow])
  }

  /// Appends the code of a value that a backend may only know to within `relative` of itself.
  mutating func append(_ value: DoubleDouble, offset: Double, within relative: Double) {
    let error = value.magnitude.multiplied(by: relative)
    append(value, offset: offset, candidates: [value - error, value + error])
  }

  private mutating func append(
    _ value: DoubleDouble, offset: Double, candidates: [DoubleDouble]
  ) {
    let code = target.code(of: value, offset: offset)
    let all = [code] + candidates.map { target.code(of: $0, offset: offset) }
    codes.append(code)
    isOpen.append(value.isNaN)
    column.value.append(value.isNaN ? 0 : value.high + offset)
    column.lowest.append(all.reduce(code) { Swift.min($0, $1) })
    column.highest.append(all.reduce(code) { Swift.max($0, $1) })
  }

  /// The outcome; its value holds the code of the exact result.
  func outcome(_ shape: Shape) -> Outcome {
    let tensor =
      target.type.isInteger
      ? ExactTensor(target.type, shape, integers: codes.map { Int128($0) })
      : ExactTensor(target.type, shape, reals: codes.map { DoubleDouble($0) })
    var outcome = Outcome(.tensor(tensor), .quantised(column))
    outcome.undefined = OpenElements.mask(isOpen)
    return outcome
  }
}

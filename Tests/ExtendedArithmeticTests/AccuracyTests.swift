import ExtendedArithmetic
import Testing

/// A function of one argument, its table and the error it is allowed.
struct CheckedFunction: CustomStringConvertible, Sendable {
  let description: String
  let table: String
  let bound: Double
  let evaluate: @Sendable (DoubleDouble) -> DoubleDouble

  init(
    _ name: String, _ table: String, bound: Double = 0x1p-100,
    _ evaluate: @escaping @Sendable (DoubleDouble) -> DoubleDouble
  ) {
    description = name
    self.table = table
    self.bound = bound
    self.evaluate = evaluate
  }

  static let all: [CheckedFunction] = [
    CheckedFunction("sqrt", ReferencePoints.sqrt, bound: 0x1p-103, DoubleDouble.sqrt),
    CheckedFunction("exp", ReferencePoints.exp, DoubleDouble.exp),
    CheckedFunction("exp2", ReferencePoints.exp2, DoubleDouble.exp2),
    CheckedFunction("expm1", ReferencePoints.expm1, DoubleDouble.expm1),
    CheckedFunction("log", ReferencePoints.log, DoubleDouble.log),
    CheckedFunction("log2", ReferencePoints.log2, DoubleDouble.log2),
    CheckedFunction("log10", ReferencePoints.log10, DoubleDouble.log10),
    CheckedFunction("log1p", ReferencePoints.log1p, DoubleDouble.log1p),
    CheckedFunction("sin", ReferencePoints.sin, DoubleDouble.sin),
    CheckedFunction("cos", ReferencePoints.cos, DoubleDouble.cos),
    CheckedFunction("tan", ReferencePoints.tan, DoubleDouble.tan),
    CheckedFunction("sinh", ReferencePoints.sinh, DoubleDouble.sinh),
    CheckedFunction("cosh", ReferencePoints.cosh, DoubleDouble.cosh),
    CheckedFunction("tanh", ReferencePoints.tanh, DoubleDouble.tanh),
    CheckedFunction("asin", ReferencePoints.asin, DoubleDouble.asin),
    CheckedFunction("acos", ReferencePoints.acos, DoubleDouble.acos),
    CheckedFunction("atan", ReferencePoints.atan, DoubleDouble.atan),
    CheckedFunction("asinh", ReferencePoints.asinh, DoubleDouble.asinh),
    CheckedFunction("acosh", ReferencePoints.acosh, DoubleDouble.acosh),
    CheckedFunction("atanh", ReferencePoints.atanh, DoubleDouble.atanh),
    CheckedFunction("sigmoid", ReferencePoints.sigmoid, DoubleDouble.sigmoid),
    CheckedFunction("softplus", ReferencePoints.softplus, DoubleDouble.softplus),
    CheckedFunction("erf", ReferencePoints.erf, DoubleDouble.erf),
    CheckedFunction("erfc", ReferencePoints.erfc, bound: 0x1p-94, DoubleDouble.erfc),
    CheckedFunction("gelu", ReferencePoints.gelu, bound: 0x1p-92, DoubleDouble.gelu),
  ]
}

/// An operation on two arguments, its table and the error it is allowed.
struct CheckedOperation: CustomStringConvertible, Sendable {
  let description: String
  let table: String
  let bound: Double
  let evaluate: @Sendable (DoubleDouble, DoubleDouble) -> DoubleDouble

  static let all: [CheckedOperation] = [
    CheckedOperation(
      description: "add", table: ReferencePoints.add, bound: 0x1p-104, evaluate: { $0 + $1 }),
    CheckedOperation(
      description: "multiply", table: ReferencePoints.multiply, bound: 0x1p-103,
      evaluate: { $0 * $1 }),
    CheckedOperation(
      description: "divide", table: ReferencePoints.divide, bound: 0x1p-102,
      evaluate: { $0 / $1 }),
    CheckedOperation(
      description: "pow", table: ReferencePoints.pow, bound: 0x1p-92, evaluate: DoubleDouble.pow),
  ]
}

@Suite("Accuracy against reference points of higher precision")
struct AccuracyTests {
  /// Where |result| is below 2^-960 the low part is subnormal: only `Double` accuracy is asked.
  static func bound(_ bound: Double, at point: ReferencePoints.Point) -> Double {
    point.high.magnitude < 0x1p-960 ? max(bound, 0x1p-1074 / point.high.magnitude) : bound
  }

  @Test("Functions of one argument stay within their bounds", arguments: CheckedFunction.all)
  func unary(_ function: CheckedFunction) throws {
    for point in try ReferencePoints.parse(function.table, argumentCount: 1) {
      let value = function.evaluate(point.arguments[0])
      let error = point.relativeError(of: value)
      let bound = Self.bound(function.bound, at: point)
      #expect(error <= bound, "\(function)(\(point.arguments[0])) = \(value), error \(error)")
      // The high part is the rounded sum, or the pair would not be a normalised one.
      #expect(value.high + value.low == value.high)
    }
  }

  @Test("Operations on two arguments stay within their bounds", arguments: CheckedOperation.all)
  func binary(_ operation: CheckedOperation) throws {
    for point in try ReferencePoints.parse(operation.table, argumentCount: 2) {
      let (x, y) = (point.arguments[0], point.arguments[1])
      let value = operation.evaluate(x, y)
      let error = point.relativeError(of: value)
      let bound = Self.bound(operation.bound, at: point)
      #expect(error <= bound, "\(operation)(\(x), \(y)) = \(value), error \(error)")
      #expect(value.high + value.low == value.high)
    }
  }

  @Test("An error of 2^-99 in one result is noticed")
  func noticesSmallErrors() throws {
    let point = try #require(ReferencePoints.parse(ReferencePoints.exp, argumentCount: 1).first)
    let spoiled = DoubleDouble(high: point.high, low: point.low + point.high * 0x1p-99)
    #expect(point.relativeError(of: spoiled) > 0x1p-100)
    #expect(throws: ReferencePoints.MalformedTable.self) {
      try ReferencePoints.parse("0x1p0 0x0p0 0x1p0", argumentCount: 1)
    }
  }
}

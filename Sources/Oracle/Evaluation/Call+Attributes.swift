package import ModelFormat
import Tensors

extension Call {
  /// An integer attribute, or its default.
  package func int(_ name: String, default fallback: Int) throws(EvaluationError) -> Int {
    guard let attribute = node.attributes[name] else { return fallback }
    guard let value = attribute.intValue else { throw wrongType(name, "an int") }
    return Int(value)
  }

  /// An integer attribute without a default.
  package func int(_ name: String) throws(EvaluationError) -> Int {
    guard node.attributes[name] != nil else { throw missing(name) }
    return try int(name, default: 0)
  }

  /// An integer attribute read as true for every value but 0.
  package func flag(_ name: String, default fallback: Bool = false) throws(EvaluationError) -> Bool
  {
    try int(name, default: fallback ? 1 : 0) != 0
  }

  /// A list of integers, nil when the attribute is absent.
  package func ints(_ name: String) throws(EvaluationError) -> [Int]? {
    guard let attribute = node.attributes[name] else { return nil }
    guard let values = attribute.intsValue else { throw wrongType(name, "ints") }
    return values.map { Int($0) }
  }

  /// A float attribute, or its default: exactly the float32 value that the model holds.
  package func float(_ name: String, default fallback: Float) throws(EvaluationError) -> Double {
    guard let attribute = node.attributes[name] else { return Double(fallback) }
    guard let value = attribute.floatValue else { throw wrongType(name, "a float") }
    return Double(value)
  }

  /// A list of floats, nil when the attribute is absent.
  package func floats(_ name: String) throws(EvaluationError) -> [Double]? {
    guard let attribute = node.attributes[name] else { return nil }
    guard let values = attribute.floatsValue else { throw wrongType(name, "floats") }
    return values.map { Double($0) }
  }

  /// A string attribute, or its default.
  package func string(_ name: String, default fallback: String) throws(EvaluationError) -> String {
    guard let attribute = node.attributes[name] else { return fallback }
    guard let value = attribute.stringValue else { throw wrongType(name, "a string") }
    return value
  }

  /// A list of strings, nil when the attribute is absent.
  package func strings(_ name: String) throws(EvaluationError) -> [String]? {
    guard let attribute = node.attributes[name] else { return nil }
    guard let values = attribute.stringsValue else { throw wrongType(name, "strings") }
    return values
  }

  /// A tensor attribute, nil when it is absent.
  package func tensor(attribute name: String) throws(EvaluationError) -> ExactTensor? {
    guard let attribute = node.attributes[name] else { return nil }
    guard let tensor = attribute.tensorValue else { throw wrongType(name, "a tensor") }
    return ExactTensor(tensor)
  }

  /// A graph attribute.
  package func graph(_ name: String) throws(EvaluationError) -> Graph {
    guard let attribute = node.attributes[name] else { throw missing(name) }
    guard let graph = attribute.graphValue else { throw wrongType(name, "a graph") }
    return graph
  }

  /// An axis in [-rank, rank), made non-negative.
  package func axis(_ value: Int, rank: Int) throws(EvaluationError) -> Int {
    guard value >= -rank, value < rank else {
      throw .invalid("\(node.operatorName): axis \(value) lies outside [-\(rank), \(rank))")
    }
    return value < 0 ? value + rank : value
  }

  /// Several axes, made non-negative; a repeated one is invalid.
  package func axes(_ values: [Int], rank: Int) throws(EvaluationError) -> [Int] {
    var result: [Int] = []
    for value in values {
      let axis = try axis(value, rank: rank)
      guard !result.contains(axis) else {
        throw .invalid("\(node.operatorName): axis \(value) is named twice")
      }
      result.append(axis)
    }
    return result
  }

  private func missing(_ name: String) -> EvaluationError {
    .invalid("\(node.operatorName) lacks its attribute \"\(name)\"")
  }

  private func wrongType(_ name: String, _ expected: String) -> EvaluationError {
    .invalid("attribute \"\(name)\" of \(node.operatorName) is not \(expected)")
  }
}

import ModelFormat
import Tensors

/// What a model declares about its inputs and outputs, and the checks that follow from it.
struct ModelInterface: Sendable {
  private let inputs: [ValueInfo]
  private let outputs: [ValueInfo]
  /// Names of inputs with an initializer.
  private let defaulted: Set<String>
  /// Positions of inputs without an initializer.
  private let required: [Int]

  /// - Throws: `invalidModel` when an input has no type or a negative dimension.
  init(_ graph: Graph) throws(KernelError) {
    defaulted = Set(graph.initializers.map(\.name))
    inputs = graph.inputs
    outputs = graph.outputs
    let defaulted = defaulted
    required = graph.inputs.indices.filter { !defaulted.contains(graph.inputs[$0].name) }
    for value in graph.inputs + graph.outputs {
      guard value.type != nil else {
        throw .invalidModel("\"\(value.name)\" is declared without a type")
      }
      for case .fixed(let size) in value.shape ?? [] where size < 0 {
        throw .invalidModel("\"\(value.name)\" has dimension \(size)")
      }
    }
  }

  /// The declared types of the inputs, all of which are known once the model is compiled.
  var inputTypes: [ValueType] { inputs.compactMap(\.type) }

  /// One argument per declared input; nil where an initializer gives the value.
  ///
  /// - Throws: `invalidInput` when number, type or shape does not fit the declaration.
  func arguments(for values: [Value?]) throws(KernelError) -> [Value?] {
    var arguments = [Value?](repeating: nil, count: inputs.count)
    if values.count == inputs.count {
      arguments = values
    } else if values.count == required.count {
      for (position, value) in zip(required, values) { arguments[position] = value }
    } else {
      throw .invalidInput("\(values.count) inputs, the model has \(required.count)")
    }
    var symbols: [String: Int] = [:]
    for (declared, value) in zip(inputs, arguments) {
      guard let value else {
        guard defaulted.contains(declared.name) else {
          throw .invalidInput("input \"\(declared.name)\" is missing")
        }
        continue
      }
      do throws(KernelError) {
        try Self.check(value, against: declared, symbols: &symbols)
      } catch {
        throw .invalidInput("input \"\(declared.name)\": \(error.message)")
      }
    }
    return arguments
  }

  /// - Throws: `invalidModel` when a result contradicts its declaration.
  func check(outputs values: [Value]) throws(KernelError) {
    for (declared, value) in zip(outputs, values) {
      // Symbols of outputs name sizes that need not agree with those of the inputs.
      var symbols: [String: Int] = [:]
      do throws(KernelError) {
        try Self.check(value, against: declared, symbols: &symbols)
      } catch {
        throw .invalidModel("output \"\(declared.name)\": \(error.message)")
      }
    }
  }

  private static func check(
    _ value: Value, against declared: ValueInfo, symbols: inout [String: Int]
  ) throws(KernelError) {
    if let type = declared.type, type != value.type {
      throw .invalidInput("is \(value.type), declared is \(type)")
    }
    guard let shape = declared.shape, case .tensor(let tensor) = value else { return }
    guard shape.count == tensor.shape.count else {
      throw .invalidInput("has rank \(tensor.shape.count), declared is \(shape.count)")
    }
    for (axis, (dimension, size)) in zip(shape, tensor.shape).enumerated() {
      switch dimension {
      case .unknown: continue
      case .fixed(let expected):
        guard size == expected else {
          throw .invalidInput("dimension \(axis) is \(size), declared is \(expected)")
        }
      case .symbolic(let name):
        guard symbols[name, default: size] == size else {
          throw .invalidInput("dimension \(axis) is \(size), but \(name) is \(symbols[name] ?? 0)")
        }
        symbols[name] = size
      }
    }
  }
}

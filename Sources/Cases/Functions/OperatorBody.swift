import ModelFormat
import Spec
import Tensors

/// What the standard gives an operator besides its text: a function of other operators that
/// computes the same, for the calls that its headings admit.
package struct OperatorBody: Sendable {
  private let entry: FunctionFile.Entry
  /// What the functions of the file call as `body.name`.
  private let parts: [FunctionFile.Entry]
  private let versions: Set<Int>?
  /// Element types by type variable; under the empty name those of the first input.
  private let types: [String: Set<ElementType>]
  private let condition: (attribute: String, value: Attribute)?
  private let present: [String]
  private let absent: [String]
  private let without: [String]
  /// Whether results may differ from those of the node by what the bounds of the body allow: it says
  /// why under `differs`.
  let differs: Bool

  static let keys: Set<String> = [
    "absent", "differs", "part", "present", "types", "versions", "where", "without",
  ]

  /// - Throws: `FunctionFileError` for headings or a text that cannot be read.
  init(
    _ entry: FunctionFile.Entry, parts: [FunctionFile.Entry], variables: Set<String>
  ) throws(FunctionFileError) {
    (self.entry, self.parts) = (entry, parts)
    versions = try entry.numbers("versions")
    types = try Self.types(entry)
    condition = try entry.condition()
    present = entry.words("present") ?? []
    absent = entry.words("absent") ?? []
    without = entry.words("without") ?? []
    // Whatever the types of a call are, the text must be a function.
    let names = Self.anyTypes(of: variables)
    _ = try entry.function(replacing: names)
    for part in parts { _ = try part.function(replacing: names) }
    differs = entry.headings["differs"] != nil
  }

  /// A type for each type variable, to read a text without a call.
  static func anyTypes(of variables: Set<String>) -> [String: String] {
    Dictionary(uniqueKeysWithValues: variables.map { ($0, ElementType.f32.onnxName) })
  }

  /// The line at which the body starts, by which it is told from others of its file.
  var line: Int { entry.line }

  /// `f32 f64` are types of the first input, `T: f32 f64; U: i64` those of type variables.
  private static func types(
    _ entry: FunctionFile.Entry
  ) throws(FunctionFileError) -> [String: Set<ElementType>] {
    var types: [String: Set<ElementType>] = [:]
    for part in (entry.headings["types"] ?? "").split(separator: ";") {
      let sides = part.split(separator: ":").map { $0.split(separator: " ").map { String($0) } }
      guard let words = sides.last, sides.count == 1 || sides.count == 2 && sides[0].count == 1
      else { throw entry.fault("types are f32 f64, or T: f32 f64; U: i64") }
      var set: Set<ElementType> = []
      for word in words {
        guard let type = ElementType(name: word) else {
          throw entry.fault("\(word) is no element type")
        }
        set.insert(type)
      }
      types[sides.count == 2 ? sides[0][0] : ""] = set
    }
    return types
  }

  /// Whether the body stands for the call.
  func fits(_ call: OperatorCall) -> Bool {
    let names = call.givenNames
    return (versions?.contains(call.schema.sinceVersion) ?? true)
      && !without.contains(call.groupName)
      && types.allSatisfy { variable, set in
        guard case .tensor(let type)? = call.type(variable) else { return false }
        return set.contains(type)
      }
      && present.allSatisfy(names.contains) && !absent.contains(where: names.contains)
      && (condition.map { call.arguments[$0.attribute] == $0.value } ?? true)
  }

  /// The model with the body in place of its only node.
  func replacing(_ call: OperatorCall, in model: Model) throws(SyntaxFault) -> Model {
    do throws(FunctionFileError) {
      let function = try entry.function(replacing: call.typeNames)
      let parts = try parts(of: call)
      do throws(InliningError) {
        return try model.inlining(function, at: 0, arguments: call.arguments, parts: parts)
      } catch {
        throw entry.fault(error.reason)
      }
    } catch {
      var fault = SyntaxFault(error.line, error.reason)
      fault.file = error.path
      throw fault
    }
  }
}

extension OperatorBody {
  private func parts(
    of call: OperatorCall
  ) throws(FunctionFileError) -> [String: LocalFunction] {
    var functions: [String: LocalFunction] = [:]
    for part in parts {
      let function = try part.function(replacing: call.typeNames)
      functions[function.name] = function
    }
    return functions
  }
}

/// One call of an operator, without the values that it is fed.
struct OperatorCall {
  let schema: OperatorSchema
  /// The group of the case.
  let groupName: String
  /// Its inputs and outputs are named as in the graph; an omitted one has the empty name.
  let inputs: [ValueInfo]
  let outputs: [ValueInfo]
  let attributes: [String: Attribute]

  /// Formal names of what the call gives and wants: attributes, inputs and outputs.
  var givenNames: Set<String> {
    var names = Set(attributes.keys)
    for (index, info) in inputs.enumerated() where !info.name.isEmpty {
      if let formal = schema.input(at: index) { names.insert(formal.name) }
    }
    for (index, info) in outputs.enumerated() where !info.name.isEmpty {
      if let formal = schema.output(at: index) { names.insert(formal.name) }
    }
    return names
  }

  /// The type of a type variable; of the first input under the empty name.
  func type(_ variable: String) -> ValueType? {
    variable.isEmpty ? inputs.first?.type : types[variable]
  }

  private var types: [String: ValueType] {
    var types: [String: ValueType] = [:]
    let given =
      inputs.enumerated().map { (schema.input(at: $0.offset), $0.element) }
      + outputs.enumerated().map { (schema.output(at: $0.offset), $0.element) }
    for (formal, info) in given {
      guard case .variable(let name)? = formal?.type, let type = info.type, types[name] == nil
      else { continue }
      types[name] = type
    }
    return types
  }

  /// ONNX's names of the types that the type variables have.
  var typeNames: [String: String] {
    types.compactMapValues { type in
      switch type {
      case .tensor(let element): element.onnxName
      case .sequence(.tensor(let element)): "seq(\(element.onnxName)[])"
      case .sequence, .optional, .map: nil
      }
    }
  }

  /// What `@name` in a body stands for: an attribute, its default, or the number of a type.
  var arguments: [String: Attribute] {
    var arguments = attributes
    for (name, attribute) in schema.attributes where arguments[name] == nil {
      arguments[name] = attribute.defaultValue
    }
    for (name, type) in types where arguments[name] == nil {
      switch type {
      case .tensor(let element), .sequence(.tensor(let element)):
        arguments[name] = .int(Int64(element.rawValue))
      case .sequence, .optional, .map: break
      }
    }
    return arguments
  }
}

/// Why a model is not well-formed, although each of its fields is.
package enum StructureError: Error, Hashable, Sendable {
  /// A node uses a domain that its model or function does not import.
  case missingImport(domain: String, place: String)
  /// A name is assigned twice, or hides a value of an enclosing graph.
  case duplicateValue(name: String, place: String)
  /// Two functions share domain, name and overload.
  case duplicateFunction(String)
  /// Nothing visible at this point has the name.
  case undefinedValue(name: String, place: String)
  /// A constant is declared but has not been given a value yet.
  case missingConstant(name: String, place: String)
  /// A value is used before the node that produces it.
  case unsorted(name: String, place: String)
  /// These nodes wait for each other.
  case cycle([String])
  /// A function calls itself, directly or through these others.
  case recursion([String])
  /// A graph or function output that nothing in it produces.
  case outputNotProduced(name: String, place: String)
  /// An input, output, constant or operator without a name.
  case emptyName(place: String)
  /// An attribute refers to a function parameter that does not exist here.
  case unknownParameter(name: String, place: String)
  /// A constant is supplied that the graph does not declare.
  case unknownConstant(name: String)
  /// A supplied constant does not fit its declaration.
  case constantMismatch(name: String, declared: String, supplied: String)
}

extension StructureError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missingImport(let domain, let place):
      "\(place): domain \"\(domain)\" is not imported; add it to opset_import"
    case .duplicateValue(let name, let place): "\(place): \"\(name)\" already has a value"
    case .duplicateFunction(let name): "function \(name) is defined twice"
    case .undefinedValue(let name, let place): "\(place): nothing produces \"\(name)\""
    case .missingConstant(let name, let place):
      "\(place): constant \"\(name)\" is declared but has no value yet"
    case .unsorted(let name, let place):
      "\(place): uses \"\(name)\" before the node that produces it; sort the nodes"
    case .cycle(let nodes): "nodes wait for each other: \(nodes.joined(separator: ", "))"
    case .recursion(let names): "functions call each other: \(names.joined(separator: ", "))"
    case .outputNotProduced(let name, let place): "\(place): nothing produces output \"\(name)\""
    case .emptyName(let place): "\(place): has no name"
    case .unknownParameter(let name, let place):
      "\(place): \"@\(name)\" is not a parameter of an enclosing function"
    case .unknownConstant(let name): "the graph declares no constant \"\(name)\""
    case .constantMismatch(let name, let declared, let supplied):
      "constant \"\(name)\" is declared \(declared), \(supplied) was supplied"
    }
  }
}

import ModelFormat
import Spec

/// The bodies of all operators that the suite knows one of.
package struct OperatorBodies: Sendable {
  private var bodies: [String: [OperatorBody]] = [:]

  package init() {}

  /// Reads the files of a directory of case files that the filter may need; none where it has no
  /// folder `functions`. Bodies are cases of the tier ci: a tier without it parses none.
  init(
    reading: inout FileReading, standard: Standard, filter: CaseFilter?
  ) throws(CaseFileError) {
    let isWanted = reading.tier?.contains(.ci) ?? true
    for file in try SuiteFiles.functions(in: reading.directory) {
      if let filter, !filter.mayMatch(operatorName: file.name) { continue }
      let text = try reading.whole(file.path)
      if isWanted { try add(path: file.path, text: text, standard: standard) }
    }
  }

  /// Bodies given as text by path.
  init(
    texts: [(path: String, text: String)], standard: Standard
  ) throws(CaseFileError) {
    for (path, text) in texts { try add(path: path, text: text, standard: standard) }
  }

  private mutating func add(
    path: String, text: String, standard: Standard
  ) throws(CaseFileError) {
    let name = SuiteFiles.graph(path: path, text: text).name
    let schemas = standard.operators.filter { $0.name == name }.flatMap {
      standard.schemas(domain: $0.domain, operator: name)
    }
    guard schemas.contains(where: { $0.function != .none }) else {
      throw CaseFileError(path: path, reason: "the standard gives no operator \(name) a body")
    }
    let variables = Set(schemas.flatMap { $0.typeVariables.map(\.name) })
    do throws(FunctionFileError) {
      let entries = try FunctionFile(path: path, text: text, keys: OperatorBody.keys).entries
      let parts = entries.filter { $0.headings["part"] != nil }
      for part in parts {
        let function = try part.function(replacing: OperatorBody.anyTypes(of: variables))
        guard function.name == part.headings["part"] else {
          throw part.fault("the part is called \(function.name) below")
        }
      }
      for entry in entries where entry.headings["part"] == nil {
        bodies[name, default: []].append(
          try OperatorBody(entry, parts: parts, variables: variables))
      }
    } catch {
      throw CaseFileError(path: error.path, line: error.line, reason: error.reason)
    }
  }

  /// Whether any body of the operator version is known.
  func knows(_ schema: OperatorSchema) -> Bool {
    schema.function != .none && bodies[schema.name] != nil
  }

  /// The body that stands for a call: the first of the file that fits.
  func body(of call: OperatorCall) -> OperatorBody? {
    knows(call.schema) ? bodies[call.schema.name]?.first { $0.fits(call) } : nil
  }
}

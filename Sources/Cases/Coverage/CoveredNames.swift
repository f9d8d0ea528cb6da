import Dispatch
import ModelFormat
import Spec
import Synchronization
import Tensors

/// What the cases of a catalogue reach, read off the models that a backend is given.
///
/// Versions, types and attributes count where a case judges values (`must-match`, `set`).
struct CoveredNames {
  private(set) var versions: Set<CoverageName> = []
  private(set) var slots: Set<CoverageName> = []
  private(set) var attributes: Set<CoverageName> = []
  private(set) var functions: Set<CoverageName> = []
  private(set) var accepted: Set<CoverageName> = []
  private(set) var rejected: Set<CoverageName> = []

  /// - Throws: `CaseFileError` of the first case whose model cannot be made.
  init(of catalogue: CaseCatalogue, tier: Tier) throws(CaseFileError) {
    let entries = catalogue.entries.filter { !$0.group.isModel && tier.contains($0.group.tier) }
    for entry in entries { add(constraintsOf: entry) }
    let judged = entries.filter { $0.expectation == .mustMatch || $0.expectation == .set }
    // A body is always that of a case which is judged as one node too.
    functions = Set(judged.filter { $0.form == .body }.compactMap { Self.version($0, catalogue) })
    let parts = Mutex<[Result<CoveredNames, CaseFileError>]>([])
    let count = 16
    DispatchQueue.concurrentPerform(iterations: count) { part in
      let share = stride(from: part, to: judged.count, by: count).map { judged[$0] }
      let result = Self.part(catalogue, share)
      parts.withLock { $0.append(result) }
    }
    for part in parts.withLock({ $0 }) { formUnion(try part.get()) }
  }

  private init() {}

  private static func version(_ entry: CaseEntry, _ catalogue: CaseCatalogue) -> CoverageName? {
    catalogue.standard.schema(
      domain: entry.group.domain, operator: entry.group.operatorName, opset: entry.group.opset
    ).map { CoverageName($0) }
  }

  private static func part(
    _ catalogue: CaseCatalogue, _ entries: [CaseEntry]
  ) -> Result<CoveredNames, CaseFileError> {
    var names = CoveredNames()
    do throws(CaseFileError) {
      for entry in entries where entry.form != .body {
        names.add(try catalogue.materialise(entry).model, entry, catalogue.standard)
      }
      return .success(names)
    } catch {
      return .failure(error)
    }
  }

  private mutating func formUnion(_ other: CoveredNames) {
    versions.formUnion(other.versions)
    slots.formUnion(other.slots)
    attributes.formUnion(other.attributes)
  }

  private mutating func add(constraintsOf entry: CaseEntry) {
    let group = entry.group
    let names = group.covers.map {
      // Labels belong to the file, which is about all versions.
      CoverageName(domain: group.domain, operator: group.operatorName, since: nil, detail: $0)
    }
    if entry.expectation == .mustReject {
      rejected.formUnion(names)
    } else {
      accepted.formUnion(names)
    }
  }

  private mutating func add(_ model: Model, _ entry: CaseEntry, _ standard: Standard) {
    let group = entry.group
    guard
      let schema = standard.schema(
        domain: group.domain, operator: group.operatorName, opset: group.opset)
    else { return }
    versions.insert(CoverageName(schema))
    add(model.graph, schema)
  }

  /// Every node of the operator, in subgraphs too.
  private mutating func add(_ graph: Graph, _ schema: OperatorSchema) {
    var types: [String: ValueType] = [:]
    for value in graph.inputs + graph.valueInfo + graph.outputs {
      if let type = value.type { types[value.name] = type }
    }
    for initializer in graph.initializers {
      types[initializer.name] = .tensor(initializer.tensor.type)
    }
    for node in graph.nodes {
      for (_, subgraph) in node.subgraphs { add(subgraph, schema) }
      guard node.operatorName == schema.name, node.domain == schema.domain else { continue }
      for name in node.attributes.keys where schema.attributes[name] != nil {
        attributes.insert(CoverageName(schema, detail: name))
      }
      let inputs = node.inputs.enumerated().map { (schema.input(at: $0.offset), $0.element) }
      let outputs = node.outputs.enumerated().map { (schema.output(at: $0.offset), $0.element) }
      for (formal, name) in inputs + outputs {
        guard let formal, case .variable(let variable) = formal.type, let type = types[name]
        else { continue }
        slots.insert(CoverageName(schema, detail: "\(variable)=\(type.caseName)"))
      }
    }
  }
}

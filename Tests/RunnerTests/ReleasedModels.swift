import Cases
import GoldenStore
import ModelFormat
import Oracle
import Spec
import Tensors

/// The models of the package with their goldens, and a plain way to execute them.
struct ReleasedModels {
  private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") {
    $0 + "/" + $1
  }

  let catalogue: CaseCatalogue
  let store: GoldenStore
  private let oracle: Oracle

  init() throws {
    let standard = try Standard.load(from: Self.root + "/conformance-cases/standard")
    catalogue = try CaseCatalogue(
      load: Self.root + "/conformance-cases", standard: standard,
      filter: CaseFilter("model(*)"))
    let goldens = Self.root + "/golden-outputs"
    let manifest = try Manifest(
      parsing: try FileContents.bytes(at: "\(goldens)/\(Manifest.fileName)"))
    store = GoldenStore(
      directory: goldens, catalogue: catalogue, digests: manifest.goldenDigests)
    oracle = Oracle(standard: standard)
  }

  struct Missing: Error { let name: String }

  func entry(_ id: String) throws -> CaseEntry {
    guard let entry = CaseID(id).flatMap({ catalogue.entry($0) }) else { throw Missing(name: id) }
    return entry
  }

  /// Runs a graph node by node, each result rounded to its type: a correct backend without fusion,
  /// whose errors are those of the edges.
  func run(_ model: Model, _ inputs: [Value]) throws -> [Value] {
    var known = Dictionary(
      uniqueKeysWithValues: zip(model.graph.inputs.map(\.name), inputs).map { ($0, $1) })
    for constant in model.graph.initializers { known[constant.name] = .tensor(constant.tensor) }
    for node in model.graph.nodes {
      let names = Set(node.inputs.filter { !$0.isEmpty }).sorted()
      let fed = names.compactMap { name in known[name].map { (name, $0) } }
      let graph = Graph(
        name: "node", nodes: [node],
        inputs: fed.map { ValueInfo(name: $0.0, type: $0.1.type) },
        outputs: node.outputs.map { ValueInfo(name: $0, type: nil) })
      let single = Model(
        irVersion: model.irVersion, opsetImports: model.opsetImports, graph: graph)
      let values = try oracle.run(single, inputs: Dictionary(uniqueKeysWithValues: fed))
      for (name, value) in zip(node.outputs, values) { known[name] = value }
    }
    return try model.graph.outputs.map { output in
      guard let value = known[output.name] else { throw Missing(name: output.name) }
      return value
    }
  }
}

extension Tensor {
  /// The same tensor with other elements, given by their positions.
  func changing(_ change: (inout [Double]) -> Void) throws -> Tensor {
    var values = doubles ?? integers?.map { Double($0) } ?? []
    change(&values)
    let changed =
      type.isFloat
      ? Tensor(type: type, shape: shape, rounding: values)
      : Tensor(type: type, shape: shape, wrapping: values.map { Int128($0) })
    guard let changed else { throw ReleasedModels.Missing(name: "tensor") }
    return changed
  }
}

import BackendHost
import CanonicalJSON
import GoldenStore
import ModelFormat
import Oracle
import Spec
import Tensors

/// The oracle behind the worker protocol, for judging it on foreign suites.
struct OracleBackend: ServedBackend {
  private var oracle: Oracle?

  /// Takes the folder of the case files, which holds the operator schemas, from the option `cases`.
  mutating func start(options: String, limits: WorkerLimits) throws(Refusal) {
    try limits.apply()
    let folder = (try? JSON(parsing: options))?["cases"]?.string ?? "conformance-cases"
    do throws(StandardError) {
      oracle = Oracle(standard: try Standard.load(from: folder + "/standard"))
    } catch {
      throw Refusal(.invalidArgument, message: "\(error)")
    }
  }

  mutating func describe() throws(Refusal) -> String {
    """
    {"schema":"assay.describe/1","identity":{"vendor":"Assay","product":"Oracle",\
    "version":"\(Oracle.version)","device":"exact arithmetic"},"capabilities":[],\
    "numericModes":[{"name":"strict-fp32"}],"determinism":"D4"}
    """
  }

  mutating func compile(_ model: [UInt8], options: String) throws(Refusal) -> Model {
    do { return try Model(decoding: model) } catch {
      throw Refusal(.invalidModel, message: "\(error)")
    }
  }

  mutating func execute(
    _ executable: Model, inputs: [Value], request: ExecutionRequest
  ) throws(Refusal) -> ServedExecution {
    let names = executable.graph.inputs.map(\.name)
    guard names.count == inputs.count else {
      throw Refusal(.invalidArgument, message: "\(inputs.count) inputs for \(names.count) names")
    }
    guard let oracle else { throw Refusal(.error, message: "the oracle was not started") }
    let values = Dictionary(zip(names, inputs)) { first, _ in first }
    do throws(EvaluationError) {
      return ServedExecution(outputs: try oracle.run(executable, inputs: values))
    } catch {
      switch error {
      case .invalid(let reason): throw Refusal(.invalidModel, message: reason)
      case .unsupported(let what): throw Refusal(.unsupported, reason: .operator, message: what)
      }
    }
  }
}

import CanonicalJSON
package import Cases
import ModelFormat

extension Suite {
  /// The model and the inputs of a case, as backends get them: with the rank of each output declared.
  ///
  /// The IR asks that the inputs and outputs of a main graph state their rank, and the standard's
  /// checker refuses a model that does not. Case files do not know it; the golden does. A case
  /// without a golden, which has to be refused or whose value is left open, and an output whose
  /// legal results differ in rank, are left as they are.
  package func materialise(_ entry: CaseEntry) throws -> Case {
    var made = try catalogue.materialise(entry)
    guard made.relation == nil, made.model.graph.outputs.contains(where: { $0.shape == nil }),
      let ranks = try goldens.ranks(for: entry)
    else { return made }
    for (position, rank) in ranks.enumerated()
    where made.model.graph.outputs.indices.contains(position) {
      let output = made.model.graph.outputs[position]
      guard output.shape == nil, case .tensor? = output.type, let rank else { continue }
      made.model.graph.outputs[position].shape = [Dimension](repeating: .unknown, count: rank)
    }
    return made
  }
}

extension GoldenReader {
  /// The rank of each output of a case where every legal result is a tensor of this rank, from its
  /// description alone.
  static func ranks(_ description: JSON) -> [Int?]? {
    description["outputs"]?.array?.map { output in
      let ranks = (output["alternatives"]?.array ?? []).map { $0["shape"]?.array?.count }
      return Set(ranks).count == 1 ? ranks.first ?? nil : nil
    }
  }
}

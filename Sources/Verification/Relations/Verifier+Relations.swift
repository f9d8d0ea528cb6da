package import Spec

extension Verifier {
  /// Judges two results of one backend that stand for the same exact values.
  ///
  /// Either side may err once: `|a − b| ≤ 2·b(g)`, with the limit of the golden (models §3). Where
  /// the golden is exact, bits are equal. A wrong type or shape names itself; everything else is
  /// `relation`.
  package static func compare(
    _ left: RelationSide, _ right: RelationSide, golden: GoldenTensor,
    in context: JudgementContext
  ) -> Judgement {
    for side in [left, right] {
      guard side.tensor.type == golden.type else {
        return Judgement(
          verdict: .fail(.type),
          message: "\(side.name) has the type \(side.tensor.type.onnxName), "
            + "not \(golden.type.onnxName)")
      }
      guard side.tensor.shape == golden.shape else {
        return Judgement(
          verdict: .fail(.shape),
          message: "\(side.name) has the shape \(side.tensor.shape), not \(golden.shape)")
      }
    }
    if let shortage = golden.required.shortage(in: context.mode) {
      return Judgement(
        verdict: .unsupported(.numericMode),
        message: "\(left.name) is not judged in the mode \(context.mode.name): \(shortage)")
    }
    do throws(GoldenFault) {
      return try RelationComparison(left, right, golden, context).judgement
    } catch {
      return Judgement(
        verdict: .inconclusive(.golden), message: "the golden cannot bound a relation: \(error)",
        details: ["make the goldens of this case anew"])
    }
  }
}

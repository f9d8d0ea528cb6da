import ModelFormat
import Spec
import Tensors
import Variants

/// Makes the faults of one catalogue; every family of faults is an extension with its list.
struct FaultFamily: Sendable {
  let standard: Standard

  /// A fault on the tensors that leave.
  ///
  /// - Parameter types: which element types it changes; a model without such outputs is left alone.
  func output(
    _ name: String, _ severity: VariantProfile.Severity, _ number: Int?, _ summary: String,
    of types: @escaping @Sendable (ElementType) -> Bool = { _ in true },
    by distinction: Distinction = .values, draws: Bool = false,
    _ change: @escaping @Sendable (Tensor, Occasion) -> Tensor
  ) -> Fault {
    fault(name, severity, number, summary, by: distinction, draws: draws) { site in
      guard site.outputTypes.contains(where: types) else { return nil }
      return Plan(output: { types($0.type) ? change($0, $1) : $0 })
    }
  }

  /// A fault on the tensors that enter.
  func input(
    _ name: String, _ severity: VariantProfile.Severity, _ number: Int?, _ summary: String,
    of types: @escaping @Sendable (ElementType) -> Bool = { _ in true },
    by distinction: Distinction = .values,
    where applies: @escaping @Sendable (Int, String) -> Bool = { _, _ in true },
    _ change: @escaping @Sendable (Operand) -> Tensor
  ) -> Fault {
    let concerns = { @Sendable (operand: Operand) in
      types(operand.tensor.type) && applies(operand.position, operand.parameter)
    }
    return fault(name, severity, number, summary, by: distinction) { site in
      let names = site.model.graph.inputs.map(\.name) + site.model.graph.initializers.map(\.name)
      let isConcerned = names.contains { name in
        let entry = site.entry(of: name)
        return applies(entry.position, entry.parameter) && site.type(of: name).map(types) ?? false
      }
      guard isConcerned else { return nil }
      return Plan(input: { concerns($0) ? change($0) : $0.tensor })
    }
  }

  /// A fault on the model itself; nil of `change` where there is nothing to change.
  func model(
    _ name: String, _ severity: VariantProfile.Severity, _ number: Int?, _ summary: String,
    by distinction: Distinction = .placement, draws: Bool = false,
    _ change: @escaping @Sendable (Site) -> Model?
  ) -> Fault {
    fault(name, severity, number, summary, by: distinction, draws: draws) { site in
      guard let changed = change(site), changed != site.model else { return nil }
      return Plan(model: changed)
    }
  }

  func fault(
    _ name: String, _ severity: VariantProfile.Severity, _ number: Int?, _ summary: String,
    by distinction: Distinction, draws: Bool = false,
    _ plan: @escaping @Sendable (Site) -> Plan?
  ) -> Fault {
    Fault(
      profile: VariantProfile(name, .fault(severity), number: number, summary: summary),
      standard: standard, distinction: distinction, concernsDraws: draws, plan: plan)
  }
}

package import CPUBackend
package import ModelFormat
import Spec
import Tensors
package import Variants

/// A backend that computes wrongly in one named way: a declarative value, run by a shared engine.
package struct Fault: Variant {
  package let profile: VariantProfile
  let standard: Standard
  let distinction: Distinction
  /// Whether the fault is about random numbers; others leave drawn results alone, which any other
  /// drawn results could replace.
  let concernsDraws: Bool
  /// What to do to a model; nil where the fault has nothing to change.
  let plan: @Sendable (Site) -> Plan?

  package func executable(
    for model: Model, in context: VariantContext
  ) throws(KernelError) -> any ModelExecutable {
    let right = try context.backend.executable(model)
    let site = Site(model: model, standard: standard, seed: context.seed)
    if concernsDraws && !site.mayDraw { throw .notApplicable("no operator draws numbers") }
    guard let plan = plan(site) else { throw .notApplicable(profile.summary) }
    let run = try FaultyRun(plan: plan, site: site, right: right, backend: context.backend)
    let twin = concernsDraws || !site.mayDraw ? nil : try reseeded(model, context.backend)
    return FaultyExecutable(right: right, wrong: run, twin: twin, distinction: distinction)
  }

  /// The model under another seed; its outputs tell which results are drawn.
  private func reseeded(
    _ model: Model, _ backend: Backend
  ) throws(KernelError) -> any ModelExecutable {
    var changed = model
    let site = Site(model: model, standard: standard, seed: 0)
    changed.graph = model.graph.mappingNodes { node in
      var node = node
      guard let seed = site.schema(of: node)?.attributes["seed"] else { return node }
      node.attributes["seed"] = seed.kind == .int ? .int(0x5EED) : .float(0x5EED)
      return node
    }
    return try backend.executable(changed)
  }
}

extension Graph {
  /// The graph with every node replaced, subgraphs included, in the order of `allNodes`.
  func mappingNodes(_ change: (Node) -> Node) -> Graph {
    var graph = self
    graph.nodes = nodes.map { node in
      var node = change(node)
      for (name, attribute) in node.attributes.sorted(by: { $0.key < $1.key }) {
        guard case .graph(let body) = attribute else { continue }
        node.attributes[name] = .graph(body.mappingNodes(change))
      }
      return node
    }
    return graph
  }
}

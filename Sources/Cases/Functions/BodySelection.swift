import Spec
import Tensors

/// Which cases have a body form: the one place where it is decided.
///
/// Groups of one call in the tiers smoke and ci whose cases must match give their first case that
/// each body fits: in the newest version every group, in older ones those of tier smoke. In the newest
/// version a group of tier smoke gives one case for each type of the first type variable. Cases in
/// float32 come before others.
struct BodySelection {
  let group: GroupDefinition
  let schema: OperatorSchema
  let isNewest: Bool

  /// A case that might be chosen.
  struct Candidate {
    let entry: CaseEntry
    let bindings: Bindings
  }

  /// Whether the group can have body forms at all.
  var isEligible: Bool {
    guard group.expectation == .mustMatch, group.model == nil, group.relation == nil else {
      return false
    }
    switch group.tier {
    case .smoke: return true
    case .ci: return isNewest
    case .full, .heavy: return false
    }
  }

  /// The chosen ones among the candidates that a body fits.
  func chosen(
    from candidates: [Candidate], body: (Candidate) throws(SyntaxFault) -> OperatorBody?
  ) throws(SyntaxFault) -> [CaseEntry] {
    var chosen: [CaseEntry] = []
    var taken: Set<String> = []
    for candidate in candidates.filter(\.isOfFloat32) + candidates.filter({ !$0.isOfFloat32 }) {
      let type = group.tier == .smoke && isNewest ? candidate.firstType : ""
      guard let line = try body(candidate)?.line else { continue }
      if taken.insert("\(type) \(line)").inserted { chosen.append(candidate.entry) }
    }
    return chosen
  }
}

extension BodySelection.Candidate {
  fileprivate var isOfFloat32: Bool { firstType == ElementType.f32.name }

  /// The type of the first type variable.
  fileprivate var firstType: String {
    entry.group.types.split(separator: ".").first.map { String($0) } ?? ""
  }
}

extension CaseEntry {
  /// The same case with the body in place of its node, in a group of its own.
  func asBody() -> CaseEntry {
    CaseEntry(
      id: CaseID(group: id.group, index: id.index, form: .body), group: group.asBody(),
      expectation: expectation, isRelation: false, expansion: expansion, combination: combination)
  }
}

extension CaseGroup {
  /// The group of the body forms: a body is rounded after each of its steps.
  fileprivate func asBody() -> CaseGroup {
    let ownClass: AccuracyClass =
      switch accuracyClass {
      case .rounded, .elementwise, .accumulated, .product, .composite: .composite
      case .exact, .quantised, .indices, .random, .model: accuracyClass
      }
    return CaseGroup(
      id: id + "+body", operatorName: operatorName, domain: domain, sinceVersion: sinceVersion,
      opset: opset, types: types, name: name,
      intent: intent + " (the standard's body in place of the node)", covers: covers, tier: .ci,
      accuracyClass: ownClass, twin: twin, trivial: trivial)
  }
}

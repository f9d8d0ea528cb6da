/// What is left to prove of a case when the journal holds an earlier proof of it.
struct RemainingProof {
  enum Extent: Hashable {
    case nothing
    /// Only the variants that gave other results: what other suites say of them is missing.
    case different
    case everything
  }

  /// The plain run, the faults and the data.
  let faults: Extent
  let witnesses: Extent
  private let known: CaseProof?
  private let recordsSchemes: Bool

  /// `isFresh`: with fresh inputs faults are not tried, and other suites are not asked.
  init(known: CaseProof?, key: ProofKey, recordsSchemes: Bool, isFresh: Bool) {
    (self.known, self.recordsSchemes) = (known, recordsSchemes && !isFresh)
    let isComplete = !self.recordsSchemes || known?.hasSchemes == true
    func extent(_ half: KeyPath<ProofKey, String>) -> Extent {
      guard let known, known.key[keyPath: half] == key[keyPath: half] else { return .everything }
      return isComplete ? .nothing : .different
    }
    faults = isFresh ? .nothing : extent(\.faults)
    witnesses = extent(\.witnesses)
  }

  var isNothing: Bool { faults == .nothing && witnesses == .nothing }

  /// The part of the earlier proof that still holds.
  func start(_ empty: CaseProof, isWitness: (String) -> Bool) -> CaseProof {
    var proof = empty
    proof.hasSchemes = recordsSchemes
    guard let known else { return proof }
    if faults != .everything {
      proof.subject = known.subject
      proof.equivalent = known.equivalent
      proof.open = known.open
      proof.dataFindings = known.dataFindings
      proof.plain = known.plain
    }
    if faults == .nothing {
      (proof.killed, proof.survived) = (known.killed, known.survived)
      proof.smallestEffect = known.smallestEffect
      proof.refused = known.refused.filter { !isWitness($0.key) }
    }
    if witnesses == .nothing {
      (proof.witnesses, proof.falseAlarms) = (known.witnesses, known.falseAlarms)
      proof.undecided = known.undecided
      proof.refused.merge(known.refused.filter { isWitness($0.key) }) { own, _ in own }
    }
    guard recordsSchemes else { return proof }
    proof.schemes = known.schemes.mapValues {
      $0.keeping(faults: faults == .nothing, witnesses: witnesses == .nothing)
    }.filter { !$0.value.isEmpty }
    return proof
  }

  /// Whether a fault has to be tried.
  func wants(fault name: String) -> Bool {
    switch faults {
    case .nothing: false
    case .everything: true
    case .different:
      known.map {
        $0.kills(name) || $0.survived[name] != nil || $0.refused[name] != nil
      } ?? true
    }
  }

  /// Whether a witness has to be tried.
  func wants(witness name: String) -> Bool {
    switch witnesses {
    case .nothing: false
    case .everything: true
    case .different:
      known.map {
        $0.witnesses[name] != nil || $0.falseAlarms[name] != nil || $0.refused[name] != nil
          || $0.undecided.contains(name)
      } ?? true
    }
  }
}

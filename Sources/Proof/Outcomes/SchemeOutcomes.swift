import CanonicalJSON
import Verification

/// What the rule of another suite says of the variants in one case.
package struct SchemeOutcomes: Hashable, Sendable {
  /// Faults whose results it accepts, and rejects.
  package private(set) var acceptedFaults: Set<String> = []
  package private(set) var rejectedFaults: Set<String> = []
  package private(set) var acceptedWitnesses: Set<String> = []
  package private(set) var rejectedWitnesses: Set<String> = []

  init() {}

  mutating func add(_ variant: VariantEntry, _ verdict: SchemeVerdict) {
    switch (verdict, variant.severity) {
    case (.accepts, nil): acceptedWitnesses.insert(variant.name)
    case (.rejects, nil): rejectedWitnesses.insert(variant.name)
    case (.accepts, _): acceptedFaults.insert(variant.name)
    case (.rejects, _): rejectedFaults.insert(variant.name)
    case (.notApplicable, _): break
    }
  }

  /// Takes a fault out whose results are right after all.
  mutating func forget(_ fault: String) {
    acceptedFaults.remove(fault)
    rejectedFaults.remove(fault)
  }

  /// Whether nothing was judged.
  var isEmpty: Bool { self == SchemeOutcomes() }

  /// What was said of one kind of variants, or of both.
  func keeping(faults: Bool, witnesses: Bool) -> SchemeOutcomes {
    var kept = SchemeOutcomes()
    if faults {
      (kept.acceptedFaults, kept.rejectedFaults) = (acceptedFaults, rejectedFaults)
    }
    if witnesses {
      (kept.acceptedWitnesses, kept.rejectedWitnesses) = (acceptedWitnesses, rejectedWitnesses)
    }
    return kept
  }

  var json: JSON {
    let lists = [acceptedFaults, rejectedFaults, acceptedWitnesses, rejectedWitnesses]
    return .array(lists.map { .array($0.sorted().map { .string($0) }) })
  }

  init(_ json: JSONField) throws(JSONFieldError) {
    let parts = try json.elements()
    guard parts.count == 4 else { throw json.mismatch("four lists") }
    acceptedFaults = try Self.names(parts[0])
    rejectedFaults = try Self.names(parts[1])
    acceptedWitnesses = try Self.names(parts[2])
    rejectedWitnesses = try Self.names(parts[3])
  }

  private static func names(_ json: JSONField) throws(JSONFieldError) -> Set<String> {
    var names: Set<String> = []
    for element in try json.elements() { names.insert(try element.string()) }
    return names
  }
}

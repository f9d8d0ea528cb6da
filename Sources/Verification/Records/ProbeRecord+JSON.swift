package import CanonicalJSON

extension ProbeRecord {
  /// The name and version of the list of probe records in logs and summaries.
  package static let schema = "assay.probes.v1"

  private static let members: Set<String> = [
    "family", "operator", "type", "field", "declared", "probed", "agreement",
  ]

  /// One record as a canonical document.
  private var json: JSON {
    [
      "family": .string(family.rawValue), "operator": .string(operatorName),
      "type": .string(type), "field": .string(field.rawValue), "declared": .string(declared),
      "probed": .string(probed), "agreement": .string(agreement.rawValue),
    ]
  }

  private init(_ field: JSONField) throws(JSONFieldError) {
    try field.refuseMembers(otherThan: Self.members)
    self.init(
      family: try field.member("family").choice(of: Family.self),
      operatorName: try field.member("operator").string(),
      type: try field.member("type").string(),
      field: try field.member("field").choice(of: Field.self),
      declared: try field.member("declared").string(),
      probed: try field.member("probed").string(),
      agreement: try field.member("agreement").choice(of: Agreement.self))
  }

  /// All records of a run.
  package static func json(_ records: [ProbeRecord]) -> JSON {
    ["schema": .string(schema), "records": .array(records.map(\.json))]
  }

  /// Reads what `json` writes; another schema and unknown members are errors.
  package static func records(_ list: JSONField) throws(JSONFieldError) -> [ProbeRecord] {
    try list.refuseMembers(otherThan: ["schema", "records"])
    let name = try list.member("schema")
    guard try name.string() == schema else { throw name.mismatch("\"\(schema)\"") }
    var records: [ProbeRecord] = []
    for element in try list.member("records").elements() {
      records.append(try ProbeRecord(element))
    }
    return records
  }
}

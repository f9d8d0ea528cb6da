package import CanonicalJSON
import Verification

/// `results.json`: the whole summary as one canonical document, readable again without loss.
///
/// Reals are hex-float strings. A reader refuses other schemas and versions and members it does
/// not know, so that an old reader never half-understands a new file.
package enum JSONSummary {
  package static let schema = "assay.results"
  package static let version: Int64 = 1

  /// The canonical bytes, ended by a line feed; equal summaries give equal bytes.
  package static func bytes(_ summary: RunSummary) -> [UInt8] {
    json(summary).canonicalBytes + [UInt8(ascii: "\n")]
  }

  /// The summary as a document. `counts` and `conclusion` repeat what the cases say, for readers
  /// that do not want to count; reading it again compares them.
  package static func json(_ summary: RunSummary) -> JSON {
    var members: JSONObject = [
      "schema": .string(schema), "version": .integer(version),
      "run": RunDescriptionJSON.json(summary.description),
      "conclusion": .string(summary.conclusion.rawValue),
      "counts": json(summary.counts),
      "cases": .array(summary.entries.map(json)),
    ]
    if let second = summary.secondJudgement {
      members["secondJudgement"] = [
        "title": .string(second.title),
        "accepts": .object(JSONObject(second.accepts.mapValues(JSON.bool))),
      ]
    }
    if !summary.probes.isEmpty { members["probes"] = ProbeRecord.json(summary.probes) }
    return .object(members)
  }

  /// Reads what ``bytes(_:)`` writes.
  ///
  /// Throws ``ReportError/malformed(_:)`` for another schema, version or form, and for counters
  /// that are not those of the cases.
  package static func summary(from bytes: [UInt8]) throws(ReportError) -> RunSummary {
    let root: JSON
    do throws(JSONError) { root = try JSON(parsing: bytes) } catch {
      throw .malformed("\(error)")
    }
    let parts: Parts
    do throws(JSONFieldError) { parts = try Parts(JSONField(root)) } catch {
      throw .malformed("\(error)")
    }
    let summary = try RunSummary(
      parts.run, records: parts.records, mandatory: parts.mandatory,
      secondJudgement: parts.second, probes: parts.probes)
    guard json(summary.counts) == parts.counts else {
      throw .malformed("$.counts are not those of the cases")
    }
    guard summary.conclusion == parts.conclusion else {
      throw .malformed("$.conclusion is not that of the cases")
    }
    return summary
  }

  private static func json(_ entry: Entry) -> JSON {
    [
      "record": entry.record.json, "mandatory": .bool(entry.isMandatory),
      "status": .string(entry.status.rawValue), "code": .string(entry.code),
    ]
  }

  private static func json(_ counts: Counts) -> JSON {
    var members = JSONObject()
    for status in Status.allCases { members[status.rawValue] = .integer(Int64(counts[status])) }
    members["total"] = .integer(Int64(counts.total))
    members["passed"] = .integer(Int64(counts.passed))
    members["failed"] = .integer(Int64(counts.failed))
    members["skipped"] = .integer(Int64(counts.skipped))
    return .object(members)
  }
}

/// The parts of a stored summary before they are checked against each other.
private struct Parts {
  let run: RunDescription
  let conclusion: Conclusion
  let counts: JSON
  var records: [CaseRecord] = []
  var mandatory: Set<String> = []
  var second: SecondJudgement?
  var probes: [ProbeRecord] = []

  init(_ root: JSONField) throws(JSONFieldError) {
    let schema = try root.member("schema")
    guard try schema.string() == JSONSummary.schema else {
      throw schema.mismatch("\"\(JSONSummary.schema)\"")
    }
    let version = try root.member("version")
    guard try version.integer() == JSONSummary.version else {
      throw version.mismatch("\(JSONSummary.version)")
    }
    try root.refuseMembers(otherThan: [
      "schema", "version", "run", "conclusion", "counts", "cases", "secondJudgement",
      "probes",
    ])
    run = try RunDescriptionJSON.description(root.member("run"))
    conclusion = try root.member("conclusion").choice(of: Conclusion.self)
    counts = try root.member("counts").value
    for element in try root.member("cases").elements() { try read(element) }
    if let list = try root.optionalMember("probes") { probes = try ProbeRecord.records(list) }
    guard let field = try root.optionalMember("secondJudgement") else { return }
    try field.refuseMembers(otherThan: ["title", "accepts"])
    var accepts: [String: Bool] = [:]
    for (key, value) in try field.member("accepts").members() { accepts[key] = try value.bool() }
    second = SecondJudgement(title: try field.member("title").string(), accepts: accepts)
  }

  /// One case; its status and code must follow from record and mandatory flag.
  private mutating func read(_ field: JSONField) throws(JSONFieldError) {
    try field.refuseMembers(otherThan: ["record", "mandatory", "status", "code"])
    let entry = Entry(
      try CaseRecord(field.member("record")), isMandatory: try field.member("mandatory").bool())
    let status = try field.member("status")
    guard try status.choice(of: Status.self) == entry.status else {
      throw status.mismatch("\"\(entry.status.rawValue)\"")
    }
    let code = try field.member("code")
    guard try code.string() == entry.code else { throw code.mismatch("\"\(entry.code)\"") }
    records.append(entry.record)
    if entry.isMandatory { mandatory.insert(entry.record.caseID) }
  }
}

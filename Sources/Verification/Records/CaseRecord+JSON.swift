package import CanonicalJSON

extension CaseRecord {
  /// The name and version of the form that `json` writes.
  package static let schema = "assay.case-record.v1"

  private static let members: Set<String> = [
    "schema", "caseID", "caseDigest", "domain", "operator", "sinceVersion", "types", "intent",
    "accuracyClass", "verdict", "disposition", "message", "details", "worst", "metrics",
    "standardError", "wallNanoseconds", "workerGeneration", "schemes",
  ]

  /// The record as a canonical document: every member is written, except an absent worst element
  /// and the verdicts of schemes that were not asked.
  package var json: JSON {
    // In the order of the canonical form: nothing is left to sort.
    var members: JSONObject = [
      "accuracyClass": .string(accuracyClass),
      "caseDigest": .string(caseDigest),
      "caseID": .string(caseID),
      "details": .array(details.map(JSON.string)),
      "disposition": .string(disposition.rawValue),
      "domain": .string(domain),
      "intent": .string(intent),
      "message": .string(message),
      "metrics": .array(metrics.map(\.json)),
      "operator": .string(operatorName),
      "schema": .string(Self.schema),
      "sinceVersion": .integer(Int64(sinceVersion)),
      "standardError": .string(standardError),
      "types": .string(types),
      "verdict": verdict.json,
      "wallNanoseconds": .integer(wallNanoseconds),
      "workerGeneration": .integer(Int64(workerGeneration)),
    ]
    if let worst { members["worst"] = worst.json }
    if !schemes.isEmpty {
      members["schemes"] = .object(JSONObject(schemes.mapValues { JSON.string($0.rawValue) }))
    }
    return .object(members)
  }

  /// Reads a record of this schema version; unknown, missing and ill-typed members are errors.
  package init(json: JSON) throws(JSONFieldError) {
    try self.init(JSONField(json))
  }

  /// Reads a record inside a larger document.
  package init(_ field: JSONField) throws(JSONFieldError) {
    let schema = try field.member("schema")
    guard try schema.string() == Self.schema else { throw schema.mismatch("\"\(Self.schema)\"") }
    try field.refuseMembers(otherThan: Self.members)
    self.init(
      caseID: try field.member("caseID").string(),
      caseDigest: try field.member("caseDigest").string(),
      domain: try field.member("domain").string(),
      operatorName: try field.member("operator").string(),
      sinceVersion: try field.member("sinceVersion").integer(as: Int.self),
      types: try field.member("types").string(),
      intent: try field.member("intent").string(),
      accuracyClass: try field.member("accuracyClass").string(),
      verdict: try Verdict(field.member("verdict")))
    disposition = try field.member("disposition").choice(of: Disposition.self)
    message = try field.member("message").string()
    for line in try field.member("details").elements() { details.append(try line.string()) }
    if let worst = try field.optionalMember("worst") { self.worst = try WorstElement(worst) }
    for entry in try field.member("metrics").elements() { metrics.append(try OutputMetrics(entry)) }
    for (name, verdict) in try field.optionalMember("schemes")?.members() ?? [] {
      schemes[name] = try verdict.choice(of: SchemeVerdict.self)
    }
    standardError = try field.member("standardError").string()
    wallNanoseconds = try field.member("wallNanoseconds").integer()
    workerGeneration = try field.member("workerGeneration").integer(as: Int.self)
  }
}

extension WorstElement {
  package var json: JSON {
    [
      "output": .string(output),
      "index": .array(index.map { .integer(Int64($0)) }),
      "observed": .string(observed),
      "golden": .string(golden),
      "bound": .string(bound),
      "ratio": .real(ratio),
      "neighbours": .array(neighbours.map(JSON.string)),
    ]
  }

  package init(_ field: JSONField) throws(JSONFieldError) {
    try field.refuseMembers(
      otherThan: ["output", "index", "observed", "golden", "bound", "ratio", "neighbours"])
    var index: [Int] = []
    for position in try field.member("index").elements() {
      index.append(try position.integer(as: Int.self))
    }
    var neighbours: [String] = []
    for line in try field.member("neighbours").elements() { neighbours.append(try line.string()) }
    self.init(
      output: try field.member("output").string(), index: index,
      observed: try field.member("observed").string(),
      golden: try field.member("golden").string(), bound: try field.member("bound").string(),
      ratio: try field.member("ratio").real(), neighbours: neighbours)
  }
}

extension OutputMetrics {
  private static let reals: [(String, WritableKeyPath<OutputMetrics, Double> & Sendable)] = [
    ("worstRatio", \.worstRatio), ("maximumUlp", \.maximumUlp), ("meanUlp", \.meanUlp),
    ("zSum", \.zSum), ("zSquareSum", \.zSquareSum), ("zMaximum", \.zMaximum),
  ]

  package var json: JSON {
    [
      "elements": .integer(Int64(elements)),
      "informative": .object(JSONObject(informative.mapValues(JSON.real))),
      "maximumUlp": .real(maximumUlp),
      "meanUlp": .real(meanUlp),
      "output": .string(output),
      "worstRatio": .real(worstRatio),
      "wrong": .integer(Int64(wrong)),
      "zCount": .integer(Int64(zCount)),
      "zMaximum": .real(zMaximum),
      "zSquareSum": .real(zSquareSum),
      "zSum": .real(zSum),
    ]
  }

  package init(_ field: JSONField) throws(JSONFieldError) {
    let names = ["output", "elements", "wrong", "zCount", "informative"] + Self.reals.map(\.0)
    try field.refuseMembers(otherThan: Set(names))
    self.init(
      output: try field.member("output").string(),
      elements: try field.member("elements").integer(as: Int.self))
    wrong = try field.member("wrong").integer(as: Int.self)
    zCount = try field.member("zCount").integer(as: Int.self)
    for (name, path) in Self.reals { self[keyPath: path] = try field.member(name).real() }
    for (name, value) in try field.member("informative").members() {
      informative[name] = try value.real()
    }
  }
}

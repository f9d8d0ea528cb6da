package import CanonicalJSON
package import Verification

/// One line of the event log (certification §2).
package enum Event: Hashable, Sendable {
  case runStarted(JSON)
  case planned(cases: Int, digest: String, shard: String)
  case workerStarted(generation: Int, description: JSON)
  case caseJudged(CaseRecord)
  /// Without usage in logs that were written before it was kept.
  case workerExited(generation: Int, reason: String, usage: WorkerUsage? = nil)
  case note(String)
  /// What the probes of the numeric mode found, as a list of `ProbeRecord`.
  case probed([ProbeRecord])
  case runEnded(wasInterrupted: Bool)

  /// The name in the log.
  package var kind: String {
    switch self {
    case .runStarted: "runStarted"
    case .planned: "planned"
    case .workerStarted: "workerStarted"
    case .caseJudged: "caseJudged"
    case .workerExited: "workerExited"
    case .note: "note"
    case .probed: "probed"
    case .runEnded: "runEnded"
    }
  }

  /// The members beside `schema`, `seq`, `kind` and `prev`.
  var members: JSONObject {
    switch self {
    case .runStarted(let run): ["run": run]
    case .planned(let cases, let digest, let shard):
      ["cases": .integer(Int64(cases)), "digest": .string(digest), "shard": .string(shard)]
    case .workerStarted(let generation, let description):
      ["generation": .integer(Int64(generation)), "description": description]
    case .caseJudged(let record): ["record": record.json]
    case .workerExited(let generation, let reason, let usage):
      JSONObject(
        dictionaryLiteral: ("generation", .integer(Int64(generation))), ("reason", .string(reason))
      ).merging(usage.map { ["usage": $0.json] } ?? [:])
    case .note(let text): ["text": .string(text)]
    case .probed(let records): ["probes": ProbeRecord.json(records)]
    case .runEnded(let wasInterrupted): ["interrupted": .bool(wasInterrupted)]
    }
  }

  /// Reads a line's object back.
  init(_ line: JSONField) throws(JSONFieldError) {
    switch try line.member("kind").string() {
    case "runStarted": self = .runStarted(try line.member("run").value)
    case "planned":
      self = .planned(
        cases: try line.member("cases").integer(as: Int.self),
        digest: try line.member("digest").string(), shard: try line.member("shard").string())
    case "workerStarted":
      self = .workerStarted(
        generation: try line.member("generation").integer(as: Int.self),
        description: try line.member("description").value)
    case "caseJudged": self = .caseJudged(try CaseRecord(try line.member("record")))
    case "workerExited":
      self = .workerExited(
        generation: try line.member("generation").integer(as: Int.self),
        reason: try line.member("reason").string(),
        usage: try line.optionalMember("usage").map { (field) throws(JSONFieldError) in
          try WorkerUsage(field)
        })
    case "note": self = .note(try line.member("text").string())
    case "probed": self = .probed(try ProbeRecord.records(try line.member("probes")))
    case "runEnded": self = .runEnded(wasInterrupted: try line.member("interrupted").bool())
    default: throw try line.member("kind").mismatch("a kind of event this version knows")
    }
  }
}

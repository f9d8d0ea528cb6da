package import CanonicalJSON
import Cases

extension CaseProof {
  static let schema = "assay.proof.v2"

  /// The line of the journal: empty members are left out, so that most lines are short.
  package var json: JSON {
    var members: JSONObject = [
      "schema": .string(Self.schema), "case": .string(caseID),
      "key": .array([.string(key.faults), .string(key.witnesses)]),
    ]
    if let seed { members["seed"] = .string(seed) }
    switch subject {
    case .proven: break
    case .exempt(let reason): members["exempt"] = .string(reason)
    case .declined(let reason): members["declined"] = .string(reason)
    case .broken(let reason): members["broken"] = .string(reason)
    }
    func add(_ name: String, _ object: [String: JSON]) {
      if !object.isEmpty { members[name] = .object(JSONObject(object)) }
    }
    if !equivalent.isEmpty { members["equivalent"] = Self.list(equivalent) }
    add("killed", killed.mapValues { Self.list($0) })
    add("open", open.mapValues { .string($0.rawValue) })
    add("survived", survived.mapValues(\.json))
    add("refused", refused.mapValues { .string($0) })
    if let smallestEffect {
      members["effect"] = .array([.string(smallestEffect.fault), .real(smallestEffect.ratio)])
    }
    if plain != Passage() { members["plain"] = plain.json }
    add("witnesses", witnesses.mapValues(\.json))
    add("alarms", falseAlarms.mapValues { .string($0) })
    if !undecided.isEmpty { members["undecided"] = Self.list(undecided) }
    // An empty object says that other suites were asked and judge nothing here.
    if hasSchemes { members["schemes"] = .object(JSONObject(schemes.mapValues(\.json))) }
    add(
      "data",
      Dictionary(uniqueKeysWithValues: dataFindings.map { ($0.key.rawValue, .string($0.value)) }))
    return .object(members)
  }

  private static func list(_ names: [String]) -> JSON { .array(names.sorted().map { .string($0) }) }

  /// Reads a line back.
  package init(_ json: JSONField) throws(JSONFieldError) {
    let schema = try json.member("schema")
    guard try schema.string() == Self.schema else { throw schema.mismatch("\"\(Self.schema)\"") }
    self.init(
      caseID: try json.member("case").string(),
      seed: try json.optionalMember("seed")?.string(),
      key: try Self.key(try json.member("key")))
    if let reason = try json.optionalMember("exempt") { subject = .exempt(try reason.string()) }
    if let reason = try json.optionalMember("declined") { subject = .declined(try reason.string()) }
    if let reason = try json.optionalMember("broken") { subject = .broken(try reason.string()) }
    equivalent = try Self.names(try json.optionalMember("equivalent"))
    for (code, names) in try Self.members(json, "killed") { killed[code] = try Self.names(names) }
    for (name, reason) in try Self.members(json, "open") {
      open[name] = try reason.choice(of: OpenReason.self)
    }
    for (name, passage) in try Self.members(json, "survived") {
      survived[name] = try Passage(passage)
    }
    refused = try Self.texts(json, "refused")
    if let parts = try json.optionalMember("effect")?.elements(), parts.count == 2 {
      smallestEffect = Effect(fault: try parts[0].string(), ratio: try parts[1].real())
    }
    if let passage = try json.optionalMember("plain") { plain = try Passage(passage) }
    for (name, passage) in try Self.members(json, "witnesses") {
      witnesses[name] = try Passage(passage)
    }
    falseAlarms = try Self.texts(json, "alarms")
    undecided = try Self.names(try json.optionalMember("undecided"))
    hasSchemes = try json.optionalMember("schemes") != nil
    for (name, outcomes) in try Self.members(json, "schemes") {
      schemes[name] = try SchemeOutcomes(outcomes)
    }
    for (name, detail) in try Self.members(json, "data") {
      guard let trait = Triviality(rawValue: name) else { throw detail.mismatch("a known finding") }
      dataFindings[trait] = try detail.string()
    }
  }

  private static func key(_ json: JSONField) throws(JSONFieldError) -> ProofKey {
    let parts = try json.elements()
    guard parts.count == 2 else { throw json.mismatch("two keys") }
    return ProofKey(faults: try parts[0].string(), witnesses: try parts[1].string())
  }

  private static func members(
    _ json: JSONField, _ name: String
  ) throws(JSONFieldError) -> [(key: String, field: JSONField)] {
    try json.optionalMember(name)?.members() ?? []
  }

  private static func texts(
    _ json: JSONField, _ name: String
  ) throws(JSONFieldError) -> [String: String] {
    var texts: [String: String] = [:]
    for (key, field) in try members(json, name) { texts[key] = try field.string() }
    return texts
  }

  private static func names(_ json: JSONField?) throws(JSONFieldError) -> [String] {
    var names: [String] = []
    for element in try json?.elements() ?? [] { names.append(try element.string()) }
    return names
  }
}

extension CaseProof.Passage {
  var json: JSON {
    var members: JSONObject = ["ratio": .real(ratio)]
    if !pooled.isEmpty { members["pool"] = .array(pooled.map(\.json)) }
    return .object(members)
  }

  init(_ json: JSONField) throws(JSONFieldError) {
    self.init()
    ratio = try json.member("ratio").real()
    for element in try json.optionalMember("pool")?.elements() ?? [] {
      pooled.append(try PooledErrors(element))
    }
  }
}

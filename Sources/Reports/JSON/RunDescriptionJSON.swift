package import CanonicalJSON

/// The description of a run inside `results.json`.
package enum RunDescriptionJSON {
  private static let texts: [(String, WritableKeyPath<RunDescription, String> & Sendable)] = [
    ("toolVersion", \.toolVersion), ("suiteName", \.suiteName), ("suiteVersion", \.suiteVersion),
    ("tier", \.tier), ("profile", \.profile), ("policy", \.policy),
    ("numericMode", \.numericMode), ("determinism", \.determinism),
    ("commandLine", \.commandLine), ("started", \.started),
    ("reproduceArguments", \.reproduceArguments), ("eventLog", \.eventLog),
  ]
  private static let backendTexts: [(String, WritableKeyPath<BackendIdentity, String> & Sendable)] =
    [
      ("vendor", \.vendor), ("product", \.product), ("version", \.version), ("device", \.device),
    ]

  package static func json(_ run: RunDescription) -> JSON {
    var members = JSONObject()
    for (name, path) in texts { members[name] = .string(run[keyPath: path]) }
    var backend = JSONObject()
    for (name, path) in backendTexts { backend[name] = .string(run.backend[keyPath: path]) }
    backend["details"] = json(run.backend.details)
    members["backend"] = .object(backend)
    members["environment"] = json(run.environment)
    members["wasInterrupted"] = .bool(run.wasInterrupted)
    return .object(members)
  }

  package static func description(_ field: JSONField) throws(JSONFieldError) -> RunDescription {
    try field.refuseMembers(
      otherThan: Set(texts.map(\.0)).union(["backend", "environment", "wasInterrupted"]))
    var run = RunDescription(
      toolVersion: "", suiteVersion: "", tier: "", profile: "",
      backend: BackendIdentity(vendor: "", product: "", version: "", device: ""),
      numericMode: "", started: "")
    for (name, path) in texts { run[keyPath: path] = try field.member(name).string() }
    let backend = try field.member("backend")
    try backend.refuseMembers(otherThan: Set(backendTexts.map(\.0)).union(["details"]))
    for (name, path) in backendTexts {
      run.backend[keyPath: path] = try backend.member(name).string()
    }
    run.backend.details = try namedTexts(backend.member("details"))
    run.environment = try namedTexts(field.member("environment"))
    run.wasInterrupted = try field.member("wasInterrupted").bool()
    return run
  }

  /// Pairs keep their order, so they are an array and not an object.
  private static func json(_ texts: [NamedText]) -> JSON {
    .array(texts.map { ["name": .string($0.name), "text": .string($0.text)] })
  }

  private static func namedTexts(_ field: JSONField) throws(JSONFieldError) -> [NamedText] {
    var texts: [NamedText] = []
    for element in try field.elements() {
      try element.refuseMembers(otherThan: ["name", "text"])
      texts.append(
        NamedText(try element.member("name").string(), try element.member("text").string()))
    }
    return texts
  }
}

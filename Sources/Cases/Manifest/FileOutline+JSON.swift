import CanonicalJSON

/// The form in the manifest:
/// `{"cases": {"ci": 20, "smoke": 2}, "elements": "14:smoke 20:ci+full", "sha256": "…"}`.
extension FileOutline {
  var json: JSON {
    let cases = caseCounts.map { ($0.key.rawValue, JSON.integer(Int64($0.value))) }
    let places = elements.map { element in
      let tiers = Tier.allCases.filter { element.tiers.contains($0) }.map(\.rawValue)
      return "\(element.line):\(tiers.joined(separator: "+"))"
    }
    return .object([
      "cases": .object(JSONObject(Dictionary(uniqueKeysWithValues: cases))),
      "elements": .string(places.joined(separator: " ")), "sha256": .string(digest),
    ])
  }

  init(_ field: JSONField) throws(JSONFieldError) {
    try field.refuseMembers(otherThan: ["cases", "elements", "sha256"])
    digest = try field.member("sha256").string()
    var counts: [Tier: Int] = [:]
    for (key, count) in try field.member("cases").members() {
      guard let tier = Tier(rawValue: key) else { throw count.mismatch("a tier's name") }
      counts[tier] = try count.integer(as: Int.self)
    }
    caseCounts = counts
    let places = try field.member("elements")
    var elements: [Element] = []
    for place in try places.string().split(separator: " ") {
      guard let element = Element(place), element.line > elements.last?.line ?? 0 else {
        throw places.mismatch("ascending lines with their tiers, e.g. 14:smoke 20:ci+full")
      }
      elements.append(element)
    }
    self.elements = elements
  }
}

extension FileOutline.Element {
  /// Reads `20:ci+full`; nil for any other text.
  fileprivate init?(_ text: Substring) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let line = Int(parts[0]) else { return nil }
    let tiers = parts[1].split(separator: "+").map { Tier(rawValue: String($0)) }
    guard !tiers.isEmpty, !tiers.contains(nil) else { return nil }
    self.init(line: line, tiers: Set(tiers.compactMap { $0 }))
  }
}

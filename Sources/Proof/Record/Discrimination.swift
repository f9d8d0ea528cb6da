import CanonicalJSON
import Cases

/// How far the bounds of each group stand from what is wrong and from what is right
/// (numerics §9.3).
package struct Discrimination: Hashable, Sendable {
  /// The figures of one group; nil where nothing gives one.
  package struct Figures: Hashable, Sendable {
    /// Bound over the smallest killed effect: small is good, above 1 only the distribution tells.
    package var boundOverEffect: Double?
    /// The largest witness error over its bound: 1 would be a false alarm.
    package var witnessOverBound: Double?
  }

  package private(set) var groups: [String: Figures] = [:]

  /// The name of the file inside `golden-outputs`.
  package static let fileName = "proof.json"
  static let schema = "assay.discrimination.v1"
  /// A figure that moved by more than this factor is drift.
  static let driftFactor = 2.0
  /// Below this share of the bound no movement matters.
  static let floor = 0.01

  /// The figures of every complete group of a summary.
  package init(_ summary: ProofSummary) {
    for group in summary.selection.groups
    where summary.selection.completeGroups.contains(group.id) {
      let proofs = group.cases.compactMap { summary.proofs[$0.id] }
      let effect = proofs.compactMap { $0.smallestEffect?.ratio }.min()
      let witness = proofs.flatMap { $0.witnesses.values.map(\.ratio) }.max()
      let figures = Figures(
        boundOverEffect: effect.map { Self.rounded(1 / $0) },
        witnessOverBound: witness.map { Self.rounded($0) })
      if figures != Figures() { groups[group.id] = figures }
    }
  }

  /// Reads a record.
  package init(parsing bytes: [UInt8]) throws(ProofError) {
    do {
      let document = JSONField(try JSON(parsing: bytes))
      let schema = try document.member("schema")
      guard try schema.string() == Self.schema else { throw schema.mismatch("\"\(Self.schema)\"") }
      for (id, field) in try document.member("groups").members() {
        let parts = try field.elements()
        guard parts.count == 2 else { throw field.mismatch("two figures") }
        groups[id] = Figures(
          boundOverEffect: try Self.figure(parts[0]), witnessOverBound: try Self.figure(parts[1]))
      }
      let digest = try document.member("digest")
      guard try digest.string() == self.digest else {
        throw digest.mismatch("the SHA-256 of the groups")
      }
    } catch {
      throw .journal(path: Self.fileName, reason: "\(error); run assay prove --record")
    }
  }

  private static func figure(_ field: JSONField) throws(JSONFieldError) -> Double? {
    if case .null = field.value { return nil }
    guard let figure = Double(try field.string()) else { throw field.mismatch("a number as text") }
    return figure
  }

  /// Three digits: what a record keeps.
  private static func rounded(_ value: Double) -> Double {
    Double(FigureText.short(value)) ?? value
  }

  private var lines: [String] {
    groups.sorted { $0.key < $1.key }.map { id, figures in
      func text(_ value: Double?) -> JSON { value.map { .string(FigureText.short($0)) } ?? .null }
      let pair = JSON.array([text(figures.boundOverEffect), text(figures.witnessOverBound)])
      return "\(JSON.string(id).canonicalText): \(pair.canonicalText)"
    }
  }

  private var digest: String {
    SHA256.hexadecimal(SHA256.digest(of: Array(lines.joined(separator: "\n").utf8)))
  }

  /// The document: one group per line, so that changes read well.
  package var bytes: [UInt8] {
    let groups = lines.isEmpty ? "{}" : "{\n    \(lines.joined(separator: ",\n    "))\n  }"
    let text = """
      {
        "digest": "\(digest)",
        "groups": \(groups),
        "schema": "\(Self.schema)"
      }

      """
    return Array(text.utf8)
  }

  /// This record with the groups of another in their place; groups that no longer exist are gone.
  package func updated(by measured: Discrimination, existing: Set<String>) -> Discrimination {
    var result = self
    result.groups = groups.filter { existing.contains($0.key) }
    for (id, figures) in measured.groups { result.groups[id] = figures }
    return result
  }

  /// What moved by more than a factor of two since this record was made.
  package func drift(to measured: Discrimination, in selection: ProofSelection) -> [ProofFinding] {
    selection.groups.flatMap { group -> [ProofFinding] in
      guard let first = group.cases.first, let new = measured.groups[group.id] else { return [] }
      let old = groups[group.id] ?? Figures()
      let pairs = [
        ("bound / smallest killed effect", old.boundOverEffect, new.boundOverEffect),
        ("largest witness error / bound", old.witnessOverBound, new.witnessOverBound),
      ]
      return pairs.compactMap { name, old, new in
        guard let message = Self.movement(from: old, to: new) else { return nil }
        return ProofFinding(
          kind: .drift, operatorName: first.operatorName, subject: group.id, variant: name,
          message: message, advice: "find out why; then assay prove --record",
          cases: [first.id])
      }
    }
  }

  private static func movement(from old: Double?, to new: Double?) -> String? {
    switch (old, new) {
    case (nil, nil): return nil
    case (nil, let new?): return "\(FigureText.short(new)) is not recorded"
    case (let old?, nil): return "recorded as \(FigureText.short(old)), but nothing gives it now"
    case (let old?, let new?):
      let (a, b) = (max(old, floor), max(new, floor))
      guard b > driftFactor * a || a > driftFactor * b else { return nil }
      return "\(FigureText.short(new)), recorded as \(FigureText.short(old))"
    }
  }
}

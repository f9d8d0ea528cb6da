package import Cases
package import GoldenStore
import Spec
import Tensors

/// Makes the subjects of a proof: the stored cases, or the same cases with fresh inputs.
package struct SubjectSource: Sendable {
  package let entries: [CaseEntry]
  /// The seed of fresh inputs; nil for the stored cases.
  package let seed: String?
  private let catalogue: CaseCatalogue
  private let golden: @Sendable (CaseEntry) throws -> Golden?
  private let goldenDigest: @Sendable (CaseEntry) throws -> String
  private let keyParts: [String]
  private let codeDigest: @Sendable ([String]) -> String
  /// The entry before each in its group.
  private let predecessors: [CaseID: CaseEntry]

  /// The selected cases with stored goldens.
  package init(
    entries: [CaseEntry], suite: Suite, faults: VariantCatalogue, witnesses: VariantCatalogue,
    codeDigest: @escaping @Sendable ([String]) -> String
  ) {
    (self.entries, seed, catalogue) = (entries, nil, suite.catalogue)
    self.codeDigest = codeDigest
    keyParts = [faults.digest, witnesses.digest]
    let store = suite.goldens
    golden = { try $0.expectation == .mustReject ? nil : store.golden(for: $0) }
    goldenDigest = { try store.caseDigest(for: $0) }
    predecessors = Self.predecessors(suite.catalogue.entries)
  }

  /// The selected cases with inputs drawn from another seed and goldens made on the spot.
  package init(
    fresh seed: String, entries: [CaseEntry], catalogue: CaseCatalogue,
    witnesses: VariantCatalogue, codeDigest: @escaping @Sendable ([String]) -> String
  ) {
    self.seed = seed
    self.catalogue = catalogue
    self.entries = entries.compactMap { catalogue.entry($0.id) }
    self.codeDigest = codeDigest
    keyParts = ["", witnesses.digest]
    let making = GoldenMaking(catalogue: catalogue)
    golden = { try making.golden(of: $0) }
    goldenDigest = { _ in "" }
    predecessors = [:]
  }

  private static func predecessors(_ entries: [CaseEntry]) -> [CaseID: CaseEntry] {
    var last: [String: CaseEntry] = [:]
    var result: [CaseID: CaseEntry] = [:]
    for entry in entries where entry.form == .inputs {
      result[entry.id] = last[entry.group.id]
      last[entry.group.id] = entry
    }
    return result
  }

  /// A case with its key; goldens are read only when they are needed.
  func subject(at position: Int) throws -> PreparedSubject {
    let entry = entries[position]
    let made = try catalogue.materialise(entry)
    let model = try made.encodedModel()
    let digest = CaseDigest.hexadecimal(
      model: model, inputs: made.inputs, accuracyClass: entry.group.accuracyClass,
      goldenDigest: Array(try goldenDigest(entry).utf8))
    let predecessor = entry.form == .inputs ? predecessors[entry.id] : nil
    let group = entry.group
    var hash = SHA256()
    hash.update(separated: "assay.proof.v1")
    let before = try predecessor.map { try goldenDigest($0) } ?? ""
    let own = [
      digest, before, group.twin.rawValue, entry.expectation.rawValue,
      codeDigest(Operators.of(made.model)), seed ?? "",
    ]
    for part in keyParts + own { hash.update(separated: part) }
    return PreparedSubject(
      entry: entry, model: model, inputs: made.inputs.map(\.value),
      key: String(SHA256.hexadecimal(hash.digest()).prefix(32)),
      golden: { try golden(entry) },
      previous: { try predecessor.flatMap { try golden($0) } })
  }
}

/// A case ready to be proven.
struct PreparedSubject {
  let entry: CaseEntry
  let model: [UInt8]
  let inputs: [Value]
  let key: String
  let golden: () throws -> Golden?
  /// The golden of the case before it in its group.
  let previous: () throws -> Golden?
}

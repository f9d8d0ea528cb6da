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
  /// The digests of the catalogues; no faults for fresh inputs.
  private let catalogueDigests: (faults: String?, witnesses: String)
  private let code: CodeDigest
  /// The entry before each in its group.
  private let predecessors: [CaseID: CaseEntry]

  /// The selected cases with stored goldens.
  package init(
    entries: [CaseEntry], suite: Suite, faults: VariantCatalogue, witnesses: VariantCatalogue,
    code: CodeDigest
  ) {
    (self.entries, seed, catalogue) = (entries, nil, suite.catalogue)
    self.code = code
    catalogueDigests = (faults.digest, witnesses.digest)
    let store = suite.goldens
    golden = { try $0.expectation == .mustReject ? nil : store.golden(for: $0) }
    goldenDigest = { try store.caseDigest(for: $0) }
    predecessors = Self.predecessors(suite.catalogue.entries)
  }

  /// The selected cases with inputs drawn from another seed and goldens made on the spot.
  package init(
    fresh seed: String, entries: [CaseEntry], catalogue: CaseCatalogue,
    witnesses: VariantCatalogue, code: CodeDigest
  ) {
    self.seed = seed
    self.catalogue = catalogue
    self.entries = entries.compactMap { catalogue.entry($0.id) }
    self.code = code
    catalogueDigests = (nil, witnesses.digest)
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
    let before = try predecessor.map { try goldenDigest($0) } ?? ""
    let own = [digest, entry.group.twin.rawValue, entry.expectation.rawValue, seed ?? ""]
    let key = key(own, before: before, operators: Operators.of(made.model))
    return PreparedSubject(
      entry: entry, model: model, inputs: made.inputs.map(\.value),
      key: key,
      golden: { try golden(entry) },
      previous: { try predecessor.flatMap { try golden($0) } })
  }

  private func key(_ own: [String], before: String, operators: [String]) -> ProofKey {
    func hashed(_ parts: [String]) -> String {
      var hash = SHA256()
      for part in [CaseProof.schema] + own + parts { hash.update(separated: part) }
      return String(SHA256.hexadecimal(hash.digest()).prefix(32))
    }
    let witnesses = code.text(seed == nil ? .witnesses : .freshWitnesses, for: operators)
    return ProofKey(
      faults: catalogueDigests.faults.map {
        hashed([$0, before, code.text(.faults, for: operators)])
      } ?? "",
      witnesses: hashed([catalogueDigests.witnesses, witnesses]))
  }
}

/// A case ready to be proven.
struct PreparedSubject {
  let entry: CaseEntry
  let model: [UInt8]
  let inputs: [Value]
  let key: ProofKey
  let golden: () throws -> Golden?
  /// The golden of the case before it in its group.
  let previous: () throws -> Golden?
}

package import Cases

/// The cases of a run in the order they are executed.
package struct RunPlan: Sendable {
  package let entries: [CaseEntry]
  package let tier: Tier
  package let shard: CaseShard?
  /// SHA-256 (hex) over suite seed, tier, shard and every id in order: two runs with one digest
  /// execute the same cases.
  package let digest: String

  /// `m/n`, `1/1` without sharding.
  package var shardText: String { shard.map { "\($0.number)/\($0.count)" } ?? "1/1" }

  /// Selects by tier, filter and shard, in the catalogue's order.
  package init(
    catalogue: CaseCatalogue, tier: Tier, filter: CaseFilter? = nil, shard: CaseShard? = nil
  ) {
    entries = catalogue.entries.filter { entry in
      tier.contains(entry.group.tier) && (filter?.matches(entry) ?? true)
        && (shard?.contains(entry.id) ?? true)
    }
    self.tier = tier
    self.shard = shard
    var hash = SHA256()
    hash.update(separated: "assay.plan.v1")
    hash.update(separated: catalogue.seed.text)
    hash.update(separated: tier.rawValue)
    hash.update(separated: shard.map { "\($0.number)/\($0.count)" } ?? "1/1")
    for entry in entries { hash.update(separated: "\(entry.id)") }
    digest = SHA256.hexadecimal(hash.digest())
  }
}

import ArgumentParser
import Cases
import GoldenStore
import Runner
import Verification

/// Which cases a command works on.
struct SelectionOptions: ParsableArguments {
  @Option(help: "smoke, ci, full or heavy.")
  var tier = "ci"

  @Option(
    name: [.customShort("E"), .customLong("filter")],
    help: "Filter expression, e.g. 'op(Softmax) and not dtype(f64)'.")
  var filter: String?

  @Option(help: "Run one part of n: hash:m/n.")
  var shard: String?

  /// What the selected cases need of the suite.
  func suite(_ options: SuiteOptions) throws -> Suite {
    try options.suite(tier: try parsedTier(), filter: try parsedFilter())
  }

  /// The selected cases; an empty selection is exit 4.
  func plan(of suite: Suite) throws -> RunPlan {
    let tier = try parsedTier()
    let plan = RunPlan(
      catalogue: suite.catalogue, tier: tier, filter: try parsedFilter(), shard: try parsedShard())
    guard !plan.entries.isEmpty else {
      throw CommandStop(
        .nothing,
        "no case is selected by tier \(tier.rawValue)"
          + (filter.map { " and -E '\($0)'" } ?? ""))
    }
    return plan
  }

  private func parsedTier() throws -> Tier {
    guard let tier = Tier(rawValue: tier) else {
      throw CommandStop(.usage, "--tier \(tier): choose smoke, ci, full or heavy")
    }
    return tier
  }

  private func parsedFilter() throws -> CaseFilter? {
    guard let filter else { return nil }
    do { return try CaseFilter(filter) } catch { throw CommandStop(.usage, "-E: \(error)") }
  }

  private func parsedShard() throws -> CaseShard? {
    guard let shard else { return nil }
    guard let parsed = CaseShard(shard) else {
      throw CommandStop(.usage, "--shard \(shard): write hash:m/n with 1 <= m <= n <= 64")
    }
    return parsed
  }
}

import Cases
import Runner
import Spec
import Testing

@Suite("Run plan")
struct RunPlanTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") {
    $0 + "/" + $1
  }

  /// Three cases of one group and one of another.
  private static func catalogue(seed: SuiteSeed = .published) throws -> CaseCatalogue {
    let yaml = """
      operator: Add
      versions: [14]
      accuracy: {class: rounded}
      constraints:
        C1: it works
      groups:
        - name: group
          intent: anything
          covers: [C1]
          tier: smoke
          for: {T: [f32], length: [3, 5, 7]}
          inputs:
            A: {shape: [$length], fill: {normal, sigma: 4}}
            B: {shape: [$length], fill: {normal, sigma: 4}}
        - name: later
          intent: anything
          covers: [C1]
          for: {T: [f32], length: [3]}
          inputs:
            A: {shape: [$length], fill: {normal, sigma: 4}}
            B: {shape: [$length], fill: {normal, sigma: 4}}

      """
    return try CaseCatalogue(
      texts: [("Add.yaml", yaml)],
      standard: Standard.load(from: root + "/conformance-cases/standard"), seed: seed)
  }

  private static func ids(_ plan: RunPlan) -> [String] { plan.entries.map { "\($0.id)" } }

  private static let smoke = (0..<3).map { "onnx/Add-14/f32/group#00\($0)" }

  @Test("The digest covers seed, tier, shard and ids, and does not change between releases")
  func digest() throws {
    let plan = RunPlan(catalogue: try Self.catalogue(), tier: .smoke)
    #expect(Self.ids(plan) == Self.smoke)
    #expect(plan.shardText == "1/1")
    // SHA-256, by another program, over the texts assay.plan.v1, assay-2026.1, smoke, 1/1 and the
    // three ids, each with a zero byte behind it.
    #expect(plan.digest == "449d1baf4ec7c198a1afa5c2e143afe2d23cf3fee6261cc36042b167eaa10dfb")
    #expect(try RunPlan(catalogue: Self.catalogue(), tier: .smoke).digest == plan.digest)
  }

  @Test("Another tier, filter, shard or seed is another digest")
  func otherDigests() throws {
    let catalogue = try Self.catalogue()
    let plans = [
      RunPlan(catalogue: catalogue, tier: .smoke),
      RunPlan(catalogue: catalogue, tier: .ci),
      RunPlan(catalogue: catalogue, tier: .full),
      RunPlan(catalogue: catalogue, tier: .ci, filter: try CaseFilter("tier(smoke)")),
      RunPlan(catalogue: catalogue, tier: .ci, shard: CaseShard(number: 1, of: 2)),
      RunPlan(catalogue: catalogue, tier: .ci, shard: CaseShard(number: 2, of: 2)),
      RunPlan(catalogue: try Self.catalogue(seed: SuiteSeed("other")), tier: .smoke),
    ]
    #expect(Set(plans.map(\.digest)).count == plans.count)
  }

  @Test("A tier holds the cases of the tiers before it, in the catalogue's order")
  func tiers() throws {
    let plan = RunPlan(catalogue: try Self.catalogue(), tier: .ci)
    #expect(Self.ids(plan) == Self.smoke + ["onnx/Add-14/f32/later#000"])
  }

  @Test("A filter leaves out what it does not match, down to nothing")
  func filters() throws {
    let catalogue = try Self.catalogue()
    let none = RunPlan(catalogue: catalogue, tier: .ci, filter: try CaseFilter("op(Mul)"))
    #expect(none.entries.isEmpty)
    let all = RunPlan(catalogue: catalogue, tier: .ci, filter: try CaseFilter("op(Add)"))
    #expect(all.entries.count == 4)
  }

  @Test("Every case is in exactly one shard", arguments: [1, 2, 3, 64])
  func shards(_ count: Int) throws {
    let catalogue = try Self.catalogue()
    var ids: [String] = []
    for number in 1...count {
      let shard = try #require(CaseShard(number: number, of: count))
      let plan = RunPlan(catalogue: catalogue, tier: .ci, shard: shard)
      #expect(plan.shardText == "\(number)/\(count)")
      ids += Self.ids(plan)
    }
    #expect(ids.sorted() == Self.smoke + ["onnx/Add-14/f32/later#000"])
  }
}

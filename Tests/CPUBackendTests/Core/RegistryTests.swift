import Glibc
import Testing

@testable import CPUBackend

@Suite("The registry of operators")
struct RegistryTests {
  @Test("The generated registries match the operator files")
  func isFresh() {
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    #expect(
      system("'/\(root)/scripts/generate-registry' --check") == 0,
      "the registry is stale; run: scripts/generate-registry")
  }

  @Test("Every operator is registered once, with since-versions the standard has")
  func versionsExist() {
    var seen: Set<SignatureTable.Key> = []
    for kernel in OperatorTable.all {
      let key = SignatureTable.Key(domain: kernel.domain, name: kernel.name)
      #expect(seen.insert(key).inserted, "\(kernel.name) is registered twice")
      let known = SignatureTable.signatures(domain: kernel.domain, name: kernel.name).map(\.since)
      #expect(
        Set(kernel.versions).isSubset(of: known), "\(kernel.name): the standard has \(known)")
    }
  }

  @Test("The signature table describes the operators of the standard")
  func signatures() throws {
    let clip = try #require(SignatureTable.signature(domain: "", name: "Clip", opset: 12))
    #expect(clip.since == 12)
    #expect(clip.inputs.map(\.name) == ["input", "min", "max"])
    #expect(clip.inputs.map(\.occurrence) == [.required, .optional, .optional])
    #expect(clip.variables["T"]?.contains(.tensor(.u8)) == true)
    #expect(clip.variables["T"]?.contains(.tensor(.bool)) == false)
    #expect(SignatureTable.signature(domain: "", name: "Clip", opset: 0) == nil)
    #expect(SignatureTable.signatures(domain: "", name: "Clop").isEmpty)
  }
}

import Testing
import Variants
import Witnesses

@Suite("The catalogue of witnesses")
struct CatalogueTests {
  @Test("Names are unique")
  func uniqueNames() {
    let names = Witnesses.all.map(\.profile.name)
    #expect(Set(names).count == names.count)
  }
}

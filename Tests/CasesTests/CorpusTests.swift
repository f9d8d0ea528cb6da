import Cases
import Testing

@Suite("The case files of the package")
struct CorpusTests {
  @Test("Every case of every file materialises, and its model encodes")
  func materialises() throws {
    let catalogue = try CaseCatalogue(load: Repository.cases, standard: Repository.standard())
    #expect(catalogue.entries.count > 0)
    for entry in catalogue.entries {
      let made = try catalogue.materialise(entry)
      #expect(try made.encodedModel().count > 0)
      #expect(made.outputNames.count > 0)
    }
  }

  @Test("Every case id is unique and reads back")
  func ids() throws {
    let catalogue = try CaseCatalogue(load: Repository.cases, standard: Repository.standard())
    var seen: Set<CaseID> = []
    for entry in catalogue.entries {
      #expect(seen.insert(entry.id).inserted, "\(entry.id)")
      #expect(CaseID("\(entry.id)") == entry.id)
    }
  }
}

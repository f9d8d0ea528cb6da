import CanonicalJSON
import Testing
import Variants

@testable import Proof

@Suite("Catalogues of variants")
struct CatalogueTests {
  @Test("The words of the libraries and of the proof are the same")
  func contract() {
    #expect(VariantCatalogue.variantsMember == VariantContract.variants)
    #expect(VariantCatalogue.variantOption == VariantContract.variant)
    #expect(VariantCatalogue.seedOption == VariantContract.seed)
    #expect(VariantCatalogue.notApplicable == VariantContract.notApplicable)
    #expect(
      FaultSeverity.allCases.map(\.rawValue) == VariantProfile.Severity.allCases.map(\.rawValue))
  }

  private static func description(_ variants: String) throws -> JSON {
    try JSON(parsing: #"{"variants":[\#(variants)]}"#)
  }

  @Test("A fault and a witness are read with all they say")
  func reading() throws {
    let catalogue = try VariantCatalogue(
      description: Self.description(
        """
        {"name":"tail-dropped","kind":"fault","severity":"gross","number":7,"mode":"strict-fp32",
        "summary":"the last term is dropped"},
        {"name":"reversed","kind":"witness","mode":"tf32","summary":"from the last term on"}
        """))
    #expect(catalogue.faults.map(\.name) == ["tail-dropped"])
    #expect(catalogue["tail-dropped"]?.number == 7)
    #expect(catalogue["tail-dropped"]?.severity == .gross)
    #expect(catalogue.witnesses.map(\.mode) == ["tf32"])
    #expect(catalogue.digest.count == 64)
  }

  @Test(
    "What is no catalogue is refused with the reason",
    arguments: [
      (#"{"name":"a","kind":"slip","mode":"tf32","summary":""}"#, "kind"),
      (#"{"name":"a","kind":"fault","severity":"mild","mode":"tf32","summary":""}"#, "severity"),
      (#"{"name":"a","kind":"witness","mode":"none","summary":""}"#, "numeric mode"),
      (
        #"{"name":"a","kind":"witness","mode":"tf32","summary":""},"#
          + #"{"name":"a","kind":"witness","mode":"tf32","summary":""}"#, "two variants"
      ),
    ])
  func refusals(_ variants: String, _ word: String) throws {
    let description = try Self.description(variants)
    let error = #expect(throws: CatalogueError.self) {
      try VariantCatalogue(description: description)
    }
    #expect(error?.description.contains(word) ?? false, "\(error?.description ?? "no error")")
  }

  @Test("A fault that differs from run to run is run twice, one that needs other runs is left out")
  func repetitions() throws {
    func fault(_ number: Int) -> VariantEntry {
      VariantEntry(name: "fault-\(number)", kind: .fault(.special), number: number)
    }
    let catalogue = VariantCatalogue(variants: [1, 102, 105].map(fault))
    #expect(catalogue.faults.map(\.repetitions) == [1, 2])
    #expect(catalogue.untried.map(\.name) == ["fault-105"])
  }

  @Test("A backend without variants is no library of variants")
  func otherBackend() throws {
    let description = try JSON(parsing: #"{"identity":{}}"#)
    #expect(throws: CatalogueError.self) { try VariantCatalogue(description: description) }
  }
}

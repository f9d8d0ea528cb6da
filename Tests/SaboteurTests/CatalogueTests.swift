import CPUBackend
import ModelFormat
import Saboteur
import Tensors
import Testing
import Variants

@Suite("The catalogue of faults")
struct CatalogueTests {
  @Test("Names are unique, numbers those of the list of mutation operators, summaries one line")
  func profiles() throws {
    let profiles = try allFaults().map(\.profile)
    #expect(Set(profiles.map(\.name)).count == profiles.count)
    for profile in profiles {
      let words = profile.name.unicodeScalars
      #expect(words.allSatisfy { $0.isASCII && !$0.properties.isWhitespace })
      if let number = profile.number { #expect((1...106).contains(number), "\(profile.name)") }
      #expect(!profile.summary.isEmpty && !profile.summary.contains("\n"))
    }
  }

  @Test("Without a variant the outputs are those of the CPU backend, bit for bit")
  func negativeTwin() throws {
    let model = try TinyModel(
      "g (float[3] X) => (float[3] Y) { Y = Softmax(X) }", [floats([1, 2, 3])])
    let library = try VariantBackend(product: "test", variants: try allFaults(), options: "")
    let bytes = try model.model.encoded()
    let plain = try library.compile(onnx: bytes, options: "")
    #expect(try plain.execute(model.inputs) == model.right())
    let faulty = try library.compile(onnx: bytes, options: #"{"variant":"all-zeros"}"#)
    #expect(try faulty.execute(model.inputs) != model.right())
  }

  @Test("An unknown variant and a folder without cases are refused with their names")
  func mistakes() throws {
    let unknown = #expect(throws: KernelError.self) {
      try VariantBackend(
        product: "test", variants: try allFaults(), options: #"{"variant":"no-such"}"#)
    }
    #expect(unknown?.message.contains("no-such") == true)
    let missing = #expect(throws: KernelError.self) {
      try Saboteur.catalogue(cases: "/nowhere")
    }
    #expect(missing?.message.contains("/nowhere") == true)
  }
}

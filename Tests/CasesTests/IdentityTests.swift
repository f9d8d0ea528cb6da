import Cases
import Tensors
import Testing

@Suite("Identity")
struct IdentityTests {
  // FIPS 180-4 examples.
  @Test(
    "SHA-256 gives the published digests",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func sha256(_ text: String, _ digest: String) {
    #expect(SHA256.hexadecimal(SHA256.digest(of: Array(text.utf8))) == digest)
    var hash = SHA256()
    for byte in text.utf8 { hash.update([byte]) }
    #expect(SHA256.hexadecimal(hash.digest()) == digest)
  }

  @Test("Ids read back, in both forms")
  func ids() throws {
    let text = "onnx/Softmax-13/f16/fully-masked-row#003"
    let id = try #require(CaseID(text))
    #expect(id.group == "onnx/Softmax-13/f16/fully-masked-row" && id.index == 3)
    #expect("\(id)" == text)
    #expect("\(try #require(CaseID(text + "+initializers")))" == text + "+initializers")
    #expect(CaseID(text + "+initializers")?.withoutForm == text)
    #expect(CaseID(group: "a/b-1/c/d", index: 1234).withoutForm == "a/b-1/c/d#1234")
  }

  @Test(
    "Other texts are not ids",
    arguments: [
      "", "onnx/Softmax-13/f16/x", "x#003", "onnx/A-1/f32/x#3", "onnx/A-1/f32/x#003+folded",
    ])
  func notIDs(_ text: String) { #expect(CaseID(text) == nil) }

  // printf 'assay.seed.v1\0assay-2026.1\0onnx/Add-14/f32/same-shape#000\0A\0' | sha256sum
  @Test("The key of an input is the head of the documented digest")
  func seedKey() throws {
    let id = try #require(CaseID("onnx/Add-14/f32/same-shape#000+initializers"))
    let key = SuiteSeed.published.key(caseID: id, label: "A")
    #expect(key.0 == SeedReference.high && key.1 == SeedReference.low)
  }

  // printf 'assay.shard.v1\0onnx/Add-14/f32/same-shape#000' | sha256sum, first 8 bytes modulo 7
  @Test("A case is in the shard the documented formula gives, and in no other")
  func shards() throws {
    let id = try #require(CaseID("onnx/Add-14/f32/same-shape#000"))
    let member = (1...7).filter { CaseShard(number: $0, of: 7)?.contains(id) == true }
    #expect(member == [SeedReference.shardOfSeven])
  }

  @Test("Shards partition the cases about evenly")
  func partition() throws {
    let catalogue = try CaseCatalogue(load: Repository.cases, standard: Repository.standard())
    let shards = (1...4).compactMap { CaseShard(number: $0, of: 4) }
    let counts = shards.map { shard in catalogue.entries.count { shard.contains($0.id) } }
    #expect(counts.reduce(0, +) == catalogue.entries.count)
    for count in counts {
      #expect(abs(4 * count - catalogue.entries.count) < catalogue.entries.count)
    }
  }

  @Test(
    "Shards are read as hash:m/n",
    arguments: [
      ("hash:1/1", true), ("hash:64/64", true), ("hash:0/4", false), ("hash:5/4", false),
      ("hash:1/65", false), ("1/4", false), ("hash:1", false), ("hash:a/4", false),
    ])
  func shardTexts(_ text: String, _ isValid: Bool) { #expect((CaseShard(text) != nil) == isValid) }

  @Test("The case digest changes with every part, and parts cannot run into each other")
  func digest() throws {
    let x = Value.tensor(try #require(Tensor(type: .i8, shape: [2], bytes: [1, 2])))
    let y = Value.tensor(try #require(Tensor(type: .i8, shape: [1, 2], bytes: [1, 2])))
    let z = Value.tensor(try #require(Tensor(type: .u8, shape: [2], bytes: [1, 2])))
    func digest(
      _ inputs: [(name: String, value: Value)], model: [UInt8] = [9], golden: [UInt8] = [7]
    ) -> String {
      CaseDigest.hexadecimal(
        model: model, inputs: inputs, accuracyClass: .rounded, goldenDigest: golden)
    }
    let all = [
      digest([("a", x)]), digest([("b", x)]), digest([("a", y)]), digest([("a", z)]),
      digest([("a", x), ("b", x)]), digest([]), digest([("a", x)], model: [9, 0]),
      digest([("a", x)], golden: [8]),
      digest([("a", .sequence([x], element: .tensor(.i8)))]),
      digest([("a", .optional(x, content: .tensor(.i8)))]),
      digest([("a", .optional(nil, content: .tensor(.i8)))]),
    ]
    #expect(Set(all).count == all.count)
    #expect(digest([("a", x)]) == all[0])
    #expect(all[0].count == 64)
  }
}

import Cases
import Glibc
import Testing

@testable import Proof

@Suite("Journal of proofs")
struct JournalTests {
  /// A path in a folder of its own.
  private static func path() throws -> String {
    var template = Array("/tmp/assay-proof-XXXXXX\0".utf8CString.dropLast())
    try #require(mkdtemp(&template) != nil)
    let folder = String(
      decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return folder + "/proof.jsonl"
  }

  private static func append(_ text: String, to path: String) throws {
    let file = try #require(fopen(path, "a"))
    fputs(text, file)
    fclose(file)
  }

  private static func sample(_ id: String, key: ProofKey = "k") -> CaseProof {
    var proof = CaseProof(caseID: id, key: key)
    proof.equivalent = ["b", "a"]
    proof.killed = ["value.bound": ["c"], "crash signal": ["d"]]
    proof.open = ["e": .zeroSign]
    proof.survived = ["f": CaseProof.Passage()]
    proof.refused = ["g": "unsupported other: no"]
    proof.smallestEffect = CaseProof.Effect(fault: "c", ratio: 1.5)
    proof.falseAlarms = ["h": "fail value.bound"]
    proof.dataFindings = [.copy: "a copy"]
    return proof
  }

  @Test("What is written is read back, a later line in place of an earlier one")
  func roundTrip() throws {
    let path = try Self.path()
    var journal = try ProofJournal(path: path)
    try journal.append(Self.sample("one"))
    try journal.append(Self.sample("two"))
    try journal.append(Self.sample("one", key: "later"))
    let read = try ProofJournal(path: path).proofs
    #expect(read.count == 2)
    #expect(read[ProofJournal.Place(caseID: "one", seed: nil)]?.key == "later")
    var expected = Self.sample("two")
    expected.equivalent = ["a", "b"]
    #expect(read[ProofJournal.Place(caseID: "two", seed: nil)] == expected)
  }

  @Test("A torn line does not count and is cut off")
  func tornLine() throws {
    let path = try Self.path()
    var journal = try ProofJournal(path: path)
    try journal.append(Self.sample("one"))
    try Self.append("{\"case\":\"two\",\"ke", to: path)
    var again = try ProofJournal(path: path)
    #expect(again.proofs.count == 1)
    try again.append(Self.sample("three"))
    #expect(try ProofJournal(path: path).proofs.count == 2)
  }

  @Test("A terminated line that is no proof is refused with its number")
  func foreignLine() throws {
    let path = try Self.path()
    try Self.append("{\"case\":\"two\"}\n", to: path)
    let error = #expect(throws: ProofError.self) { try ProofJournal(path: path) }
    #expect(error?.description.contains("line 1") ?? false)
  }

  @Test("The settled journal does not depend on the order of the proofs")
  func settled() throws {
    let place = { (id: String) in ProofJournal.Place(caseID: id, seed: nil) }
    let one = [place("a"): Self.sample("a"), place("b"): Self.sample("b")]
    var other = [place("b"): Self.sample("b")]
    other[place("a")] = Self.sample("a")
    other[place("gone")] = Self.sample("gone")
    let known: Set = ["a", "b"]
    let bytes = ProofJournal.bytes(of: one) { known.contains($0.caseID) }
    #expect(!bytes.isEmpty)
    #expect(bytes == ProofJournal.bytes(of: other) { known.contains($0.caseID) })
    #expect(bytes != ProofJournal.bytes(of: other) { _ in true })
  }
}

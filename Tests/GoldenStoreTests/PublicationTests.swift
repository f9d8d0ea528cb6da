import Cases
import Oracle
import Spec
import Testing

@testable import GoldenStore

/// Making, storing and reading goldens.
struct PublicationTests {
  private let scratch: ScratchDirectory
  private let catalogue: CaseCatalogue
  private let files: [String: [UInt8]]
  private let publication: GoldenPublication

  init() throws {
    scratch = try ScratchDirectory()
    catalogue = try TinyCatalogue.make()
    let made = GoldenMaking(catalogue: catalogue).files()
    try #require(made.failures.isEmpty, "\(made.failures)")
    files = made.files
    publication = try GoldenPublication(directory: scratch.root, catalogue: catalogue, files: files)
  }

  /// A store that trusts the published manifest.
  private func store() throws -> GoldenStore {
    GoldenStore(
      directory: scratch.root, catalogue: catalogue, digests: try manifest().goldenDigests)
  }

  private func manifest() throws -> Manifest {
    try Manifest(parsing: GoldenFileBytes.read(scratch.path(Manifest.fileName)))
  }

  private func flip(_ path: String, at position: Int) throws {
    var bytes = try GoldenFileBytes.read(scratch.path(path))
    try #require(bytes.indices.contains(position))
    bytes[position] ^= 1
    try GoldenFileBytes.write(bytes, to: scratch.path(path))
  }

  @Test("Making goldens twice gives identical bytes, one file per operator")
  func determinism() throws {
    #expect(files.keys.sorted() == [TinyCatalogue.addPath, TinyCatalogue.softmaxPath])
    let again = GoldenMaking(catalogue: try TinyCatalogue.make()).files()
    #expect(again.files == files)
  }

  @Test("Goldens of one operator can be made alone; the others must have been stored")
  func oneOperator() throws {
    let making = GoldenMaking(catalogue: catalogue)
    let made = making.files(of: ["Add"])
    #expect(made.files == files.filter { $0.key == TinyCatalogue.addPath })
    #expect(throws: GoldenError.self) {
      try making.storedFiles(in: scratch.root, without: ["Add"])
    }
    _ = try publication.publish()
    let stored = try making.storedFiles(in: scratch.root, without: ["Add"])
    #expect(stored == files.filter { $0.key == TinyCatalogue.softmaxPath })
  }

  @Test("Cases that must be rejected have no golden, all others have")
  func rejected() throws {
    let making = GoldenMaking(catalogue: catalogue)
    #expect(catalogue.entries.contains { $0.expectation == .mustReject })
    for entry in catalogue.entries {
      #expect(try (making.golden(of: entry) == nil) == (entry.expectation == .mustReject))
    }
  }

  @Test("A case that must be rejected but evaluates is a failure, not a golden")
  func wronglyRejected() throws {
    let text = TinyCatalogue.addText().replacing(
      "shape: [4], fill: zeros", with: "shape: [3], fill: zeros")
    let wrong = try CaseCatalogue(
      texts: [("operators/math/Add.yaml", text)], standard: TinyCatalogue.standard())
    let failures = GoldenMaking(catalogue: wrong).files().failures
    #expect(!failures.isEmpty)
    for failure in failures {
      guard case .notEvaluated = failure else {
        Issue.record("\(failure)")
        continue
      }
    }
  }

  @Test("Stored goldens read back as they were made")
  func roundTrip() throws {
    _ = try publication.publish()
    let (store, making) = (try store(), GoldenMaking(catalogue: catalogue))
    for entry in catalogue.entries where entry.expectation != .mustReject {
      #expect(try store.golden(for: entry) == making.golden(of: entry))
      #expect(store.digest(for: entry).count == 64)
    }
  }

  @Test("A second publication changes nothing; a changed file is found and mended")
  func changes() throws {
    let all = [Manifest.fileName, TinyCatalogue.addPath, TinyCatalogue.softmaxPath]
    #expect(publication.changes() == all)
    #expect(try publication.publish() == all)
    #expect(publication.changes() == [])
    #expect(try publication.publish() == [])
    try flip(TinyCatalogue.addPath, at: 20)
    #expect(publication.changes() == [TinyCatalogue.addPath])
    #expect(try publication.publish() == [TinyCatalogue.addPath])
    #expect(publication.changes() == [])
  }

  @Test("One flipped byte anywhere in a golden file is found before the file is read")
  func flipped() throws {
    _ = try publication.publish()
    let entry = try #require(catalogue.entries.first { $0.group.operatorName == "Softmax" })
    let other = try #require(catalogue.entries.first { $0.group.operatorName == "Add" })
    let size = try #require(files[TinyCatalogue.softmaxPath]).count
    let path = scratch.path(TinyCatalogue.softmaxPath)
    for position in [0, 7, 8, size / 2, size - 1] {
      try flip(TinyCatalogue.softmaxPath, at: position)
      #expect(throws: GoldenError.digestDiffers(file: path)) { try store().golden(for: entry) }
      // The other operator's file is whole.
      #expect(throws: Never.self) { try store().golden(for: other) }
      try flip(TinyCatalogue.softmaxPath, at: position)
    }
    #expect(throws: Never.self) { try store().golden(for: entry) }
  }

  @Test("A golden file that is not there, or not in the manifest, is an error")
  func absent() throws {
    let entry = try #require(catalogue.entries.first)
    let empty = GoldenStore(directory: scratch.root, catalogue: catalogue, digests: [:])
    #expect(throws: GoldenError.self) { try empty.golden(for: entry) }
    _ = try publication.publish()
    #expect(throws: GoldenError.self) { try empty.golden(for: entry) }
    #expect(throws: Never.self) { try store().golden(for: entry) }
  }

  @Test("The manifest names suite, oracle, every file and every group")
  func manifestContents() throws {
    _ = try publication.publish()
    let manifest = try manifest()
    #expect(manifest.suiteVersion == ReleasedSuite.version)
    #expect(manifest.oracleVersion == Oracle.version)
    #expect(manifest.goldenDigests.keys.sorted() == files.keys.sorted())
    #expect(manifest.findings(entries: catalogue.entries).isEmpty)
    #expect(manifest.findings(goldenDigests: manifest.goldenDigests).isEmpty)
  }

  @Test("Cases and golden files that differ from the manifest are found")
  func manifestDifferences() throws {
    _ = try publication.publish()
    let manifest = try manifest()
    let more = try TinyCatalogue.make(addCases: 3)
    let grown = manifest.findings(entries: more.entries)
    #expect(grown.count == 1)
    guard case .wrongCount(_, let expected, let found)? = grown.first else {
      Issue.record("\(grown)")
      return
    }
    // One more length; every case exists in as many forms as before.
    #expect(found * 2 == expected * 3)
    var digests = manifest.goldenDigests
    digests[TinyCatalogue.addPath] = nil
    #expect(
      manifest.findings(goldenDigests: digests) == [.missingGolden(path: TinyCatalogue.addPath)])
  }
}

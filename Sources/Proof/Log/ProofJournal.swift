import CanonicalJSON
import Glibc

/// The file of proofs: one canonical line each, appended as they come; a later line of the same
/// case and seed replaces an earlier one.
///
/// A torn last line does not count, so that a proof that was interrupted can go on.
package struct ProofJournal: Sendable {
  /// Which proof a line is about.
  package struct Place: Hashable, Comparable, Sendable {
    package let caseID: String
    package let seed: String?

    package init(caseID: String, seed: String?) { (self.caseID, self.seed) = (caseID, seed) }

    package static func < (a: Place, b: Place) -> Bool {
      (a.caseID, a.seed ?? "") < (b.caseID, b.seed ?? "")
    }
  }

  package let path: String
  package private(set) var proofs: [Place: CaseProof] = [:]
  private let descriptor: Descriptor

  /// Opens a journal, creating it where there is none.
  package init(path: String) throws(ProofError) {
    self.path = path
    let bytes = try Self.bytes(of: path)
    var length = 0
    // What stands behind the last line feed was torn off and never counts.
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
      .enumerated()
    {
      do {
        let proof = try CaseProof(JSONField(try JSON(parsing: Array(line))))
        proofs[Place(caseID: proof.caseID, seed: proof.seed)] = proof
      } catch {
        throw .journal(
          path: path, reason: "line \(index + 1): \(error); delete the file to prove anew")
      }
      length += line.count + 1
    }
    descriptor = Descriptor(open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644))
    guard descriptor.number >= 0, ftruncate(descriptor.number, off_t(length)) == 0 else {
      throw .journal(path: path, reason: "cannot be written: \(Self.reason())")
    }
  }

  /// Adds a proof as one terminated line.
  mutating func append(_ proof: CaseProof) throws(ProofError) {
    let bytes = proof.json.canonicalBytes + [0x0A]
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        write(descriptor.number, raw.baseAddress.map { $0 + offset }, raw.count - offset)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw .journal(path: path, reason: "cannot be written: \(Self.reason())")
      }
      offset += count
    }
    proofs[Place(caseID: proof.caseID, seed: proof.seed)] = proof
  }

  /// The bytes of a journal that holds the proofs of these cases alone, in order: the same for
  /// every way the proofs came about.
  package static func bytes(
    of proofs: [Place: CaseProof], where isKept: (Place) -> Bool
  ) -> [UInt8] {
    proofs.filter { isKept($0.key) }.sorted { $0.key < $1.key }
      .flatMap { $0.value.json.canonicalBytes + [0x0A] }
  }

  private static func bytes(of path: String) throws(ProofError) -> [UInt8] {
    guard let file = fopen(path, "rbe") else {
      if errno == ENOENT { return [] }
      throw .journal(path: path, reason: "cannot be read: \(reason())")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      bytes += chunk[..<count]
    }
    return bytes
  }

  private static func reason() -> String { String(cString: strerror(errno)) }
}

/// An open file, closed with the last journal that writes to it.
private final class Descriptor: Sendable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { if number >= 0 { close(number) } }
}

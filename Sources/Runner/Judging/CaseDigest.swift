package import Cases
import ModelFormat
package import Tensors

/// The identity of a case's content (DESIGN: model bytes, inputs, accuracy class and golden).
package enum CaseDigest {
  /// SHA-256, hexadecimal.
  package static func hexadecimal(
    model: [UInt8], inputs: [Value], group: CaseGroup, goldenDigest: String
  ) -> String {
    var hash = SHA256()
    hash.update(separated: "assay.case.v1")
    hash.update(count: model.count)
    hash.update(model)
    for input in inputs {
      let bytes = (try? input.encodedMessage()) ?? []
      hash.update(count: bytes.count)
      hash.update(bytes)
    }
    hash.update(separated: group.accuracyClass.rawValue)
    hash.update(separated: goldenDigest)
    return SHA256.hexadecimal(hash.digest())
  }
}

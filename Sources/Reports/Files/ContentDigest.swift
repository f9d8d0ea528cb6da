import CLibCrypto

/// SHA-256 as content security policies write it.
package enum ContentDigest {
  /// `sha256-` and the digest of the UTF-8 bytes in base 64; nil when libcrypto has no SHA-256.
  package static func source(of text: String) -> String? {
    var text = text
    var digest = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    let isDone = text.withUTF8 {
      EVP_Digest($0.baseAddress, $0.count, &digest, &length, EVP_sha256(), nil) == 1
    }
    guard isDone, length == 32 else { return nil }
    var encoded = [UInt8](repeating: 0, count: 45)
    let count = EVP_EncodeBlock(&encoded, digest, 32)
    guard count == 44 else { return nil }
    return "sha256-" + String(decoding: encoded.prefix(44), as: UTF8.self)
  }

  /// The first 12 hexadecimal digits of the SHA-256 of a text; nil when libcrypto has none.
  static func shortName(of text: String) -> String? {
    var text = text
    var digest = [UInt8](repeating: 0, count: 32)
    let isDone = text.withUTF8 {
      EVP_Digest($0.baseAddress, $0.count, &digest, nil, EVP_sha256(), nil) == 1
    }
    guard isDone else { return nil }
    return digest.prefix(6).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}

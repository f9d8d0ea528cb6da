import CLibCrypto

/// SHA-256 (FIPS 180-4) by the system's libcrypto.
package struct SHA256: ~Copyable {
  private let context: OpaquePointer?
  private var isUsable: Bool

  package init() {
    context = EVP_MD_CTX_new()
    isUsable = context.map { EVP_DigestInit_ex($0, EVP_sha256(), nil) == 1 } ?? false
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds bytes to the message.
  package mutating func update(_ bytes: [UInt8]) {
    guard let context, isUsable, !bytes.isEmpty else { return }
    isUsable = EVP_DigestUpdate(context, bytes, bytes.count) == 1
  }

  /// Adds the UTF-8 of a text, followed by a zero byte that separates it from what comes next.
  package mutating func update(separated text: String) {
    update(Array(text.utf8) + [0])
  }

  /// Adds a count as eight big-endian bytes, so that lengths cannot be confused with contents.
  package mutating func update(count: Int) {
    update((0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * (7 - $0))) })
  }

  /// The 32 bytes of the digest; ends the use of this value.
  ///
  /// A process whose libcrypto cannot compute SHA-256 has no identities to work with and stops.
  package consuming func digest() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    guard let context, isUsable, EVP_DigestFinal_ex(context, &bytes, &length) == 1, length == 32
    else { fatalError("libcrypto refuses SHA-256; install the libssl package of this system") }
    return bytes
  }

  /// The digest of one message.
  package static func digest(of bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    guard EVP_Digest(bytes, bytes.count, &digest, &length, EVP_sha256(), nil) == 1, length == 32
    else { fatalError("libcrypto refuses SHA-256; install the libssl package of this system") }
    return digest
  }

  /// Lower-case hexadecimal.
  package static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(2 * bytes.count)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

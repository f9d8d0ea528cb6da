import CanonicalJSON
import Tensors

/// Collects named tensors and texts for one safetensors file.
package struct SafetensorsWriter: Sendable {
  private var metadata: [String: JSON] = [:]
  private var entries: [String: JSON] = [:]
  private var payload: [UInt8] = []

  package init() {}

  /// Adds a tensor of rank 1.
  package mutating func append(_ name: String, type: Safetensors.StoredType, bytes: [UInt8]) {
    let start = payload.count
    payload += bytes
    entries[name] = .object([
      "dtype": .string(type.rawValue),
      "shape": .array([.integer(Int64(bytes.count / type.width))]),
      "data_offsets": .array([.integer(Int64(start)), .integer(Int64(payload.count))]),
    ])
  }

  /// Adds a text to the metadata.
  package mutating func setMetadata(_ name: String, _ text: String) {
    metadata[name] = .string(text)
  }

  /// The file's bytes: header keys in order, the payload in the order of the appends.
  package var encoded: [UInt8] {
    var members = entries
    members[Safetensors.metadataName] = .object(JSONObject(metadata))
    var header = JSON.object(JSONObject(members)).canonicalBytes
    // The format asks for an aligned payload; it allows trailing spaces in the header.
    while (header.count + 8) % 8 != 0 { header.append(0x20) }
    let length = (0..<8).map { UInt8(truncatingIfNeeded: UInt64(header.count) >> (8 * UInt64($0))) }
    return length + header + payload
  }
}

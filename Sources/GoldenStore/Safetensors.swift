import CanonicalJSON
import Tensors

/// A file of named tensors: eight bytes of header length, a JSON header, then the bytes.
///
/// The format is huggingface/safetensors'; any reader of it opens a golden file.
package struct Safetensors: Sendable {
  package private(set) var metadata: [String: String]
  private var entries: [String: Entry]
  private var payload: [UInt8]

  private struct Entry: Hashable, Sendable {
    var type: StoredType
    var shape: Shape
    var range: Range<Int>
  }

  /// The element types golden columns use, by their names in the format.
  package enum StoredType: String, Sendable {
    case f64 = "F64"
    case f32 = "F32"
    case i64 = "I64"
    case i32 = "I32"
    case u8 = "U8"

    var width: Int {
      switch self {
      case .f64, .i64: 8
      case .f32, .i32: 4
      case .u8: 1
      }
    }
  }

  /// The longest header read, against files that claim absurd ones.
  private static let headerLimit = 256 << 20

  package init() {
    (metadata, entries, payload) = ([:], [:], [])
  }

  /// Reads a whole file's bytes.
  package init(parsing bytes: [UInt8], file: String) throws(GoldenError) {
    guard bytes.count >= 8 else {
      throw .malformed(file: file, reason: "\(bytes.count) bytes are no header")
    }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << (8 * UInt64($1)) }
    guard length <= UInt64(Self.headerLimit), Int(length) <= bytes.count - 8 else {
      throw .malformed(file: file, reason: "the header claims \(length) bytes")
    }
    let start = 8 + Int(length)
    let header: JSON
    do { header = try JSON(parsing: Array(bytes[8..<start])) } catch {
      throw .malformed(file: file, reason: "header: \(error)")
    }
    self.init()
    payload = Array(bytes[start...])
    try read(header, file: file)
  }

  private mutating func read(_ header: JSON, file: String) throws(GoldenError) {
    guard let members = header.object else {
      throw .malformed(file: file, reason: "the header is no object")
    }
    entries.reserveCapacity(members.count)
    for (name, entry) in members {
      if name == "__metadata__" {
        metadata = (entry.object ?? [:]).compactMapValues(\.string)
        continue
      }
      guard let type = entry["dtype"]?.string.flatMap(StoredType.init(rawValue:)),
        let shape = entry["shape"]?.array?.compactMap({ $0.integer.map { Int(clamping: $0) } }),
        let offsets = entry["data_offsets"]?.array?.compactMap({ $0.integer }), offsets.count == 2,
        let count = shape.elementCount, offsets[0] >= 0, offsets[0] <= offsets[1],
        offsets[1] <= Int64(payload.count), count <= payload.count,
        offsets[1] - offsets[0] == Int64(count * type.width)
      else { throw .malformed(file: file, reason: "the entry \"\(name)\" does not fit the file") }
      entries[name] = Entry(type: type, shape: shape, range: Int(offsets[0])..<Int(offsets[1]))
    }
  }

  /// The names of all tensors, in order.
  var names: [String] { entries.keys.sorted() }

  /// The bytes of one tensor whatever its type, nil when there is none of this name.
  func bytes(_ name: String) -> ArraySlice<UInt8>? { entries[name].map { payload[$0.range] } }

  /// The bytes of one tensor, nil when there is none of this name and type.
  package func bytes(_ name: String, type: StoredType) -> ArraySlice<UInt8>? {
    guard let entry = entries[name], entry.type == type else { return nil }
    return payload[entry.range]
  }

  /// Adds a tensor of rank 1.
  package mutating func append(_ name: String, type: StoredType, bytes: [UInt8]) {
    let start = payload.count
    payload += bytes
    entries[name] = Entry(
      type: type, shape: [bytes.count / type.width], range: start..<payload.count)
  }

  /// Adds a text to the metadata.
  package mutating func setMetadata(_ name: String, _ text: String) { metadata[name] = text }

  /// The file's bytes: header keys in order, the payload in the order of the appends.
  package var encoded: [UInt8] {
    var members: [String: JSON] = [
      "__metadata__": .object(metadata.mapValues { .string($0) })
    ]
    for (name, entry) in entries {
      members[name] = .object([
        "dtype": .string(entry.type.rawValue),
        "shape": .array(entry.shape.map { .integer(Int64($0)) }),
        "data_offsets": .array([
          .integer(Int64(entry.range.lowerBound)), .integer(Int64(entry.range.upperBound)),
        ]),
      ])
    }
    var header = JSON.object(members).canonicalBytes
    // The format asks for an aligned payload; it allows trailing spaces in the header.
    while (header.count + 8) % 8 != 0 { header.append(0x20) }
    let length = (0..<8).map { UInt8(truncatingIfNeeded: UInt64(header.count) >> (8 * UInt64($0))) }
    return length + header + payload
  }
}

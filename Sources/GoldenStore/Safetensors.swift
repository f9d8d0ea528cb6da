import CanonicalJSON
import Tensors

/// A file of named tensors: eight bytes of header length, a JSON header, then the bytes.
///
/// The format is huggingface/safetensors'; any reader of it opens a golden file. A run judges a few
/// cases of most files: an entry of the header is read and checked when it is asked for.
package struct Safetensors: Sendable {
  /// The member of the header that holds texts instead of a tensor.
  static let metadataName = "__metadata__"

  private let fileName: String
  private let header: JSONMembers
  private let texts: JSONMembers?
  private let bytes: [UInt8]
  private let payload: Range<Int>

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

  /// Opens a whole file's bytes.
  package init(parsing bytes: [UInt8], file: String) throws(GoldenError) {
    guard bytes.count >= 8 else {
      throw .malformed(file: file, reason: "\(bytes.count) bytes are no header")
    }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << (8 * UInt64($1)) }
    guard length <= UInt64(Self.headerLimit), Int(length) <= bytes.count - 8 else {
      throw .malformed(file: file, reason: "the header claims \(length) bytes")
    }
    let start = 8 + Int(length)
    do throws(JSONError) {
      header = try JSONMembers(indexing: bytes, in: 8..<start)
      texts = try header.members(of: Self.metadataName)
    } catch {
      throw .malformed(file: file, reason: "header: \(error)")
    }
    fileName = file
    self.bytes = bytes
    payload = start..<bytes.count
  }

  /// The names of all tensors, in order.
  var names: [String] { header.names.filter { $0 != Self.metadataName } }

  /// The names of all texts, in order.
  var textNames: [String] { texts?.names ?? [] }

  /// Whether the metadata have a text of this name.
  func hasText(_ name: String) -> Bool { texts?.contains(name) ?? false }

  /// One text of the metadata, nil when there is none of this name.
  package func text(_ name: String) throws(GoldenError) -> String? {
    let value: JSON?
    do throws(JSONError) { value = try texts?.value(name) } catch { throw misfit(name, error) }
    guard let value else { return nil }
    guard let text = value.string else { throw misfit(name, nil) }
    return text
  }

  /// The bytes of one tensor whatever its type, nil when there is none of this name.
  func bytes(_ name: String) throws(GoldenError) -> ArraySlice<UInt8>? {
    try entry(name).map { bytes[$0.range] }
  }

  /// The bytes of one tensor, nil when there is none of this name and type.
  package func bytes(_ name: String, type: StoredType) throws(GoldenError) -> ArraySlice<UInt8>? {
    guard let entry = try entry(name), entry.type == type else { return nil }
    return bytes[entry.range]
  }

  private func entry(_ name: String) throws(GoldenError) -> (type: StoredType, range: Range<Int>)? {
    guard name != Self.metadataName else { return nil }
    let value: JSON?
    do throws(JSONError) { value = try header.value(name) } catch { throw misfit(name, error) }
    guard let value else { return nil }
    guard let type = value["dtype"]?.string.flatMap(StoredType.init(rawValue:)),
      let shape: Shape = value["shape"]?.array?.compactMap({ $0.integer.map { Int(clamping: $0) } }
      ),
      let offsets = value["data_offsets"]?.array?.compactMap(\.integer), offsets.count == 2,
      let count = shape.elementCount, offsets[0] >= 0, offsets[0] <= offsets[1],
      offsets[1] <= Int64(payload.count), count <= payload.count,
      offsets[1] - offsets[0] == Int64(count * type.width)
    else { throw misfit(name, nil) }
    let start = payload.lowerBound + Int(offsets[0])
    return (type, start..<(payload.lowerBound + Int(offsets[1])))
  }

  private func misfit(_ name: String, _ error: JSONError?) -> GoldenError {
    let why = error.map { ": \($0)" } ?? ""
    return .malformed(file: fileName, reason: "the entry \"\(name)\" does not fit the file\(why)")
  }
}

import CanonicalJSON
import Glibc
import NumericFormats
import Tensors

/// The comparison of the upstream runner: `|y − g| ≤ absolute + relative·|g|`.
///
/// Its defaults are 1e-3 and 1e-7 (onnx/onnx backend/test/runner). They are upstream's, quoted here
/// to show its verdict beside ours; no case of our own uses them.
struct ForeignTolerance: Hashable, Sendable {
  let relative: Double
  let absolute: Double

  /// Reads `rtol` and `atol` from a `data.json`; a missing file or key means the default.
  init(readingFrom path: String) throws(ForeignSuiteError) {
    guard access(path, F_OK) == 0 else {
      (relative, absolute) = (0x1.0624dd2f1a9fcp-10, 0x1.ad7f29abcaf48p-24)
      return
    }
    let json: JSON
    do { json = try JSON(parsing: try ForeignFile.bytes(path)) } catch let error as JSONError {
      throw .malformed(path, reason: "\(error)")
    } catch {
      throw .malformed(path, reason: "\(error)")
    }
    relative = json["rtol"]?.real ?? 0x1.0624dd2f1a9fcp-10
    absolute = json["atol"]?.real ?? 0x1.ad7f29abcaf48p-24
  }

  /// The first difference between two values in words; nil when they agree.
  func difference(_ observed: Value, _ expected: Value) -> String? {
    switch (observed, expected) {
    case (.tensor(let a), .tensor(let b)): return difference(a, b)
    case (.sequence(let a, _), .sequence(let b, _)):
      guard a.count == b.count else { return "\(a.count) elements, expected \(b.count)" }
      return zip(a, b).lazy.compactMap { difference($0, $1) }.first
    case (.optional(let a, _), .optional(let b, _)):
      guard let a, let b else { return a == b ? nil : "present and absent differ" }
      return difference(a, b)
    // A runtime without optionals may hand out what the optional holds.
    case (let a, .optional(let b?, _)): return difference(a, b)
    case (.map, .map(let keys, let values, let type)):
      guard let a = observed.column(orderedLike: keys),
        let b = MapValues.joined(values, type: type)
      else { return "the maps have other keys" }
      return difference(a, b)
    default: return "a \(observed.type), expected a \(expected.type)"
    }
  }

  private func difference(_ a: Tensor, _ b: Tensor) -> String? {
    guard a.type == b.type else { return "\(a.type.onnxName), expected \(b.type.onnxName)" }
    guard a.shape == b.shape else { return "shape \(a.shape), expected \(b.shape)" }
    guard let left = a.doubles, let right = b.doubles else {
      return a == b ? nil : "the \(a.type.onnxName) elements differ"
    }
    // Upstream allows bfloat16 results two units of their last place but one.
    let relative = a.type == .bf16 ? Swift.max(relative, 0x1p-6) : relative
    for (position, (y, g)) in zip(left, right).enumerated() {
      if y == g || (y.isNaN && g.isNaN) { continue }
      guard (y - g).magnitude <= absolute + relative * g.magnitude else {
        return "element \(position) is \(y), expected \(g)"
      }
    }
    return nil
  }
}

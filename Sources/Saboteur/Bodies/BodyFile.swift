import CPUBackend
import ModelFormat
import Spec
import Tensors
import Variants

/// A file of faults of one operator, each an ONNX function that stands in for the operator.
///
/// The file is called `<Operator>.onnxtxt`. A fault is some header lines `#! key: value` and a
/// function in ONNX's textual syntax; other lines starting with `#` are comments. Keys:
/// `fault` (its name, starts a new one), `number` (optional), `severity`, `summary`, and
/// conditions: `types` (element types of the first input), `versions` (since-versions),
/// `where` (an attribute and the value it must have, stated or by default), `beyond: rounding`
/// (results that differ by no more than another order of operations may are the right ones; always
/// so for gross faults).
struct BodyFile {
  let path: String
  let operatorName: String

  static let suffix = ".onnxtxt"
  private static let keys: Set<String> = [
    "beyond", "fault", "number", "severity", "summary", "types", "versions", "where",
  ]

  /// - Throws: `invalidInput` naming file and line for what is not a fault.
  func bodies(of text: String) throws(KernelError) -> [Body] {
    do throws(FunctionFileError) {
      var bodies: [Body] = []
      for entry in try FunctionFile(path: path, text: text, keys: Self.keys).entries {
        bodies.append(try body(entry))
      }
      return bodies
    } catch {
      throw .invalidInput("\(error)")
    }
  }

  private func body(_ entry: FunctionFile.Entry) throws(FunctionFileError) -> Body {
    guard let name = entry.headings["fault"] else {
      throw entry.fault("the first key must be fault")
    }
    guard let summary = entry.headings["summary"],
      let severity = entry.headings["severity"].flatMap({ VariantProfile.Severity(rawValue: $0) })
    else { throw entry.fault("severity (gross, precision, special) or summary is missing") }
    let function: LocalFunction
    do throws(FunctionFileError) { function = try entry.function() } catch {
      throw FunctionFileError(
        path: error.path, line: error.line, reason: "\(name) \(error.reason)")
    }
    let profile = VariantProfile(
      name, .fault(severity), number: entry.headings["number"].flatMap { Int($0) },
      summary: "\(operatorName): \(summary)")
    return Body(
      operatorName: operatorName, profile: profile, function: function,
      types: try types(entry), versions: try entry.numbers("versions"),
      condition: try entry.condition().map { Body.Condition(attribute: $0, value: $1) },
      distinction: try distinction(entry, severity))
  }

  private func types(
    _ entry: FunctionFile.Entry
  ) throws(FunctionFileError) -> Set<ElementType>? {
    guard let words = entry.words("types") else { return nil }
    var types: Set<ElementType> = []
    for word in words {
      guard let type = ElementType(name: word) else {
        throw entry.fault("\(word) is no element type")
      }
      types.insert(type)
    }
    return types
  }

  private func distinction(
    _ entry: FunctionFile.Entry, _ severity: VariantProfile.Severity
  ) throws(FunctionFileError) -> Distinction {
    guard let text = entry.headings["beyond"] else {
      return severity == .gross ? .placement : .values
    }
    guard text == "rounding" else { throw entry.fault("beyond must be rounding") }
    return .placement
  }
}

extension BodyFile {
  /// The faults of every file in a folder, in the order of the operators' names.
  ///
  /// - Throws: `invalidInput` for files that cannot be read.
  static func bodies(in directory: String) throws(KernelError) -> [Body] {
    var bodies: [Body] = []
    for (name, text) in try texts(in: directory) {
      let file = BodyFile(
        path: directory + "/" + name, operatorName: String(name.dropLast(suffix.count)))
      bodies += try file.bodies(of: text)
    }
    return bodies
  }

  private static func texts(
    in directory: String
  ) throws(KernelError) -> [(name: String, text: String)] {
    var texts: [(name: String, text: String)] = []
    do throws(FileFault) {
      for name in try FileContents.names(in: directory) where name.hasSuffix(suffix) {
        let bytes = try FileContents.bytes(at: directory + "/" + name)
        texts.append((name, String(decoding: bytes, as: UTF8.self)))
      }
    } catch {
      throw .invalidInput("\(error)")
    }
    return texts
  }
}

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

  /// The fault at one place of a file, before its text is read.
  private struct Block {
    let line: Int
    var keys: [String: String] = [:]
    var text = ""
  }

  static let suffix = ".onnxtxt"
  private static let keys: Set<String> = [
    "beyond", "fault", "number", "severity", "summary", "types", "versions", "where",
  ]

  /// - Throws: `invalidInput` naming file and line for what is not a fault.
  func bodies(of text: String) throws(KernelError) -> [Body] {
    var bodies: [Body] = []
    for block in try blocks(of: text) { bodies.append(try body(block)) }
    return bodies
  }

  private func blocks(of text: String) throws(KernelError) -> [Block] {
    var blocks: [Block] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard line.hasPrefix("#!") else {
        if !blocks.isEmpty { blocks[blocks.count - 1].text += line + "\n" }
        continue
      }
      let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1).map(\.trimmed)
      guard parts.count == 2, Self.keys.contains(parts[0]) else {
        throw fault(index + 1, "unknown key; the keys are \(Self.keys.sorted())")
      }
      if parts[0] == "fault" { blocks.append(Block(line: index + 1)) }
      guard !blocks.isEmpty else { throw fault(index + 1, "the first key must be fault") }
      blocks[blocks.count - 1].keys[parts[0]] = parts[1]
    }
    return blocks
  }

  private func body(_ block: Block) throws(KernelError) -> Body {
    guard let name = block.keys["fault"], let summary = block.keys["summary"],
      let severity = block.keys["severity"].flatMap({ VariantProfile.Severity(rawValue: $0) })
    else { throw fault(block.line, "severity (gross, precision, special) or summary is missing") }
    let model: Model
    do throws(ModelError) {
      model = try Model(text: "<opset_import: [\"\": 18]> g () => () {}\n" + block.text)
    } catch {
      throw fault(block.line, "\(name) is no function: \(error)")
    }
    guard model.functions.count == 1 else {
      throw fault(block.line, "\(name) must have one function, it has \(model.functions.count)")
    }
    let profile = VariantProfile(
      name, .fault(severity), number: block.keys["number"].flatMap { Int($0) },
      summary: "\(operatorName): \(summary)")
    return Body(
      operatorName: operatorName, profile: profile, function: model.functions[0],
      types: try types(block), versions: try versions(block), condition: try condition(block),
      distinction: try distinction(block, severity))
  }

  private func types(_ block: Block) throws(KernelError) -> Set<ElementType>? {
    guard let text = block.keys["types"] else { return nil }
    var types: Set<ElementType> = []
    for word in text.split(separator: " ") {
      guard let type = ElementType(name: String(word)) else {
        throw fault(block.line, "\(word) is no element type")
      }
      types.insert(type)
    }
    return types
  }

  private func versions(_ block: Block) throws(KernelError) -> Set<Int>? {
    guard let text = block.keys["versions"] else { return nil }
    let versions = text.split(separator: " ").map { Int($0) }
    guard versions.allSatisfy({ $0 != nil }) else {
      throw fault(block.line, "versions are numbers with blanks between")
    }
    return Set(versions.compactMap { $0 })
  }

  private func condition(_ block: Block) throws(KernelError) -> Body.Condition? {
    guard let text = block.keys["where"] else { return nil }
    let parts = text.split(separator: "=").map(\.trimmed)
    guard parts.count == 2 else { throw fault(block.line, "where must be attribute = value") }
    let value = Int64(parts[1]).map { Attribute.int($0) } ?? .string(parts[1])
    return Body.Condition(attribute: parts[0], value: value)
  }

  private func distinction(
    _ block: Block, _ severity: VariantProfile.Severity
  ) throws(KernelError) -> Distinction {
    guard let text = block.keys["beyond"] else { return severity == .gross ? .placement : .values }
    guard text == "rounding" else { throw fault(block.line, "beyond must be rounding") }
    return .placement
  }

  private func fault(_ line: Int, _ reason: String) -> KernelError {
    .invalidInput("\(path):\(line): \(reason)")
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

extension Substring {
  /// Without blanks at either end.
  fileprivate var trimmed: String {
    let start = drop { $0 == " " }
    var end = start
    while end.last == " " { end.removeLast() }
    return String(end)
  }
}

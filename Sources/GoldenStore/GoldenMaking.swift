package import Cases
import Dispatch
import Oracle
package import Spec
import Synchronization
import Tensors

/// Makes the goldens of a catalogue with the oracle, one file per operator or model.
package struct GoldenMaking: Sendable {
  private let catalogue: CaseCatalogue
  let oracle: Oracle

  package init(catalogue: CaseCatalogue) {
    self.catalogue = catalogue
    oracle = Oracle(standard: catalogue.standard)
  }

  /// The bytes of the golden files by relative path, all or those of the named operators and models,
  /// and what could not be made.
  package func files(
    of operators: Set<String>? = nil
  ) -> (files: [String: [UInt8]], failures: [GoldenError]) {
    var entries: [String: [CaseEntry]] = [:]
    for entry in catalogue.entries where operators?.contains(entry.group.operatorName) ?? true {
      entries[GoldenPath.relative(of: entry, in: catalogue), default: []].append(entry)
    }
    let work = entries.sorted { $0.key < $1.key }
    let results = Mutex<([String: [UInt8]], [GoldenError])>(([:], []))
    DispatchQueue.concurrentPerform(iterations: work.count) { index in
      let (bytes, failures) = file(work[index].value)
      results.withLock {
        $0.0[work[index].key] = bytes
        $0.1 += failures
      }
    }
    return results.withLock { ($0.0, $0.1.sorted { "\($0)" < "\($1)" }) }
  }

  /// The stored bytes, in `directory`, of the golden files of all other operators and models.
  /// - Throws: `GoldenError.unreadable`: such a file was never made.
  package func storedFiles(
    in directory: String, without operators: Set<String>
  ) throws(GoldenError) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for entry in catalogue.entries where !operators.contains(entry.group.operatorName) {
      let path = GoldenPath.relative(of: entry, in: catalogue)
      if files[path] == nil { files[path] = try GoldenFileBytes.read("\(directory)/\(path)") }
    }
    return files
  }

  private func file(_ entries: [CaseEntry]) -> (bytes: [UInt8], failures: [GoldenError]) {
    var writer = GoldenWriter()
    var failures: [GoldenError] = []
    var seen: Set<String> = []
    for entry in entries where seen.insert(entry.id.goldenID).inserted {
      do throws(GoldenError) {
        if let golden = try golden(of: entry) { writer.append(golden, id: entry.id.goldenID) }
      } catch {
        failures.append(error)
      }
    }
    return (writer.file.encoded, failures)
  }

  /// The golden of one case; nil for `must-reject` cases, which the oracle has to refuse as well.
  package func golden(of entry: CaseEntry) throws(GoldenError) -> Golden? {
    if entry.form == .body { return try bodyGolden(of: entry) }
    let id = "\(entry.id)"
    let made = try materialised(entry)
    let inputs = Dictionary(made.inputs.map { ($0.name, $0.value) }) { first, _ in first }
    do {
      var golden = try oracle.golden(
        for: made.model, inputs: inputs,
        samples: entry.group.isModel ? Oracle.modelSamples : Oracle.samples,
        isModel: entry.group.isModel)
      if entry.group.isModel {
        golden.outputs = golden.outputs.map { $0.ofModel(made.tokenRules) }
        golden.flushedOutputs = golden.flushedOutputs?.map { $0.ofModel(made.tokenRules) }
      }
      switch entry.expectation {
      case .mustMatch, .set: return golden
      case .specUndefined:
        golden.outputs = golden.outputs.map(\.structureOnly)
        golden.flushedOutputs = nil
        return golden
      case .mustReject:
        throw GoldenError.notEvaluated(
          caseID: id, reason: "must be rejected, but the oracle evaluates it")
      }
    } catch let error as EvaluationError {
      if case .invalid = error, entry.expectation == .mustReject { return nil }
      throw .notEvaluated(caseID: id, reason: "\(error)")
    } catch let error as GoldenError {
      throw error
    } catch {
      throw .notEvaluated(caseID: id, reason: "\(error)")
    }
  }
}

extension GoldenMaking {
  /// The case with its model and inputs.
  func materialised(_ entry: CaseEntry) throws(GoldenError) -> Case {
    do { return try catalogue.materialise(entry) } catch {
      throw .notEvaluated(caseID: "\(entry.id)", reason: "\(error)")
    }
  }
}

extension GoldenOutput {
  /// The same output as one of a whole model: pooled by its rule, or a tap.
  func ofModel(_ rules: [String: TokenRule]) -> GoldenOutput {
    GoldenOutput(
      name: name,
      alternatives: alternatives.map { alternative in
        guard case .tensor(var tensor) = alternative,
          case .composite(let reals, let sensitivity) = tensor.columns
        else { return alternative }
        tensor.columns = .model(reals, sensitivity, rules[name])
        return .tensor(tensor)
      })
  }

  /// The same output with its values left open.
  fileprivate var structureOnly: GoldenOutput {
    GoldenOutput(name: name, alternatives: alternatives.prefix(1).map(\.structureOnly))
  }
}

extension GoldenValue {
  fileprivate var structureOnly: GoldenValue {
    switch self {
    case .tensor(let tensor): .undefined(type: .tensor(tensor.type), shape: tensor.shape)
    case .sequence(let values, let element):
      .sequence(values.map(\.structureOnly), element: element)
    case .optional(let content, let type): .optional(content?.structureOnly, content: type)
    case .map(let keys, let values):
      .undefined(type: .map(key: keys.type, value: .tensor(values.type)), shape: nil)
    case .undefined: self
    }
  }
}

package import Cases

/// Where the goldens of a case lie.
package enum GoldenPath {
  /// `operators/<family>/<Operator>.safetensors`, from the case file `…/<family>/<Operator>.yaml`;
  /// `models/<name>.safetensors` for a model.
  package static func relative(of entry: CaseEntry, in catalogue: CaseCatalogue) -> String {
    if entry.group.isModel { return "models/\(entry.group.operatorName).safetensors" }
    let parts = catalogue.source(of: entry).path.split(separator: "/")
    let family = parts.dropLast().last.map { String($0) } ?? "unsorted"
    let name = parts.last.map { String($0.prefix { $0 != "." }) } ?? entry.group.operatorName
    return "operators/\(family)/\(name).safetensors"
  }
}

package import Cases

/// Where the goldens of a case lie.
package enum GoldenPath {
  /// `operators/<family>/<Operator>.safetensors`, from the case file `…/<family>/<Operator>.yaml`;
  /// `models/<name>.safetensors` for a model.
  ///
  /// Goldens of the smoke tier stand apart, in `<Operator>.smoke.safetensors`: a file is read and
  /// its digest checked as a whole, and a smoke run needs a tenth of the bytes.
  package static func relative(of entry: CaseEntry, in catalogue: CaseCatalogue) -> String {
    let ending = entry.group.tier == .smoke ? ".smoke.safetensors" : ".safetensors"
    if entry.group.isModel { return "models/\(entry.group.operatorName)\(ending)" }
    let parts = catalogue.source(of: entry).path.split(separator: "/")
    let family = parts.dropLast().last.map { String($0) } ?? "unsorted"
    let name = parts.last.map { String($0.prefix { $0 != "." }) } ?? entry.group.operatorName
    return "operators/\(family)/\(name)\(ending)"
  }
}

import Cases
import Spec

/// Builds catalogues from texts.
enum TestCatalogue {
  /// A file of the operator `Add` around the given groups; `%` marks where they start.
  static func make(
    _ yaml: String, path: String = "Add.yaml", seed: SuiteSeed = .published
  ) throws -> CaseCatalogue {
    try CaseCatalogue(
      texts: [(path, yaml)], standard: Repository.standard(), seed: seed)
  }

  /// A file with one group given by its lines after `covers`, which stand from line 9 on unless a
  /// domain is given.
  static func group(
    _ lines: String, operator name: String = "Add", versions: String = "all",
    domain: String? = nil
  ) -> String {
    """
    operator: \(name)\(domain.map { "\ndomain: \($0)" } ?? "")
    versions: \(versions)
    accuracy: {class: rounded}
    constraints:
      C1: it works
    groups:
      - name: group
        intent: anything
        covers: [C1]
    """ + "\n" + lines.split(separator: "\n").map { "    \($0)\n" }.joined()
  }

  /// The ids of all cases of one group.
  static func ids(_ lines: String, operator name: String = "Add", versions: String = "all") throws
    -> [String]
  {
    try make(group(lines, operator: name, versions: versions), path: "\(name).yaml")
      .entries.map { "\($0.id)" }
  }

  /// The message of the error that expanding, or making the first case, ends with.
  static func message(_ yaml: String, path: String = "Add.yaml") throws -> String? {
    do {
      let catalogue = try make(yaml, path: path)
      for entry in catalogue.entries { _ = try catalogue.materialise(entry) }
      return nil
    } catch let error as CaseFileError {
      return "\(error)"
    }
  }
}

/// Which module may import which: arrows point down, and nothing else is allowed.
enum ImportRules {
  /// Of the system; every module may use them.
  static let system: Set<String> = ["Glibc", "Synchronization", "Dispatch"]

  /// The modules of the package and of its dependencies that a module may import.
  static let allowed: [String: Set<String>] = [
    "NumericFormats": [],
    "ExtendedArithmetic": [],
    "CanonicalJSON": [],
    "Tensors": ["NumericFormats"],
    "ModelFormat": ["Tensors", "SwiftProtobuf", "FoundationEssentials"],
    "Spec": ["ModelFormat", "Tensors", "CanonicalJSON"],

    "Oracle": [
      "Spec", "ModelFormat", "Tensors", "NumericFormats", "ExtendedArithmetic", "CZlib",
    ],
    "Cases": ["Spec", "ModelFormat", "Tensors", "CanonicalJSON", "CLibCrypto", "CLibYAML"],
    "Verification": ["Spec", "Tensors", "NumericFormats", "CanonicalJSON"],
    "GoldenStore": [
      "Cases", "Oracle", "Verification", "Spec", "ModelFormat", "Tensors", "NumericFormats",
      "CanonicalJSON",
    ],

    "BackendHost": [
      "BackendABI", "CSystem", "ModelFormat", "Tensors", "CanonicalJSON", "SwiftProtobuf",
      "FoundationEssentials",
    ],
    // The oracle judges foreign suites, which bring no goldens of ours.
    "Runner": [
      "Cases", "Verification", "BackendHost", "GoldenStore", "Oracle", "Spec", "ModelFormat",
      "Tensors", "NumericFormats", "CanonicalJSON",
    ],
    "Probing": [
      "Runner", "BackendHost", "Verification", "Spec", "ModelFormat", "Tensors", "NumericFormats",
    ],
    "Reports": ["Verification", "Tensors", "CanonicalJSON", "CLibCrypto", "CLibXML2"],
    // Proofs know libraries of variants by the standard interface alone.
    "Proof": [
      "Runner", "Reports", "BackendHost", "GoldenStore", "Cases", "Verification", "Spec",
      "ModelFormat", "Tensors", "NumericFormats", "CanonicalJSON",
    ],
    "CPUBackend": [
      "BackendABI", "CPUKernels", "ModelFormat", "Tensors", "NumericFormats", "CanonicalJSON",
      "CPNG", "CZlib",
    ],
    "CPUBackendLibrary": ["BackendABI", "CPUBackend"],

    "Variants": ["CPUBackend", "ModelFormat", "Tensors", "CanonicalJSON"],
    "Saboteur": [
      "Variants", "CPUBackend", "Spec", "ModelFormat", "Tensors", "NumericFormats", "CanonicalJSON",
    ],
    "Witnesses": [
      "Variants", "CPUBackend", "CPUKernels", "ModelFormat", "Tensors", "NumericFormats",
    ],
    "SaboteurLibrary": ["BackendABI", "CPUBackend", "Variants", "Saboteur"],
    "WitnessLibrary": ["BackendABI", "CPUBackend", "Variants", "Witnesses"],

    "assay": [
      "Proof", "Runner", "Probing", "Reports", "BackendHost", "GoldenStore", "Oracle", "Cases",
      "Verification", "Spec", "ModelFormat", "Tensors", "NumericFormats", "CanonicalJSON",
      "ArgumentParser",
    ],
    "assay-worker": ["BackendHost"],
    "assay-dev": ["GoldenStore", "Cases", "Spec", "ArgumentParser"],
    "kernel-bench": ["CPUKernels", "CPUBackend"],
  ]

  /// What a module must not reach by any path of imports, whatever the table says.
  static let unreachable: [String: Set<String>] = [
    // The judge never asks the oracle: goldens come to it as values.
    "Verification": ["Oracle", "Cases", "GoldenStore", "BackendHost"],
    // Reports consume records.
    "Reports": ["Oracle", "Cases", "GoldenStore", "BackendHost", "Runner", "Probing"],
    // Two implementations that share arithmetic cannot find each other's bugs.
    "CPUBackend": ["Spec", "Oracle", "Cases", "Verification", "ExtendedArithmetic"],
    "Variants": ["Oracle", "Cases", "Verification", "GoldenStore"],
    "Saboteur": ["Oracle", "Cases", "Verification", "GoldenStore"],
    "Witnesses": ["Oracle", "Cases", "Verification", "GoldenStore", "ExtendedArithmetic"],
    "Oracle": ["CPUBackend", "CPUKernels", "BackendABI"],
    "Proof": ["CPUBackend", "CPUKernels", "Variants", "Saboteur", "Witnesses"],
    // A worker runs foreign code: it knows no goldens.
    "BackendHost": ["Spec", "Oracle", "Cases", "Verification", "GoldenStore"],
    "assay-worker": ["Spec", "Oracle", "Cases", "Verification", "GoldenStore"],
  ]

  /// The module a line imports, nil for every other line.
  static func importedModule(_ line: some StringProtocol) -> String? {
    var words = line.split(separator: " ").map { String($0) }[...]
    let prefixes: Set<String> = [
      "package", "public", "internal", "private", "fileprivate", "@testable", "@preconcurrency",
      "@_exported", "@_implementationOnly",
    ]
    while let first = words.first, prefixes.contains(first) { words.removeFirst() }
    guard words.first == "import", words.count >= 2 else { return nil }
    words.removeFirst()
    let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "var", "let"]
    if words.count >= 2, let kind = words.first, kinds.contains(kind) { words.removeFirst() }
    return words.first.map { String($0.prefix { $0 != "." && $0 != ";" }) }
  }

  /// One text per import that the module may not have.
  static func violations(module: String, path: String, lines: [some StringProtocol]) -> [String] {
    guard let allowed = allowed[module] else {
      return ["\(path): module \(module) is not in the table of ImportRules.swift"]
    }
    // The protobuf compiler's plug-in falls back on Foundation where there is no smaller one.
    let extra: Set<String> = path.hasSuffix(".pb.swift") ? ["Foundation"] : []
    let legal = allowed.union(system).union(extra)
    return lines.enumerated().compactMap { position, line in
      guard let imported = importedModule(line), !legal.contains(imported) else { return nil }
      return "\(path):\(position + 1): \(module) may not import \(imported)"
    }
  }

  /// Everything a module comes to over any number of arrows of the table, itself left out.
  static func reachable(from module: String, table: [String: Set<String>] = allowed) -> Set<String>
  {
    var found: Set<String> = []
    var open = Array(table[module] ?? [])
    while let next = open.popLast() {
      if found.insert(next).inserted { open += table[next] ?? [] }
    }
    return found
  }

  /// One text per arrow that closes a circle or leads where it must not.
  static func tableViolations(_ table: [String: Set<String>]) -> [String] {
    table.keys.sorted().flatMap { module in
      let found = reachable(from: module, table: table)
      let circle = found.contains(module) ? ["\(module) depends on itself"] : []
      let forbidden = found.intersection(unreachable[module] ?? []).sorted()
      return circle + forbidden.map { "\(module) comes to \($0)" }
    }
  }
}

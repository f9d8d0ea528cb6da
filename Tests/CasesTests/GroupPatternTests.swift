import Cases
import Tensors
import Testing

/// Groups shared by case files.
struct GroupPatternTests {
  private static let pattern = """
    pattern: twice
    parameters:
      covers: required
      fill: {normal, sigma: 2}
      other: $fill
    groups:
      - name: one
        intent: anything of $$kind
        covers: $covers
        for: {T: [f32, f16], length: [3, 4]}
        inputs: [{shape: [$length], fill: $fill}, {shape: [$length], fill: $other}]
      - name: two
        intent: anything else
        covers: $covers
        for: {T: [f32]}
        inputs: [{shape: [2], fill: $fill}, {shape: [2], fill: $fill}]
    """

  private static func file(_ use: String) -> String {
    """
    operator: Add
    versions: [14]
    accuracy: {class: rounded}
    constraints:
      C1: it works
    groups:
      - \(use)
    """
  }

  private static func catalogue(_ use: String, pattern: String = pattern) throws -> CaseCatalogue {
    try CaseCatalogue(
      texts: [("Add.yaml", file(use))], patterns: [("twice.yaml", pattern)],
      standard: Repository.standard())
  }

  private static func message(_ use: String, pattern: String = pattern) throws -> String? {
    do {
      _ = try catalogue(use, pattern: pattern)
      return nil
    } catch let error as CaseFileError {
      return "\(error)"
    }
  }

  private static func ids(_ use: String) throws -> [String] {
    try catalogue(use).entries.map { "\($0.id)" }.filter { !$0.contains("+") }
  }

  @Test("The groups of a pattern are the groups that the file could have written itself")
  func sameCases() throws {
    let own = """
      operator: Add
      versions: [14]
      accuracy: {class: rounded}
      constraints:
        C1: it works
      groups:
        - name: one
          intent: anything of $$kind
          covers: [C1]
          for: {T: [f32, f16], length: [3, 4]}
          inputs: [{shape: [$length], fill: ones}, {shape: [$length], fill: linear}]
      """
    let written = try CaseCatalogue(texts: [("Add.yaml", own)], standard: Repository.standard())
    let shared = try Self.catalogue(
      "{pattern: twice, with: {covers: [C1], fill: ones, other: linear}, without: [two]}")
    #expect(shared.entries.map(\.id) == written.entries.map(\.id))
    #expect(!shared.entries.isEmpty)
    for (a, b) in zip(shared.entries, written.entries) {
      #expect(
        try shared.materialise(a).inputs.map(\.value) == written.materialise(b).inputs.map(\.value))
    }
  }

  @Test("A default may name a parameter above it, and the file's value replaces it")
  func defaults() throws {
    func inputs(_ with: String) throws -> [[Value]] {
      let catalogue = try Self.catalogue("{pattern: twice, with: \(with)}")
      return try catalogue.entries.map { try catalogue.materialise($0).inputs.map(\.value) }
    }
    #expect(
      try inputs("{covers: [C1], fill: linear}")
        == inputs("{covers: [C1], fill: linear, other: linear}"))
    #expect(
      try inputs("{covers: [C1], fill: linear}")
        != inputs("{covers: [C1], fill: linear, other: ones}"))
  }

  @Test("A group can be left out, or changed key by key")
  func changes() throws {
    let all = try Self.ids("{pattern: twice, with: {covers: [C1]}}")
    #expect(all.count == 5)
    #expect(
      try Self.ids("{pattern: twice, with: {covers: [C1]}, without: [one]}")
        == all.filter { $0.contains("/two#") })
    #expect(
      try Self.ids(
        "{pattern: twice, with: {covers: [C1]}, adjust: {two: {for: {T: [f32, f64]}}}}"
      ).count == 6)
  }

  @Test("A group for no versions is left out")
  func noVersions() throws {
    #expect(
      try Self.ids("{pattern: twice, with: {covers: [C1]}, adjust: {one: {versions: []}}}")
        == Self.ids("{pattern: twice, with: {covers: [C1]}, without: [one]}"))
    #expect(
      try Self.ids("{pattern: twice, with: {covers: [C1]}, adjust: {one: {versions: [14]}}}")
        == Self.ids("{pattern: twice, with: {covers: [C1]}}"))
  }

  @Test(
    "Slips are named with the file, the line and what to do",
    arguments: [
      (
        "{pattern: twise, with: {covers: [C1]}}",
        #"Add.yaml:7: unknown pattern "twise"; did you mean "twice"?"#
      ),
      (
        "{pattern: twice, with: {fill: ones}}",
        "Add.yaml:7: the pattern twice needs a value for covers; write with: {covers: …}"
      ),
      (
        "{pattern: twice, with: {covers: [C1], fil: ones}}",
        #"Add.yaml:7: unknown key "fil"; did you mean "fill"?"#
      ),
      (
        "{pattern: twice, with: {covers: [C1]}, without: [twoo]}",
        #"Add.yaml:7: unknown group of pattern twice "twoo"; did you mean "two"?"#
      ),
      (
        "{pattern: twice, with: {covers: [C1]}, adjust: {six: {}}}",
        #"Add.yaml:7: unknown group of pattern twice "six"; known: one, two"#
      ),
      (
        "{pattern: twice, with: {covers: [C1]}, adjust: {two: {name: three}}}",
        "Add.yaml:7: the name of a pattern's group stays as it is"
      ),
      (
        "{pattern: twice, name: two}",
        #"Add.yaml:7: unknown key "name"; known: adjust, pattern, with, without"#
      ),
      (
        "{pattern: twice, with: {covers: [C7]}}",
        #"twice.yaml:9: group "one": unknown constraint "C7", as Add.yaml:7 uses it"#
          + #"; did you mean "C1"?"#
      ),
    ])
  func slips(_ use: String, _ message: String) throws {
    #expect(try Self.message(use) == message)
  }

  @Test("A pattern of another name, or without groups, is an error of its file")
  func torn() throws {
    let renamed = Self.pattern.replacing("pattern: twice", with: "pattern: thrice")
    #expect(
      try Self.message("{pattern: thrice}", pattern: renamed)
        == "twice.yaml:1: the file of pattern thrice has another name; call it thrice.yaml")
    #expect(
      try Self.message("{pattern: twice}", pattern: "pattern: twice\n")
        == "twice.yaml:1: a pattern needs the keys pattern and groups")
  }

  @Test("A parameter that would take the place of a group's variable is an error of the pattern")
  func shadowing() throws {
    for name in ["T", "length"] {
      let shadowed = Self.pattern.replacing("other: $fill", with: "\(name): 7")
      #expect(
        try Self.message("{pattern: twice, with: {covers: [C1]}}", pattern: shadowed)
          == "twice.yaml:10: \(name) is a parameter and a variable of a group; "
          + "give one of them another name")
    }
    let apart = Self.pattern.replacing("other: $fill", with: "other: $fill\n  size: 7")
    #expect(try Self.message("{pattern: twice, with: {covers: [C1]}}", pattern: apart) == nil)
  }
}

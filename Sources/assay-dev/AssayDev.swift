import ArgumentParser

/// The maintainer's tool: makes goldens and manifest, and says what a change of cases means.
@main
struct AssayDev: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assay-dev",
    abstract: "Maintains the suite: goldens, manifest, checks of case files.",
    subcommands: [Regenerate.self, CheckCases.self])
}

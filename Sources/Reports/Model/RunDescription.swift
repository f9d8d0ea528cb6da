/// Everything a report says about a run besides its records.
package struct RunDescription: Hashable, Sendable {
  /// The version of the program, e.g. `0.1`.
  package var toolVersion: String
  /// The name of the suite of cases, e.g. `Assay`.
  package var suiteName: String
  /// The version of the suite of cases, e.g. `2026.1`.
  package var suiteVersion: String
  /// `smoke`, `ci` or `full`.
  package var tier: String
  /// The profile that makes cases mandatory, e.g. `core`.
  package var profile: String
  /// `ci` or `certify`.
  package var policy: String
  package var backend: BackendIdentity
  /// The name of the numeric mode the backend declares.
  package var numericMode: String
  /// The determinism class the backend declares, e.g. `D1`.
  package var determinism: String
  /// The command line as it was typed.
  package var commandLine: String
  /// UTC, `YYYY-MM-DDThh:mm:ssZ`.
  package var started: String
  /// What follows `assay reproduce '<case>'`, e.g. `--backend ./libvendor.so`.
  package var reproduceArguments: String
  /// The file the reports can be regenerated from.
  package var eventLog: String
  /// Whether the run was stopped before its last case.
  package var wasInterrupted: Bool
  /// Further facts about the machine, in the order in which they are shown.
  package var environment: [NamedText]

  package init(
    toolVersion: String, suiteName: String = "Assay", suiteVersion: String, tier: String,
    profile: String, policy: String = "ci", backend: BackendIdentity, numericMode: String,
    determinism: String = "D0", commandLine: String = "", started: String,
    reproduceArguments: String = "", eventLog: String = "events.jsonl",
    wasInterrupted: Bool = false, environment: [NamedText] = []
  ) {
    self.toolVersion = toolVersion
    self.suiteName = suiteName
    self.suiteVersion = suiteVersion
    self.tier = tier
    self.profile = profile
    self.policy = policy
    self.backend = backend
    self.numericMode = numericMode
    self.determinism = determinism
    self.commandLine = commandLine
    self.started = started
    self.reproduceArguments = reproduceArguments
    self.eventLog = eventLog
    self.wasInterrupted = wasInterrupted
    self.environment = environment
  }
}

/// Who was judged, in the backend's own words: foreign text, never trusted to be printable.
package struct BackendIdentity: Hashable, Sendable {
  package var vendor: String
  package var product: String
  package var version: String
  package var device: String
  /// Driver, firmware, …: whatever else the backend says of itself.
  package var details: [NamedText]

  package init(
    vendor: String, product: String, version: String, device: String, details: [NamedText] = []
  ) {
    self.vendor = vendor
    self.product = product
    self.version = version
    self.device = device
    self.details = details
  }

  /// Vendor, product and version in one line, without repeated or empty parts.
  package var title: String {
    let name = product.hasPrefix(vendor) ? [product, version] : [vendor, product, version]
    return name.filter { !$0.isEmpty }.joined(separator: " ")
  }
}

/// A fact with its name.
package struct NamedText: Hashable, Sendable {
  package var name: String
  package var text: String

  package init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }
}

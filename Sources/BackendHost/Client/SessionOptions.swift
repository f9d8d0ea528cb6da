/// How a worker is started and what it is allowed.
package struct SessionOptions: Hashable, Sendable {
  /// Options for the backend, a JSON object; empty: none.
  package var backendOptions: String
  package var limits: WorkerLimits
  /// From the start of the process to the answer to `Describe`.
  package var startLimit: Duration
  /// From the request to shut down to the end of the process.
  package var shutdownLimit: Duration
  /// Variables added to the few that a worker gets; they win.
  package var environment: [String: String]
  /// Whether the worker gets a network of its own, as far as the system permits; nil: libraries
  /// do, commands (which may reach a device through ssh) do not.
  package var isolatesNetwork: Bool?
  /// Where `assay-worker`, `assay` and the bundled backend lie; nil: beside this executable.
  package var toolDirectory: String?

  package init(
    backendOptions: String = "", limits: WorkerLimits = WorkerLimits(),
    startLimit: Duration = .seconds(60), shutdownLimit: Duration = .seconds(10),
    environment: [String: String] = [:], isolatesNetwork: Bool? = nil,
    toolDirectory: String? = nil
  ) {
    self.backendOptions = backendOptions
    self.limits = limits
    self.startLimit = startLimit
    self.shutdownLimit = shutdownLimit
    self.environment = environment
    self.isolatesNetwork = isolatesNetwork
    self.toolDirectory = toolDirectory
  }
}

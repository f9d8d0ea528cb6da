import ArgumentParser
import BackendHost
import Cases
import Glibc
import GoldenStore
import Runner
import Verification

/// Checks everything a run relies on.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check suite, goldens, worker and backend; exit 2 when something is wrong.")

  @OptionGroup var suite: SuiteOptions
  @OptionGroup var backend: BackendOptions

  mutating func run() throws {
    var hasDefect = false
    func check(_ name: String, _ body: () throws -> String) {
      do { Output.line("ok    \(name): \(try body())") } catch let stop as CommandStop {
        hasDefect = true
        Output.line("FAIL  \(name): \(stop.message)")
      } catch {
        hasDefect = true
        Output.line("FAIL  \(name): \(error)")
      }
    }
    let options = suite
    var loaded: Suite?
    check("suite") {
      let suite = try options.suite()
      loaded = suite
      return "\(suite.catalogue.entries.count) cases, version \(Suite.version), manifest agrees"
    }
    check("goldens") {
      guard let loaded else { throw CommandStop(.usage, "the suite does not load") }
      var seen: Set<String> = []
      for entry in loaded.catalogue.entries where entry.expectation != .mustReject {
        guard seen.insert(GoldenPath.relative(of: entry, in: loaded.catalogue)).inserted else {
          continue
        }
        _ = try loaded.goldens.golden(for: entry)
      }
      return "\(seen.count) files match their digests"
    }
    check("clock") {
      var resolution = timespec()
      guard clock_getres(CLOCK_MONOTONIC, &resolution) == 0 else {
        throw CommandStop(.usage, "no monotonic clock")
      }
      return "monotonic, \(resolution.tv_nsec) ns"
    }
    check("processors") { "\(sysconf(Int32(_SC_NPROCESSORS_ONLN))) online" }
    if backend.backend != nil || !backend.command.isEmpty {
      let backend = backend
      check("backend") {
        let description = try BackendDescription.ask(try backend.options())
        let mode = try description.mode
        return "\(description.identity.title) on \(description.identity.device), \(mode.name)"
      }
    }
    if hasDefect { throw CommandStop(.usage) }
  }
}

import BackendHost
import CanonicalJSON
import Reports
import Runner
import Spec
import Verification

/// What a backend says of itself before the first case.
struct BackendDescription {
  let json: JSON
  /// The worker that said so, which may go on with probes and cases; nil when it was ended.
  let started: SessionStart?

  /// Starts a worker, reads its description, and ends it unless it is to be kept.
  static func ask(
    _ options: RunOptions, keepsWorker: Bool = false
  ) throws -> BackendDescription {
    do throws(RunError) {
      let started = try SessionStart.start(options)
      if !keepsWorker { _ = started.session.close() }
      return BackendDescription(
        json: started.description, started: keepsWorker ? started : nil)
    } catch {
      throw CommandStop(.usage, "\(error)")
    }
  }

  var identity: BackendIdentity {
    let identity = json["identity"]
    func text(_ key: String) -> String { identity?[key]?.string ?? "" }
    let details = ["driver", "firmware", "configuration"].filter { !text($0).isEmpty }
    return BackendIdentity(
      vendor: text("vendor"), product: text("product"), version: text("version"),
      device: text("device"), details: details.map { NamedText($0, text($0)) })
  }

  var determinism: String { json["determinism"]?.string ?? "D0" }

  /// The declared numeric mode; an unknown name is an error, an absent one strict.
  var mode: NumericMode {
    get throws {
      guard let name = json["numericModes"]?.array?.first?["name"]?.string else { return .strict }
      guard let mode = NumericMode.named[name] else {
        throw CommandStop(
          .usage,
          "the backend declares the numeric mode \"\(name)\", which does not exist; "
            + "choose one with --mode")
      }
      return mode
    }
  }
}

package import BackendHost
package import CanonicalJSON

/// A worker that has introduced itself.
package struct SessionStart {
  package let session: WorkerSession
  package let description: JSON

  /// Starts a worker; a backend that is not ready is tried three times, as loading may be flaky.
  package static func start(_ options: RunOptions) throws(RunError) -> SessionStart {
    var reason = ""
    for _ in 0..<3 {
      let session: WorkerSession
      do throws(HostError) {
        session = try WorkerSession(options.backend, options: options.session)
      } catch {
        throw .host(error)
      }
      switch session.start() {
      case .ready(let text):
        guard let description = try? JSON(parsing: text) else {
          _ = session.close()
          throw .backendDoesNotStart(
            backend: "\(options.backend)", reason: "its description is not JSON")
        }
        return SessionStart(session: session, description: description)
      case .refused(let refusal):
        _ = session.close()
        throw .backendDoesNotStart(backend: "\(options.backend)", reason: refusal.message)
      case .ended(let end):
        if case .gaveUp(let refusal) = end.cause {
          throw .backendDoesNotStart(backend: "\(options.backend)", reason: refusal.message)
        }
        var text = String(decoding: end.exit.standardError.suffix(400), as: UTF8.self)[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        reason = WorkerEndings.judgement(of: end).message + (text.isEmpty ? "" : "\n" + text)
      }
    }
    throw .backendDoesNotStart(backend: "\(options.backend)", reason: reason)
  }
}

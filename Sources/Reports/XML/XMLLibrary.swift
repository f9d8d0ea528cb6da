import CLibXML2

/// Process-wide state of libxml2.
enum XMLLibrary {
  private static let isStarted: Bool = {
    xmlInitParser()
    return true
  }()

  /// Initialises the library once, before the first use on any thread.
  static func start() { _ = isStarted }
}

/// Collects the structured errors of one parser or validator instead of printing them.
final class XMLErrorLog {
  private(set) var first: (line: Int, reason: String)?

  /// The callback the library is given together with ``context``.
  static let callback: xmlStructuredErrorFunc = { context, error in
    guard let context, let error = error?.pointee else { return }
    let log = Unmanaged<XMLErrorLog>.fromOpaque(context).takeUnretainedValue()
    let reason = error.message.map { String(cString: $0) } ?? "error \(error.code)"
    if log.first == nil { log.first = (Int(error.line), ForeignText.oneLine(reason)) }
  }

  /// Unretained: the log must outlive the parser that gets it.
  var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }
}

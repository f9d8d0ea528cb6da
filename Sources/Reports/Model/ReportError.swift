/// Why a report could not be written; ours, never a finding about a backend.
package enum ReportError: Error, Hashable, Sendable {
  /// Two records carry the same case id, so no counter could be right.
  case duplicateCase(String)
  /// The start time is not of the form `YYYY-MM-DDThh:mm:ssZ`.
  case invalidTimestamp(String)
  /// A call of the XML library failed.
  case xml(String)
  /// The file read back is not the well-formed XML that was meant to be written.
  case notWellFormed(line: Int, reason: String)
  /// The file read back does not fit the schema of the dialect.
  case schema(line: Int, reason: String)
  /// The counters of the file read back are not those of the records.
  case recount(String)
  /// A system call on a file failed.
  case file(path: String, operation: String, code: Int32)
  /// The path exists and is a directory, a device or a pipe.
  case notARegularFile(String)
  /// libcrypto offers no SHA-256, which the page's security policy needs.
  case digest
  /// A stored summary does not have the form its schema and version promise.
  case malformed(String)
}

extension ReportError: CustomStringConvertible {
  /// What failed, where, and what to do about it.
  package var description: String {
    switch self {
    case .duplicateCase(let id):
      "two records for case \(id); fold repeated executions before reporting"
    case .invalidTimestamp(let text):
      "start time \"\(text)\" is not of the form YYYY-MM-DDThh:mm:ssZ; give it in UTC"
    case .xml(let call):
      "libxml2: \(call) failed; no file was written"
    case .notWellFormed(let line, let reason):
      "the XML written is not well-formed, line \(line): \(reason); no file was left"
    case .schema(let line, let reason):
      "the XML written does not fit its schema, line \(line): \(reason); no file was left"
    case .recount(let reason):
      "the counters of the file are not those of the records: \(reason); no file was left"
    case .file(let path, let operation, let code):
      "\(path): cannot \(operation): \(SystemText.error(code)); check space and permissions"
    case .notARegularFile(let path):
      "\(path) is not a regular file; name a file in a writable directory"
    case .digest:
      "libcrypto offers no SHA-256; check the OpenSSL configuration"
    case .malformed(let reason):
      "the summary cannot be read: \(reason); regenerate it from the event log"
    }
  }
}

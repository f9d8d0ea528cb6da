/// Why a golden cannot be had.
package enum GoldenError: Error, Hashable, Sendable, CustomStringConvertible {
  case unreadable(file: String, reason: String)
  case malformed(file: String, reason: String)
  case digestDiffers(file: String)
  case missing(caseID: String, file: String)
  case notEvaluated(caseID: String, reason: String)
  case unwritable(file: String, reason: String)

  package var description: String {
    switch self {
    case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
    case .malformed(let file, let reason): "\(file): \(reason); run scripts/regenerate"
    case .digestDiffers(let file):
      "\(file): its SHA-256 differs from the manifest; restore the file or run scripts/regenerate"
    case .missing(let caseID, let file):
      "\(file): holds no golden of \(caseID); run scripts/regenerate"
    case .notEvaluated(let caseID, let reason): "\(caseID): \(reason)"
    case .unwritable(let file, let reason): "\(file): cannot be written: \(reason)"
    }
  }
}

import Cases
import Spec

/// The files that digests are made of.
enum SourceFiles {
  /// The paths under a folder, in order; a name without a dot is a folder.
  static func paths(under folder: String) throws(ProofError) -> [String] {
    var paths: [String] = []
    for name in try names(in: folder) {
      let path = "\(folder)/\(name)"
      if name.contains(".") { paths.append(path) } else { paths += try self.paths(under: path) }
    }
    return paths
  }

  static func bytes(of path: String) throws(ProofError) -> [UInt8] {
    do throws(FileFault) { return try FileContents.bytes(at: path) } catch {
      throw .code(path: error.path, reason: error.reason)
    }
  }

  /// SHA-256 (hex) of one file.
  static func digest(of path: String) throws(ProofError) -> String {
    SHA256.hexadecimal(SHA256.digest(of: try bytes(of: path)))
  }

  private static func names(in folder: String) throws(ProofError) -> [String] {
    do throws(FileFault) { return try FileContents.names(in: folder) } catch {
      throw .code(path: error.path, reason: error.reason)
    }
  }
}

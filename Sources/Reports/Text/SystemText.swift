import Glibc

/// Texts that belong to the operating system and the shell.
package enum SystemText {
  /// The system's words for an error number.
  package static func error(_ code: Int32) -> String {
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text)
  }

  /// One shell word, whatever it contains.
  package static func shellQuoted(_ text: String) -> String {
    var quoted = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" { quoted += "'\\''" } else { quoted.unicodeScalars.append(scalar) }
    }
    return quoted + "'"
  }
}

extension String {
  /// The text as it can be printed anywhere: one line, no control characters, not endless.
  ///
  /// Foreign messages may hold terminal sequences; their control characters become U+FFFD, line
  /// ends and tabs become spaces.
  func printable(limit: Int) -> String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars.prefix(limit) {
      switch scalar.properties.generalCategory {
      case .control where "\n\r\t".unicodeScalars.contains(scalar): text.append(" ")
      case .control, .format, .lineSeparator, .paragraphSeparator: text.append("\u{fffd}")
      default: text.append(scalar)
      }
    }
    return String(text)
  }
}

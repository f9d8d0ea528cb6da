/// Builds HTML in which only names known at compile time become tags or attributes.
///
/// All text and every attribute value is cleaned and escaped on its way in, so that foreign text
/// cannot become markup.
package struct HTMLMarkup {
  package init() {}

  /// Names are constants of the program, values any text.
  package typealias Attributes = KeyValuePairs<StaticString, String>

  /// What was built so far.
  package private(set) var text = ""

  /// Bytes written so far, for size budgets.
  var size: Int { text.utf8.count }

  /// An element with the content the closure writes.
  package mutating func element(
    _ name: StaticString, _ attributes: Attributes = [:],
    content: (inout HTMLMarkup) -> Void
  ) {
    open(name, attributes)
    content(&self)
    close(name)
  }

  /// An element that holds a text.
  package mutating func element(_ name: StaticString, _ content: String) {
    element(name, [:], content)
  }

  /// An element with attributes that holds a text.
  package mutating func element(_ name: StaticString, _ attributes: Attributes, _ content: String) {
    open(name, attributes)
    escaped(content)
    close(name)
  }

  /// An element without content and end tag.
  package mutating func void(_ name: StaticString, _ attributes: Attributes = [:]) {
    open(name, attributes)
  }

  /// Character content.
  package mutating func escaped(_ content: String) {
    text += Self.escape(content)
  }

  /// Appends markup that was built by another builder.
  package mutating func append(_ other: HTMLMarkup) { text += other.text }

  /// A constant of this program as it stands: style sheet, script, document type.
  package mutating func constant(_ content: String) { text += content }

  /// Breaks the line, between elements where white space means nothing.
  package mutating func newline() { text += "\n" }

  private mutating func open(_ name: StaticString, _ attributes: Attributes) {
    text += "<\(name)"
    for (key, value) in attributes { text += " \(key)=\"\(Self.escape(value))\"" }
    text += ">"
  }

  private mutating func close(_ name: StaticString) { text += "</\(name)>" }

  /// Text in which no character means markup, in content and in quoted attributes.
  static func escape(_ content: String) -> String {
    let cleaned = ForeignText.cleaned(content)
    guard cleaned.utf8.contains(where: isSpecial) else { return cleaned }
    var result = ""
    result.reserveCapacity(cleaned.utf8.count + 16)
    for scalar in cleaned.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
      || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }
}

extension HTMLMarkup {
  /// A labelled section with a heading that links can reach.
  package mutating func section(
    _ id: String, _ title: String, content: (inout HTMLMarkup) -> Void
  ) {
    newline()
    element("section", ["id": id, "aria-labelledby": "\(id)-title"]) {
      $0.element("h2", ["id": "\(id)-title"], title)
      $0.newline()
      content(&$0)
    }
  }

  /// A region that scrolls by itself, by pointer and by keyboard: sideways, and if `isTall` also
  /// downwards once it is longer than a screen.
  package mutating func scrolling(
    _ label: String, isTall: Bool = false, content: (inout HTMLMarkup) -> Void
  ) {
    element(
      "div",
      [
        "class": isTall ? "scroll tall" : "scroll", "role": "region", "aria-label": label,
        "tabindex": "0",
      ], content: content)
    newline()
  }

  /// A row of column headers; columns after the first hold numbers.
  package mutating func columnHeaders(_ titles: [String]) {
    element("thead") {
      $0.element("tr") { row in
        for title in titles { row.element("th", ["scope": "col"], title) }
      }
    }
  }

  /// Names with their texts.
  package mutating func definitions(_ pairs: [NamedText]) {
    element("dl", ["class": "facts"]) { list in
      for pair in pairs where !pair.text.isEmpty {
        list.element("div") {
          $0.element("dt", pair.name)
          $0.element("dd", ForeignText.truncated(pair.text, bytes: 2048))
        }
      }
    }
    newline()
  }
}

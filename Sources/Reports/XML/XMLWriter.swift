import CLibXML2

/// A well-formed document through libxml2's text writer; every return value is checked.
///
/// Text must be sanitised before it arrives here: the library writes control characters raw and
/// reports success.
struct XMLWriter: ~Copyable {
  private let buffer: xmlBufferPtr
  private let writer: xmlTextWriterPtr

  /// Allocates an empty document.
  init() throws(ReportError) {
    XMLLibrary.start()
    guard let buffer = xmlBufferCreate() else { throw .xml("xmlBufferCreate") }
    guard let writer = xmlNewTextWriterMemory(buffer, 0) else {
      xmlBufferFree(buffer)
      throw .xml("xmlNewTextWriterMemory")
    }
    self.buffer = buffer
    self.writer = writer
  }

  deinit {
    xmlFreeTextWriter(writer)
    xmlBufferFree(buffer)
  }

  /// Begins the document: UTF-8, indented by one space per level.
  func begin() throws(ReportError) {
    try Self.check(xmlTextWriterSetIndent(writer, 1), "xmlTextWriterSetIndent")
    try Self.check(
      " ".withXMLCharacters { xmlTextWriterSetIndentString(writer, $0) },
      "xmlTextWriterSetIndentString")
    try Self.check(
      xmlTextWriterStartDocument(writer, "1.0", "UTF-8", nil), "xmlTextWriterStartDocument")
  }

  /// Opens an element with attributes in the given order.
  func start(
    _ name: String, _ attributes: [(name: String, value: String)] = []
  ) throws(ReportError) {
    try Self.check(
      name.withXMLCharacters { xmlTextWriterStartElement(writer, $0) },
      "xmlTextWriterStartElement")
    for attribute in attributes {
      let result = attribute.name.withXMLCharacters { name in
        attribute.value.withXMLCharacters { xmlTextWriterWriteAttribute(writer, name, $0) }
      }
      try Self.check(result, "xmlTextWriterWriteAttribute")
    }
  }

  /// Closes the innermost open element.
  func end() throws(ReportError) {
    try Self.check(xmlTextWriterEndElement(writer), "xmlTextWriterEndElement")
  }

  /// An element without content.
  func element(
    _ name: String, _ attributes: [(name: String, value: String)] = []
  ) throws(ReportError) {
    try start(name, attributes)
    try end()
  }

  /// Character content; the library escapes markup.
  func text(_ text: String) throws(ReportError) {
    try Self.check(
      text.withXMLCharacters { xmlTextWriterWriteString(writer, $0) }, "xmlTextWriterWriteString")
  }

  /// Ends the document and returns its bytes.
  consuming func finish() throws(ReportError) -> [UInt8] {
    try Self.check(xmlTextWriterEndDocument(writer), "xmlTextWriterEndDocument")
    try Self.check(xmlTextWriterFlush(writer), "xmlTextWriterFlush")
    guard let content = xmlBufferContent(buffer) else { throw .xml("xmlBufferContent") }
    return Array(UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(buffer))))
  }

  private static func check(_ result: Int32, _ call: String) throws(ReportError) {
    guard result >= 0 else { throw .xml(call) }
  }
}

extension String {
  /// The UTF-8 bytes as the library's characters, ended by NUL.
  func withXMLCharacters<Result>(_ body: (UnsafePointer<xmlChar>) -> Result) -> Result {
    withCString { start in
      start.withMemoryRebound(to: xmlChar.self, capacity: utf8.count + 1) { body($0) }
    }
  }
}

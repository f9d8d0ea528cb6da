import CLibXML2

/// Reads elements one by one, without network, external entities or the library's huge mode.
struct XMLPullReader: ~Copyable {
  private let reader: xmlTextReaderPtr
  private let log = XMLErrorLog()

  /// Reads the XML that `descriptor` yields from its position on.
  init(descriptor: Int32) throws(ReportError) {
    XMLLibrary.start()
    let options = Int32(XML_PARSE_NONET.rawValue)
    guard let reader = xmlReaderForFd(descriptor, nil, nil, options) else {
      throw .xml("xmlReaderForFd")
    }
    self.reader = reader
    xmlTextReaderSetStructuredErrorHandler(reader, XMLErrorLog.callback, log.context)
  }

  deinit { xmlFreeTextReader(reader) }

  /// Advances to the next start tag and returns its name and depth; nil at the end.
  func nextElement() throws(ReportError) -> (name: String, depth: Int)? {
    while true {
      let result = xmlTextReaderRead(reader)
      if let finding = log.first {
        throw .notWellFormed(line: finding.line, reason: finding.reason)
      }
      guard result >= 0 else { throw .notWellFormed(line: 0, reason: "unreadable") }
      if result == 0 { return nil }
      guard xmlTextReaderNodeType(reader) == Int32(XML_READER_TYPE_ELEMENT.rawValue) else {
        continue
      }
      guard let name = xmlTextReaderConstLocalName(reader) else {
        throw .xml("xmlTextReaderConstLocalName")
      }
      return (String(cString: name), Int(xmlTextReaderDepth(reader)))
    }
  }

  /// An attribute of the current element; nil when it has none of that name.
  func attribute(_ name: String) throws(ReportError) -> String? {
    let result = name.withXMLCharacters { xmlTextReaderMoveToAttribute(reader, $0) }
    guard result >= 0 else { throw .xml("xmlTextReaderMoveToAttribute") }
    guard result == 1 else { return nil }
    let value = xmlTextReaderConstValue(reader).map { String(cString: $0) }
    guard xmlTextReaderMoveToElement(reader) >= 0 else { throw .xml("xmlTextReaderMoveToElement") }
    return value
  }
}

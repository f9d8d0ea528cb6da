import CLibXML2
import Glibc

/// Streaming validation of a file against an XML Schema.
enum XMLSchema {
  /// Validates the XML that can be read from `descriptor`; throws the first finding.
  static func validate(descriptor: Int32, schema text: String) throws(ReportError) {
    XMLLibrary.start()
    let log = XMLErrorLog()
    let schema = try parse(text, log)
    defer { xmlSchemaFree(schema) }
    guard let context = xmlSchemaNewValidCtxt(schema) else { throw .xml("xmlSchemaNewValidCtxt") }
    defer { xmlSchemaFreeValidCtxt(context) }
    xmlSchemaSetValidStructuredErrors(context, XMLErrorLog.callback, log.context)
    // The library closes the descriptor it is given; the copy shares the position.
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard let input = xmlParserInputBufferCreateFd(copy, XML_CHAR_ENCODING_NONE) else {
      if copy >= 0 { close(copy) }
      throw .xml("xmlParserInputBufferCreateFd")
    }
    // The call takes ownership of the input whatever it returns.
    let result = xmlSchemaValidateStream(context, input, XML_CHAR_ENCODING_NONE, nil, nil)
    let finding = withExtendedLifetime(log) { log.first }
    if let finding { throw .schema(line: finding.line, reason: finding.reason) }
    guard result == 0 else { throw .schema(line: 0, reason: "validation ended with \(result)") }
  }

  private static func parse(
    _ text: String, _ log: XMLErrorLog
  ) throws(ReportError) -> xmlSchemaPtr {
    var text = text
    let schema = text.withUTF8 { bytes -> xmlSchemaPtr? in
      let start = UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
      guard let parser = xmlSchemaNewMemParserCtxt(start, Int32(clamping: bytes.count)) else {
        return nil
      }
      defer { xmlSchemaFreeParserCtxt(parser) }
      xmlSchemaSetParserStructuredErrors(parser, XMLErrorLog.callback, log.context)
      return xmlSchemaParse(parser)
    }
    if let finding = withExtendedLifetime(log, { log.first }) {
      if let schema { xmlSchemaFree(schema) }
      throw .schema(line: finding.line, reason: "the schema itself: \(finding.reason)")
    }
    guard let schema else { throw .xml("xmlSchemaParse") }
    return schema
  }
}

extension JSON {
  /// Arrays and objects may nest this deep.
  package static let depthLimit = 200

  /// Reads one JSON document (RFC 8259), stricter where the RFC leaves a choice: keys are unique,
  /// UTF-8 is valid, and numbers fit 64-bit integers or binary64.
  ///
  /// A number without fraction and exponent is an integer; others are correctly rounded reals.
  package init(parsing bytes: [UInt8]) throws(JSONError) {
    self = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) -> JSON in
      var parser = JSONParser(buffer)
      return try parser.document()
    }
  }

  /// Reads one JSON document from a text.
  package init(parsing text: String) throws(JSONError) {
    try self.init(parsing: Array(text.utf8))
  }
}

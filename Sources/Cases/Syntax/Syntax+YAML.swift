extension Syntax {
  /// Parses one YAML document; anchors and aliases are resolved, tags are not interpreted, scalars
  /// stay texts: a value's type comes from where it is used.
  init(yaml: String) throws(SyntaxFault) {
    guard !yaml.isEmpty else { throw SyntaxFault(1, "the file is empty") }
    var text = yaml
    let parsed = text.withUTF8 { bytes -> Result<Syntax, SyntaxFault> in
      do throws(SyntaxFault) {
        return .success(try YAMLReader(bytes).document())
      } catch {
        return .failure(error)
      }
    }
    self = try parsed.get()
  }
}

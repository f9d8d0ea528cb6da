package import Oracle
package import Spec

extension Oracle {
  /// An oracle that takes the versions in force and their signatures from the schema table.
  package init(standard: Standard) {
    self.init(
      versions: VersionLookup(schema: { domain, name, opset in
        standard.schema(domain: domain, operator: name, opset: opset)
      }))
  }
}

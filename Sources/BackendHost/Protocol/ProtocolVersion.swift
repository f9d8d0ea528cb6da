/// The version of the worker protocol that this package speaks.
package enum ProtocolVersion {
  package static let current: UInt32 = 1
}

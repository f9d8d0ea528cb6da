/// An object of this library as the opaque pointer the caller keeps.
enum Handle<Object: AnyObject> {
  /// A pointer that owns the object until `release`.
  static func make(_ object: Object) -> OpaquePointer {
    OpaquePointer(Unmanaged.passRetained(object).toOpaque())
  }

  /// The object behind a pointer made here; nil for NULL.
  static func object(_ pointer: OpaquePointer?) -> Object? {
    pointer.map {
      Unmanaged<Object>.fromOpaque(UnsafeRawPointer($0)).takeUnretainedValue()
    }
  }

  /// Ends the ownership.
  static func release(_ pointer: OpaquePointer?) {
    guard let pointer else { return }
    Unmanaged<Object>.fromOpaque(UnsafeRawPointer(pointer)).release()
  }
}

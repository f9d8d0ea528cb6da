import CPUKernels
import Testing

/// What the kernel library offers on this machine.
enum KernelLibrary {
  /// Best first; the last one is the baseline that the others are compared with.
  static let tables: [ck_table] = {
    var count = 0
    let start = ck_all(&count)
    return UnsafeBufferPointer(start: start, count: count).map(\.pointee)
  }()

  static let baseline = tables[tables.count - 1]

  static let kernels: [ck_kernel] = {
    var count = 0
    let start = ck_kernels(&count)
    return Array(UnsafeBufferPointer(start: start, count: count))
  }()

  static let kernelNames = kernels.map { String(cString: $0.name) }

  static func kernel(named name: String) throws -> ck_kernel {
    try #require(kernels.first { String(cString: $0.name) == name })
  }
}

extension ck_table {
  var title: String { String(cString: name) }

  /// The function that the kernel's line in the list names.
  func function<Function>(of kernel: ck_kernel, as type: Function.Type) -> Function {
    withUnsafeBytes(of: self) { $0.load(fromByteOffset: kernel.offset, as: type) }
  }
}

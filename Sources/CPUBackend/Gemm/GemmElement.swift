package import CPUKernels

/// An element type with kernels for matrix products; their contracts are in `CPUKernels.h`.
package protocol GemmElement: BitwiseCopyable {
  /// Columns of a packed panel of the right operand.
  static func tileColumns(_ kernels: ck_table) -> Int

  /// The packing kernel for the left operand.
  static func packA(_ kernels: ck_table) -> GemmPacking<Self>

  /// The packing kernel for the right operand.
  static func packB(_ kernels: ck_table) -> GemmPacking<Self>

  /// The product of packed operands.
  static func macro(_ kernels: ck_table) -> GemmMacro<Self>

  /// The product of operands in place.
  static func direct(_ kernels: ck_table) -> GemmDirect<Self>

  /// The product of a row and a matrix in place.
  static func gemv(_ kernels: ck_table) -> GemmRow<Self>
}

/// (panels, x, stride, depthStride, count, depth)
package typealias GemmPacking<Element> = (
  UnsafeMutablePointer<Element>, UnsafePointer<Element>, Int, Int, Int, Int
) -> Void

/// (m, n, depth, a, b, c, cStride, accumulate)
package typealias GemmMacro<Element> = (
  Int, Int, Int, UnsafePointer<Element>, UnsafePointer<Element>, UnsafeMutablePointer<Element>,
  Int, Int32
) -> Void

/// (m, n, depth, a, aStride, aDepthStride, b, bDepthStride, c, cStride, accumulate)
package typealias GemmDirect<Element> = (
  Int, Int, Int, UnsafePointer<Element>, Int, Int, UnsafePointer<Element>, Int,
  UnsafeMutablePointer<Element>, Int, Int32
) -> Void

/// (n, depth, x, xStride, b, bDepthStride, y)
package typealias GemmRow<Element> = (
  Int, Int, UnsafePointer<Element>, Int, UnsafePointer<Element>, Int,
  UnsafeMutablePointer<Element>
) -> Void

extension Float: GemmElement {
  package static func tileColumns(_ kernels: ck_table) -> Int { kernels.tile_columns_f32 }
  package static func packA(_ kernels: ck_table) -> GemmPacking<Float> { kernels.gemm_pack_a_f32 }
  package static func packB(_ kernels: ck_table) -> GemmPacking<Float> { kernels.gemm_pack_b_f32 }
  package static func macro(_ kernels: ck_table) -> GemmMacro<Float> { kernels.gemm_macro_f32 }
  package static func direct(_ kernels: ck_table) -> GemmDirect<Float> { kernels.gemm_direct_f32 }
  package static func gemv(_ kernels: ck_table) -> GemmRow<Float> { kernels.gemv_f32 }
}

extension Double: GemmElement {
  package static func tileColumns(_ kernels: ck_table) -> Int { kernels.tile_columns_f64 }
  package static func packA(_ kernels: ck_table) -> GemmPacking<Double> { kernels.gemm_pack_a_f64 }
  package static func packB(_ kernels: ck_table) -> GemmPacking<Double> { kernels.gemm_pack_b_f64 }
  package static func macro(_ kernels: ck_table) -> GemmMacro<Double> { kernels.gemm_macro_f64 }
  package static func direct(_ kernels: ck_table) -> GemmDirect<Double> { kernels.gemm_direct_f64 }
  package static func gemv(_ kernels: ck_table) -> GemmRow<Double> { kernels.gemv_f64 }
}

import CPUKernels

/// Rows to call kernels with.
struct RowOperands {
  private let count: Int
  private let x: Buffer<Float>
  /// Values between 0.5 and 2.5.
  private let positive: Buffer<Float>
  private let words: Buffer<UInt16>
  private let floatResult: Buffer<Float>
  private let wordResult: Buffer<UInt16>

  init(count: Int) {
    self.count = count
    x = Buffer(count: count) { 20 * noise($0) }
    positive = Buffer(count: count) { 1.5 + noise($0) }
    words = Buffer(count: count) { UInt16(truncatingIfNeeded: $0 &* 40503) }
    floatResult = Buffer(count: count) { _ in Float(0) }
    wordResult = Buffer(count: count) { _ in UInt16(0) }
  }

  /// A call of one kernel, or nothing for one that does not work along a row.
  func call(_ kernel: ck_kernel, of table: ck_table) -> (() -> Void)? {
    func field<Function>(_ type: Function.Type) -> Function {
      withUnsafeBytes(of: table) { $0.load(fromByteOffset: kernel.offset, as: type) }
    }
    let (x, positive, y, count) = (x.start, positive.start, floatResult.start, count)
    let (words, wordResult) = (words.start, wordResult.start)
    switch kernel.signature {
    case .map_f32:
      let function = field(ck_map_f32.self)
      return { function(positive, y, count) }
    case .zip_f32:
      let function = field(ck_zip_f32.self)
      return { function(x, 1, positive, 1, y, count) }
    case .fold_f32:
      let function = field(ck_fold_f32.self)
      return { y[0] = function(x, count) }
    case .pair_fold_f32:
      let function = field(ck_pair_fold_f32.self)
      return { y[0] = function(x, positive, count) }
    case .expand_b16:
      let function = field(ck_expand_b16.self)
      return { function(words, y, count) }
    case .round_b16:
      let function = field(ck_round_b16.self)
      return { function(x, wordResult, count) }
    case .transpose_b16:
      let function = field(ck_transpose_b16.self)
      let side = 128
      return { function(side, count / side, words, count / side, wordResult, side) }
    case .pack_f32, .pack_f64, .macro_f32, .macro_f64, .direct_f32, .direct_f64, .direct_i16,
      .gemv_f32, .gemv_f64, .offset_u8, .offset_s8, .transpose_b8, .transpose_b32, .transpose_b64:
      return nil
    }
  }
}

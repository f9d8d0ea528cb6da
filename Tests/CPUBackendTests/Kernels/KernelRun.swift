import CPUKernels

/// What one call of a kernel left behind.
struct KernelOutcome: Equatable {
  /// The bits of the result; NaNs all alike unless the kernel's contract fixes theirs.
  var words: [UInt64]
  /// Whether everything around inputs and outputs is as it was.
  var guardsAreIntact: Bool
}

/// Calls any kernel of the list on operands that depend on the size and the seed alone.
struct KernelRun {
  /// Elements of a row, or rows, columns and depth of a matrix.
  var size: Int
  /// Elements by which pointers are off a cache line.
  var misalignment: Int
  /// Whether floats include infinities, NaNs and the like.
  var special: Bool
  var seed: UInt64 = 20_240_607

  /// Nothing for kernels whose result depends on the table's tile; those have tests of their own.
  func outcome(of kernel: ck_kernel, on table: ck_table) -> KernelOutcome? {
    switch kernel.signature {
    case .pack_f32, .pack_f64, .macro_f32, .macro_f64: nil
    case .direct_f32: direct(table.function(of: kernel, as: ck_direct_f32.self))
    case .direct_f64: direct(table.function(of: kernel, as: ck_direct_f64.self))
    case .direct_i16: integerProduct(table.function(of: kernel, as: ck_direct_i16.self))
    case .gemv_f32: row(table.function(of: kernel, as: ck_gemv_f32.self))
    case .gemv_f64: row(table.function(of: kernel, as: ck_gemv_f64.self))
    case .map_f32: map(table.function(of: kernel, as: ck_map_f32.self))
    case .zip_f32: zip(table.function(of: kernel, as: ck_zip_f32.self))
    case .fold_f32: fold(table.function(of: kernel, as: ck_fold_f32.self))
    case .pair_fold_f32: pairFold(table.function(of: kernel, as: ck_pair_fold_f32.self))
    case .expand_b16: expand(table.function(of: kernel, as: ck_expand_b16.self))
    case .round_b16: round(table.function(of: kernel, as: ck_round_b16.self))
    case .offset_u8: offset(table.function(of: kernel, as: ck_offset_u8.self))
    case .offset_s8: offset(table.function(of: kernel, as: ck_offset_s8.self))
    case .transpose_b8: transpose(table.function(of: kernel, as: ck_transpose_b8.self))
    case .transpose_b16: transpose(table.function(of: kernel, as: ck_transpose_b16.self))
    case .transpose_b32: transpose(table.function(of: kernel, as: ck_transpose_b32.self))
    case .transpose_b64: transpose(table.function(of: kernel, as: ck_transpose_b64.self))
    }
  }

  private func floats(_ source: inout ValueSource, _ count: Int) -> GuardedBuffer<Float> {
    GuardedBuffer(
      special ? source.special(count) : source.finite(count), misalignment: misalignment)
  }

  private func map(_ function: ck_map_f32) -> KernelOutcome {
    var source = ValueSource(seed: seed)
    let x = floats(&source, size)
    let y = GuardedBuffer(count: size, filler: Float.nan, misalignment: misalignment + 1)
    function(x.start, y.start, size)
    return outcome(y.elements.map(canonical), x, y)
  }

  private func zip(_ function: ck_zip_f32) -> KernelOutcome {
    var source = ValueSource(seed: seed)
    let a = floats(&source, size)
    let b = floats(&source, size)
    var words: [UInt64] = []
    var intact = true
    for (aStep, bStep) in [(1, 1), (1, 0), (0, 1), (0, 0)] {
      let y = GuardedBuffer(count: size, filler: Float.nan, misalignment: misalignment + 2)
      function(a.start, aStep, b.start, bStep, y.start, size)
      words += y.elements.map(canonical)
      intact = intact && y.guardsAreIntact
    }
    var result = outcome(words, a, b)
    result.guardsAreIntact = result.guardsAreIntact && intact
    return result
  }

  private func fold(_ function: ck_fold_f32) -> KernelOutcome {
    var source = ValueSource(seed: seed)
    let x = floats(&source, size)
    return outcome([canonical(function(x.start, size))], x, x)
  }

  private func pairFold(_ function: ck_pair_fold_f32) -> KernelOutcome {
    var source = ValueSource(seed: seed)
    let x = floats(&source, size)
    let y = floats(&source, size)
    return outcome([canonical(function(x.start, y.start, size))], x, y)
  }

  private func expand(_ function: ck_expand_b16) -> KernelOutcome {
    var source = ValueSource(seed: seed)
    let x = GuardedBuffer<UInt16>(source.integers(size), misalignment: misalignment)
    let y = GuardedBuffer(count: size, filler: Float.nan, misalignment: misalignment)
    function(x.start, y.start, size)
    return outcome(y.elements.map { UInt64($0.bitPattern) }, x, y)
  }

  private func round(_ function: ck_round_b16) -> KernelOutcome {
    var source = ValueSource(seed: seed)
    let x = floats(&source, size)
    let y = GuardedBuffer(count: size, filler: UInt16.max, misalignment: misalignment)
    function(x.start, y.start, size)
    return outcome(y.elements.map { UInt64($0) }, x, y)
  }

  private func offset<Value: FixedWidthInteger & BitwiseCopyable>(
    _ function: (UnsafePointer<Value>, Int16, UnsafeMutablePointer<Int16>, Int) -> Void
  ) -> KernelOutcome {
    var source = ValueSource(seed: seed)
    let x = GuardedBuffer<Value>(source.integers(size), misalignment: misalignment)
    let y = GuardedBuffer(count: size, filler: Int16(-1), misalignment: misalignment)
    function(x.start, 77, y.start, size)
    return outcome(y.elements.map { UInt64(bitPattern: Int64($0)) }, x, y)
  }

  private func transpose<Value: FixedWidthInteger & BitwiseCopyable>(
    _ function: (Int, Int, UnsafePointer<Value>, Int, UnsafeMutablePointer<Value>, Int) -> Void
  ) -> KernelOutcome {
    var source = ValueSource(seed: seed)
    let columns = size / 2 + 1
    let x = GuardedBuffer<Value>(source.integers(size * columns), misalignment: misalignment)
    let y = GuardedBuffer(
      count: (size + 1) * columns, filler: Value.max, misalignment: misalignment)
    function(size, columns, x.start, columns, y.start, size + 1)
    return outcome(y.elements.map { UInt64(truncatingIfNeeded: $0) }, x, y)
  }

  /// Columns and depth differ from the rows, and the depth passes a block's end for larger sizes.
  private var shape: (m: Int, n: Int, depth: Int) { (size / 5 + 1, size, 3 * size + 1) }

  private func direct<Value: BinaryFloatingPoint & BitwiseCopyable>(
    _ function: (
      Int, Int, Int, UnsafePointer<Value>, Int, Int, UnsafePointer<Value>, Int,
      UnsafeMutablePointer<Value>, Int, Int32
    ) -> Void
  ) -> KernelOutcome {
    var source = ValueSource(seed: seed)
    let (m, n, depth) = shape
    let a = GuardedBuffer<Value>(source.finite(m * depth), misalignment: misalignment)
    let b = GuardedBuffer<Value>(source.finite(n * depth), misalignment: misalignment)
    let c = GuardedBuffer(count: m * (n + 3), filler: Value.nan, misalignment: misalignment)
    function(m, n, depth, a.start, 1, m, b.start, n, c.start, n + 3, 0)
    function(m, n, depth, a.start, depth, 1, b.start, n, c.start, n + 3, 1)
    var result = outcome(c.elements.map(canonical), a, b)
    result.guardsAreIntact = result.guardsAreIntact && c.guardsAreIntact
    return result
  }

  private func row<Value: BinaryFloatingPoint & BitwiseCopyable>(
    _ function: (
      Int, Int, UnsafePointer<Value>, Int, UnsafePointer<Value>, Int, UnsafeMutablePointer<Value>
    ) -> Void
  ) -> KernelOutcome {
    var source = ValueSource(seed: seed)
    let (_, n, depth) = shape
    let x = GuardedBuffer<Value>(source.finite(2 * depth), misalignment: misalignment)
    let b = GuardedBuffer<Value>(source.finite(n * depth), misalignment: misalignment)
    let y = GuardedBuffer(count: n, filler: Value.nan, misalignment: misalignment)
    function(n, depth, x.start, 2, b.start, n, y.start)
    return outcome(y.elements.map(canonical), b, y)
  }

  private func integerProduct(_ function: ck_direct_i16) -> KernelOutcome {
    var source = ValueSource(seed: seed)
    let (m, n, depth) = shape
    let a = GuardedBuffer<Int16>(source.integers(m * depth), misalignment: misalignment)
    let b = GuardedBuffer<Int16>(source.integers(n * depth), misalignment: misalignment)
    let c = GuardedBuffer(count: m * (n + 3), filler: Int32(-1), misalignment: misalignment)
    function(m, n, depth, a.start, depth, 1, b.start, n, c.start, n + 3)
    return outcome(c.elements.map { UInt64(bitPattern: Int64($0)) }, b, c)
  }

  private func outcome<First, Second>(
    _ words: [UInt64], _ first: GuardedBuffer<First>, _ second: GuardedBuffer<Second>
  ) -> KernelOutcome {
    KernelOutcome(
      words: words, guardsAreIntact: first.guardsAreIntact && second.guardsAreIntact)
  }
}

/// The value's bits, with one pattern for every NaN. A float is widened first, which is exact.
func canonical<Value: BinaryFloatingPoint>(_ value: Value) -> UInt64 {
  value.isNaN ? 0x7ff8_0000_0000_0000 : Double(value).bitPattern
}

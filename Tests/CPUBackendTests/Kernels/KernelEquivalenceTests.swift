import CPUKernels
import Testing

@Suite("Every kernel of every instruction set")
struct KernelEquivalenceTests {
  /// Around the sixteen lanes, some whole groups, and eight groups with a rest.
  static let sizes = [0, 1, 15, 16, 17, 48, 130]

  @Test(
    "A kernel gives the bits of the baseline kernel", arguments: KernelLibrary.kernelNames)
  func matchesBaseline(_ name: String) throws {
    let kernel = try KernelLibrary.kernel(named: name)
    for size in Self.sizes {
      for (misalignment, special) in [(0, false), (1, true), (3, false), (0, true)] {
        let run = KernelRun(size: size, misalignment: misalignment, special: special)
        let expected = run.outcome(of: kernel, on: KernelLibrary.baseline)
        #expect(expected?.guardsAreIntact ?? true, "\(name), size \(size)")
        for table in KernelLibrary.tables.dropLast() {
          #expect(
            run.outcome(of: kernel, on: table) == expected,
            "\(name) on \(table.title), size \(size), misalignment \(misalignment)")
        }
      }
    }
  }

  @Test("A different operand gives a different outcome, so that equality says something")
  func outcomesDiffer() throws {
    for name in KernelLibrary.kernelNames {
      let kernel = try KernelLibrary.kernel(named: name)
      let one = KernelRun(size: 48, misalignment: 0, special: false, seed: 1)
      let other = KernelRun(size: 48, misalignment: 0, special: false, seed: 2)
      guard let outcome = one.outcome(of: kernel, on: KernelLibrary.baseline) else { continue }
      #expect(outcome != other.outcome(of: kernel, on: KernelLibrary.baseline), "\(name)")
    }
  }

  @Test("A write beyond the end is noticed")
  func guardsNoticeWrites() {
    let buffer = GuardedBuffer(count: 3, filler: Float(0), misalignment: 1)
    #expect(buffer.guardsAreIntact)
    buffer.start[3] = 0
    #expect(!buffer.guardsAreIntact)
  }

  @Test("Functions of one operand work in place")
  func mapsInPlace() {
    var source = ValueSource(seed: 99)
    let x = source.special(53)
    for table in KernelLibrary.tables {
      for kernel in KernelLibrary.kernels where kernel.signature == .map_f32 {
        let function = table.function(of: kernel, as: ck_map_f32.self)
        let apart = GuardedBuffer(count: 53, filler: Float.nan)
        function(x, apart.start, 53)
        let together = GuardedBuffer(x)
        function(together.start, together.start, 53)
        #expect(together.elements.map(canonical) == apart.elements.map(canonical))
      }
    }
  }

  @Test(
    "Functions of two operands work in place of either",
    arguments: [(1, 1, true), (1, 1, false), (1, 0, true), (0, 1, false)])
  func zipsInPlace(_ aStep: Int, _ bStep: Int, _ overFirst: Bool) {
    var source = ValueSource(seed: 100)
    let a = source.special(53)
    let b = source.special(53)
    for table in KernelLibrary.tables {
      for kernel in KernelLibrary.kernels where kernel.signature == .zip_f32 {
        let function = table.function(of: kernel, as: ck_zip_f32.self)
        let apart = GuardedBuffer(count: 53, filler: Float.nan)
        function(a, aStep, b, bStep, apart.start, 53)
        let first = GuardedBuffer(a)
        let second = GuardedBuffer(b)
        let result = overFirst ? first : second
        function(first.start, aStep, second.start, bStep, result.start, 53)
        #expect(result.elements.map(canonical) == apart.elements.map(canonical))
      }
    }
  }
}

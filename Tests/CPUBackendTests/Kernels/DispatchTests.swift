import CPUKernels
import Testing

@Suite("Choice of the instruction set")
struct DispatchTests {
  @Test("Every available table can be chosen by name")
  func byName() {
    for table in KernelLibrary.tables {
      #expect(String(cString: ck_select(table.title).pointee.name) == table.title)
    }
  }

  @Test("Without a usable name the best table is chosen", arguments: [nil, "", "avx1024"])
  func fallback(_ name: String?) {
    let chosen = ck_select(name).pointee
    #expect(String(cString: chosen.name) == KernelLibrary.tables[0].title)
  }

  @Test("Each kernel has a name of its own and a function in every table")
  func list() {
    #expect(Set(KernelLibrary.kernelNames).count == KernelLibrary.kernels.count)
    #expect(!KernelLibrary.kernels.isEmpty)
    for table in KernelLibrary.tables {
      for kernel in KernelLibrary.kernels {
        let address = withUnsafeBytes(of: table) {
          $0.load(fromByteOffset: kernel.offset, as: UInt.self)
        }
        #expect(address != 0)
      }
    }
  }

  @Test("The peak probe reports the work it did")
  func peakProbe() {
    for table in KernelLibrary.tables {
      let one = table.fma_peak(1)
      #expect(one == Double(2 * table.tile_rows * table.tile_columns_f32))
      #expect(table.fma_peak(10) == 10 * one)
    }
  }
}

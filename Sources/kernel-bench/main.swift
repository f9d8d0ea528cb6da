// Measures the kernels on this machine: kernel-bench [gemm] [row] [elements], by default all three.
import CPUKernels
import Glibc

let known = ["gemm", "row", "elements"]
let chosen = Set(CommandLine.arguments.dropFirst())
guard chosen.isSubset(of: known) else {
  print("usage: kernel-bench [\(known.joined(separator: "] ["))]")
  exit(64)
}
var tableCount = 0
let tables = UnsafeBufferPointer(start: ck_all(&tableCount), count: tableCount).map(\.pointee)
if chosen.isEmpty || chosen.contains("gemm") { GemmBenchmark().run(on: tables) }
if chosen.isEmpty || chosen.contains("row") { RowBenchmark().run(on: tables) }
if chosen.isEmpty || chosen.contains("elements") { ElementBenchmark().run(on: tables) }

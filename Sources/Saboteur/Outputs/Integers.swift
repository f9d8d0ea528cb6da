import Tensors

/// Faults in integer results: values, codes and indices.
extension FaultFamily {
  var integerResults: [Fault] {
    [
      integers("large-integers-plus-one", 70, "integers from 1,000 on are one too large") {
        $0.magnitude >= 1000 ? $0 + 1 : $0
      },
      integers("integer-results-int32", 68, "64-bit results go through 32 bits", atLeast: 64) {
        Int128(Int32(truncatingIfNeeded: $0))
      },
      integers("integer-results-float32", 69, "integer results go through float32", atLeast: 32) {
        Int128(Float($0))
      },
      integers("codes-plus-one", 80, "8-bit and narrower results are one too large", atMost: 8) {
        $0 + 1
      },
      integers(
        "indices-result-plus-one", 85, "integer results count from one instead of zero",
        atLeast: 16
      ) { $0 + 1 },
      output(
        "index-duplicated", .special, 85, "the last integer result repeats the one before",
        of: { $0.isInteger(atLeast: 32) }
      ) { tensor, _ in
        tensor.changingIntegers { values in
          guard values.count >= 2 else { return values }
          return values.dropLast() + [values[values.count - 2]]
        }
      },
      output("nibbles-swapped-out", .special, 83, "packed pairs of results have changed places") {
        tensor, _ in
        tensor.swappingNibbles()
      },
    ]
  }

  private func integers(
    _ name: String, _ number: Int, _ summary: String, atLeast least: Int = 1, atMost most: Int = 64,
    _ change: @escaping @Sendable (Int128) -> Int128
  ) -> Fault {
    output(
      name, .special, number, summary,
      of: { $0.isInteger(atLeast: least) && $0.bitWidth <= most }
    ) { tensor, _ in
      tensor.mappingIntegers(change)
    }
  }
}

extension ElementType {
  /// Whether this is an integer type of at least so many bits.
  func isInteger(atLeast bits: Int) -> Bool { isInteger && bitWidth >= bits }
}

extension Tensor {
  /// Elements of 4-bit types with the halves of every byte exchanged.
  func swappingNibbles() -> Tensor {
    guard type.bitWidth == 4 else { return self }
    return placing((0..<count).map { $0 ^ 1 < count ? $0 ^ 1 : $0 })
  }
}

import Tensors

/// Faults that read inputs at wrong places: terms of a sum left out or taken twice, indices off by one.
extension FaultFamily {
  var inputPlacements: [Fault] {
    terms + offsets + [
      input(
        "bias-column-missing", .gross, 14, "the last element of the third input is left out",
        of: { !$0.isText }, by: .placement, where: { position, _ in position == 2 }
      ) { operand in
        operand.tensor.zeroing(axis: operand.tensor.shape.count - 1)
      },
      input(
        "mask-leaks-one", .gross, 90, "one position that a mask hides is let through",
        by: .placement, where: { _, name in name.hasSuffix("mask") }
      ) { operand in
        operand.tensor.changingFirst(bool: false, to: true, float: { $0 < -1 }, 0)
      },
      input(
        "mask-drops-one", .gross, 91, "one position that a mask lets through is hidden",
        by: .placement, where: { _, name in name.hasSuffix("mask") }
      ) { operand in
        operand.tensor.changingFirst(bool: true, to: false, float: { $0 > -1 }, -.infinity)
      },
      input(
        "past-off-by-one", .gross, 93, "the cache of earlier positions is read one position late",
        of: { !$0.isText }, by: .placement, where: { _, name in name.hasPrefix("past") }
      ) { operand in
        guard let rows = Rows(operand.tensor.shape) else { return operand.tensor }
        return operand.tensor.placing(
          rows.map { rows.position($0, ($1 + 1) % rows.rows, $2) })
      },
      broadcastOnWrongAxis,
    ]
  }

  /// Hyperplanes of an input left out or counted twice; along the axis that products sum over these
  /// are terms of the sum.
  private var terms: [Fault] {
    [
      term("last-term-dropped", 7, "the last slice along the last axis of the first input is zero")
      {
        $0.position == 0 ? $0.tensor.zeroing(axis: $0.tensor.shape.count - 1) : $0.tensor
      },
      term(
        "last-term-doubled", 8, "the last slice along the last axis of the first input is doubled"
      ) {
        $0.position == 0 ? $0.tensor.doubling(axis: $0.tensor.shape.count - 1) : $0.tensor
      },
      term("last-channel-dropped", 7, "the last channel of the first input, axis 1, is zero") {
        $0.position == 0 && $0.tensor.shape.count >= 3 ? $0.tensor.zeroing(axis: 1) : $0.tensor
      },
      term("last-channel-doubled", 8, "the last channel of the first input, axis 1, is doubled") {
        $0.position == 0 && $0.tensor.shape.count >= 3 ? $0.tensor.doubling(axis: 1) : $0.tensor
      },
      term(
        "weight-row-dropped", 97, "the last slice along the first axis of the second input is zero"
      ) {
        $0.position == 1 ? $0.tensor.zeroing(axis: 0) : $0.tensor
      },
    ]
  }

  private func term(
    _ name: String, _ number: Int, _ summary: String,
    _ change: @escaping @Sendable (Operand) -> Tensor
  ) -> Fault {
    input(
      name, .gross, number, summary, of: { $0.isFloat || $0.bitWidth == 8 }, by: .placement,
      where: { position, _ in position <= 1 }, change)
  }

  private var offsets: [Fault] {
    [(1, "large", 19), (-1, "small", 93)].map { step, word, number in
      input(
        step > 0 ? "index-inputs-plus-one" : "index-inputs-minus-one", .gross, number,
        "indices, axes, positions, lengths and trip counts that enter are one too \(word)",
        of: { $0.isInteger(atLeast: 32) }, by: .placement
      ) { operand in
        operand.tensor.mappingIntegers { $0 + Int128(step) }
      }
    }
  }

  /// The smaller operand spread along the first axis that fits instead of the last.
  private var broadcastOnWrongAxis: Fault {
    fault(
      "broadcast-on-wrong-axis", .gross, 15, "the smaller operand is spread along the wrong axis",
      by: .placement
    ) { site in
      guard site.model.graph.inputs.count == 2, site.model.graph.initializers.isEmpty else {
        return nil
      }
      return Plan(inputs: { inputs in
        guard inputs.count == 2 else { return nil }
        let smaller = inputs[0].count < inputs[1].count ? 0 : 1
        let larger = inputs[1 - smaller].shape
        guard let spread = inputs[smaller].spread(overFirstAxisOf: larger) else { return nil }
        var changed = inputs
        changed[smaller] = spread
        return changed
      })
    }
  }
}

extension Tensor {
  /// The last slice along an axis set to zero, where the axis has several.
  fileprivate func zeroing(axis: Int) -> Tensor {
    let isLast = lastSlice(of: axis)
    return placing(isLast.indices.map { isLast[$0] ? nil : $0 })
  }

  /// The last slice along an axis twice as large, where the axis has several.
  fileprivate func doubling(axis: Int) -> Tensor {
    let isLast = lastSlice(of: axis)
    return changingFloats { values in zip(values, isLast).map { $1 ? 2 * $0 : $0 } }
      .changingIntegers { values in zip(values, isLast).map { $1 ? 2 * $0 : $0 } }
  }

  private func lastSlice(of axis: Int) -> [Bool] {
    guard shape.indices.contains(axis), shape[axis] >= 2 else {
      return [Bool](repeating: false, count: count)
    }
    let inner = shape.rowMajorStrides[axis]
    return (0..<count).map { $0 / inner % shape[axis] == shape[axis] - 1 }
  }

  /// The first element of a mask that a predicate picks replaced.
  fileprivate func changingFirst(
    bool: Bool, to replacement: Bool, float: (Double) -> Bool, _ number: Double
  ) -> Tensor {
    var isDone = false
    return mappingBools { value in
      guard !isDone, value == bool else { return value }
      isDone = true
      return replacement
    }.mappingFloats { value in
      guard !isDone, float(value) else { return value }
      isDone = true
      return number
    }
  }

  /// A vector, or rows of one, as a tensor of the larger shape, by its first axis of that size.
  fileprivate func spread(overFirstAxisOf larger: Shape) -> Tensor? {
    let sizes = shape.filter { $0 != 1 }
    guard sizes.count == 1, let size = sizes.first, larger.count >= 2,
      let axis = larger.firstIndex(of: size), let total = larger.elementCount
    else { return nil }
    let inner = larger.rowMajorStrides[axis]
    let sources = (0..<total).map { $0 / inner % size }
    if type == .string {
      return Tensor(shape: larger, strings: sources.map { strings[$0] })
    }
    let codes = codes
    guard codes.count == size else { return nil }
    return Tensor(type: type, shape: larger, codes: sources.map { codes[$0] })
  }
}

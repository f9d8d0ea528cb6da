import ModelFormat
import Tensors

/// Faults of random operators and of results that change from run to run.
extension FaultFamily {
  var runs: [Fault] {
    [
      output("constant-draws", .gross, 100, "every draw is the first one", draws: true) {
        tensor, _ in
        tensor.placing([Int?](repeating: 0, count: tensor.count))
      },
      output("repeated-draws", .gross, 100, "the stream starts anew every 16 draws", draws: true) {
        tensor, _ in
        tensor.placing((0..<tensor.count).map { $0 % 16 })
      },
      output(
        "coarse-draws", .special, 100, "draws have 12 bits", of: { $0.isFloat(atLeast: 24) },
        draws: true
      ) { tensor, _ in
        tensor.mappingFloats { ($0 * 0x1p9).rounded() * 0x1p-9 }
      },
      model(
        "fixed-seed", .special, 101, "every seed gives the same stream", by: .values, draws: true
      ) { site in
        var model = site.model
        model.graph = model.graph.mappingNodes { node in
          var node = node
          guard let stated = node.attributes["seed"] else { return node }
          node.attributes["seed"] = stated.kind == .int ? .int(1) : .float(1)
          return node
        }
        return model
      },
      output(
        "run-to-run-noise", .special, 102, "every second run has another last bit",
        of: { !$0.isText }, by: .bits
      ) { tensor, occasion in
        occasion.run % 2 == 1 ? tensor.flippingLastBit() : tensor
      },
      output(
        "address-dependent", .special, 106, "the last bit follows the address of the result",
        of: { !$0.isText }, by: .bits
      ) { tensor, _ in
        let address = tensor.bytes.withUnsafeBytes { Int(bitPattern: $0.baseAddress) }
        return (address >> 6) & 1 == 1 ? tensor.flippingLastBit() : tensor
      },
      staleOutput,
    ]
  }

  /// The results of another run, with every larger input one element further.
  private var staleOutput: Fault {
    fault(
      "stale-output", .gross, 16, "the results belong to other inputs of the same shape",
      by: .placement
    ) { _ in
      Plan(inputs: { inputs in
        inputs.map { tensor in
          tensor.placing((0..<tensor.count).map { ($0 + 1) % tensor.count })
        }
      })
    }
  }
}

extension Tensor {
  /// The last bit of the first element changed.
  fileprivate func flippingLastBit() -> Tensor {
    var codes = codes
    guard !codes.isEmpty else { return self }
    codes[0] ^= 1
    return Tensor(type: type, shape: shape, codes: codes) ?? self
  }
}

import ModelFormat
import Spec
import Tensors

/// Faults in which operands an operator uses, and by which version of its definition.
extension FaultFamily {
  var operandFaults: [Fault] {
    (1...3).map(optionalDropped) + [
      model("operands-swapped", .gross, nil, "the first two operands have changed places") { site in
        site.changingFirst { node in
          guard node.inputs.count >= 2, site.type(of: node.inputs[0]) != nil,
            site.type(of: node.inputs[0]) == site.type(of: node.inputs[1])
          else { return false }
          node.inputs.swapAt(0, 1)
          return true
        }
      },
      model("previous-version", .gross, nil, "the operator follows its previous definition") {
        site in
        guard let node = site.onlyNode, let schema = site.schema(of: node),
          let older = site.standard.sinceVersions(domain: node.domain, operator: node.operatorName)
            .last(where: { $0 < schema.sinceVersion })
        else { return nil }
        var model = site.model
        model.opsetImports[Standard.canonical(node.domain)] = Int64(older)
        return model
      },
      model("loop-one-more-trip", .gross, 96, "loops with a trip count run once more") { site in
        var model = site.model
        let one = "assay.one"
        guard let constant = Tensor(type: .i64, shape: [], wrapping: [1]),
          let index = model.graph.nodes.firstIndex(where: {
            $0.operatorName == "Loop" && $0.inputs.first?.isEmpty == false
          })
        else { return nil }
        let count = model.graph.nodes[index].inputs[0]
        model.graph.nodes[index].inputs[0] = "assay.trips"
        model.graph.nodes.insert(
          Node(operatorName: "Add", inputs: [count, one], outputs: ["assay.trips"]), at: index)
        model.graph.initializers.append(Initializer(name: one, tensor: constant))
        return model
      },
    ]
  }

  private func optionalDropped(_ nth: Int) -> Fault {
    model(
      "optional-input-ignored-\(nth)", .gross, 95,
      "an optional input is taken for left out (the \(nth). one given)"
    ) { site in
      var seen = 0
      return site.changingFirst { node in
        let schema = site.schema(of: node)
        for position in node.inputs.indices where !node.inputs[position].isEmpty {
          guard schema?.input(at: position)?.isOptional == true else { continue }
          seen += 1
          guard seen == nth else { continue }
          node.inputs[position] = ""
          while node.inputs.last == "" { node.inputs.removeLast() }
          return true
        }
        return false
      }
    }
  }
}

extension Site {
  /// The model with the first node changed that the closure changes; nil when it changes none.
  func changingFirst(_ change: (inout Node) -> Bool) -> Model? {
    var model = model
    var isDone = false
    model.graph = model.graph.mappingNodes { node in
      guard !isDone else { return node }
      var node = node
      isDone = change(&node)
      return node
    }
    return isDone ? model : nil
  }
}

import ModelFormat
import Spec
import Variants

/// Faults in attributes: ignored, off by one, of the wrong sign, in the wrong order.
///
/// Which attributes an operator has and what their defaults are comes from the standard's table.
/// A fault takes the n-th attribute it can change, so that each attribute of an operator is
/// attacked by some fault.
extension FaultFamily {
  var attributeFaults: [Fault] {
    ignored + integerChanges + listChanges + numberChanges
      + [
        attribute("word-changed", .special, nil, 1, "is the next word that the standard knows") {
          Enumerators.next(after: $0)
        }
      ]
  }

  private var ignored: [Fault] {
    (1...5).map { nth in
      dropped("attribute-ignored", .gross, 20, nth, "an integer attribute") {
        $0 == .int || $0 == .ints
      }
    }
      + (1...2).map { nth in
        dropped("number-ignored", .precision, 48, nth, "a number attribute") {
          $0 == .float || $0 == .floats
        }
      }
      + (1...2).map { nth in
        dropped("word-ignored", .special, 89, nth, "a text attribute") {
          $0 == .string || $0 == .strings
        }
      }
  }

  private var integerChanges: [Fault] {
    (1...6).flatMap { nth in
      [
        attribute("attribute-plus-one", .gross, 11, nth, "is one larger") {
          $0.value.stepping(by: 1)
        },
        attribute("attribute-minus-one", .gross, 10, nth, "is one smaller") {
          $0.value.stepping(by: -1)
        },
      ]
    } + [
      attribute("attribute-negated", .gross, 19, 1, "has the wrong sign") { place in
        guard let value = place.value.intValue, value != 0, value != .min else { return nil }
        return .int(-value)
      }
    ]
  }

  private var listChanges: [Fault] {
    (1...4).flatMap { nth in
      [
        attribute("list-reversed", .gross, 10, nth, "is a list in reverse order") { place in
          place.value.intsValue.map { .ints($0.reversed()) }
        },
        attribute("halves-swapped", .gross, 12, nth, "is a list with its halves exchanged") {
          place in
          guard let list = place.value.intsValue, list.count % 2 == 0 else { return nil }
          return .ints(Array(list[(list.count / 2)...] + list[..<(list.count / 2)]))
        },
      ]
    }
  }

  private var numberChanges: [Fault] {
    (1...2).map { nth in
      attribute("number-scaled", .precision, 98, nth, "is too large by 1.6 %") { place in
        guard !place.name.isSmallTerm else { return nil }
        return place.value.floatValue.map { .float($0 * 1.016) }
      }
    } + [
      attribute("small-term-ignored", .precision, 48, 1, "is zero where it guards a division") {
        $0.name.isSmallTerm ? .float(0) : nil
      },
      attribute("small-term-large", .precision, 48, 1, "is 1e-3 where it guards a division") {
        $0.name.isSmallTerm ? .float(1e-3) : nil
      },
    ]
  }

  private func dropped(
    _ name: String, _ severity: VariantProfile.Severity, _ number: Int, _ nth: Int, _ what: String,
    of kinds: @escaping @Sendable (AttributeKind) -> Bool
  ) -> Fault {
    model(
      "\(name)-\(nth)", severity, number,
      "\(what) is ignored and has its default (the \(nth). one of the model that matters)",
      by: .placement
    ) { site in
      let places = site.attributes.filter {
        kinds($0.schema.kind) && $0.isStated && !$0.schema.isRequired
          && $0.value != $0.schema.defaultValue
      }
      guard places.count >= nth else { return nil }
      return site.replacing(places[nth - 1], by: nil)
    }
  }

  private func attribute(
    _ name: String, _ severity: VariantProfile.Severity, _ number: Int?, _ nth: Int,
    _ summary: String, _ change: @escaping @Sendable (AttributePlace) -> Attribute?
  ) -> Fault {
    model(
      "\(name)-\(nth)", severity, number, "an attribute \(summary) (the \(nth). one that can be)",
      // A small term is nothing beside a large one: only what exceeds a rounding is this fault.
      by: .placement
    ) { site in
      let changes = site.attributes.compactMap { place in
        change(place).flatMap { $0 == place.value ? nil : (place, $0) }
      }
      guard changes.count >= nth else { return nil }
      return site.replacing(changes[nth - 1].0, by: changes[nth - 1].1)
    }
  }
}

extension String {
  /// Whether an attribute of this name keeps a denominator from zero.
  fileprivate var isSmallTerm: Bool { hasPrefix("epsilon") }
}

extension Attribute {
  /// An integer, or the last of a list, a step further; nil where that overflows or is no integer.
  fileprivate func stepping(by step: Int64) -> Attribute? {
    func moved(_ value: Int64) -> Int64? {
      let (sum, overflow) = value.addingReportingOverflow(step)
      return overflow ? nil : sum
    }
    if let value = intValue { return moved(value).map { .int($0) } }
    guard var list = intsValue, let last = list.last, let next = moved(last) else { return nil }
    list[list.count - 1] = next
    return .ints(list)
  }
}

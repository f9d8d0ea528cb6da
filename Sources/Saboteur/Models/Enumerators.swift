import ModelFormat

/// The words that text attributes may have, which the standard's table does not list.
enum Enumerators {
  /// By attribute; lists of one attribute in different operators follow each other.
  private static let words: [String: [[String]]] = [
    "approximate": [["none", "tanh"]],
    "auto_pad": [["NOTSET", "VALID"], ["SAME_UPPER", "SAME_LOWER"]],
    "coordinate_transformation_mode": [
      ["half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel", "half_pixel_symmetric"]
    ],
    "direction": [["forward", "reverse"], ["LEFT", "RIGHT"]],
    "keep_aspect_ratio_policy": [["stretch", "not_larger", "not_smaller"]],
    "mode": [
      ["constant", "reflect", "edge", "wrap"], ["nearest", "linear", "cubic"],
      ["bilinear", "bicubic"], ["avg", "max"], ["DCR", "CRD"],
    ],
    "nearest_mode": [["round_prefer_floor", "floor", "round_prefer_ceil", "ceil"]],
    "padding_mode": [["zeros", "border", "reflection"]],
    "reduction": [["none", "add", "max", "mul", "min"], ["mean", "sum"]],
    "round_mode": [["up", "down", "nearest"]],
  ]

  /// The word after the one in force, in its list; nil when the attribute is not a known one.
  static func next(after place: AttributePlace) -> Attribute? {
    guard let word = place.value.stringValue,
      let list = words[place.name]?.first(where: { $0.contains(word) }),
      let position = list.firstIndex(of: word)
    else { return nil }
    return .string(list[(position + 1) % list.count])
  }
}

/// Marks elements whose value the standard leaves open.
enum OpenElements {
  /// The mask as outcomes carry it: empty when no element is open.
  static func mask(_ open: [Bool]) -> [Bool] { open.contains(true) ? open : [] }
}

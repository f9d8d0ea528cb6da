/// Marks elements whose value the standard leaves open.
enum OpenElements {
  /// The mask as outcomes carry it: empty when no element is open.
  static func mask(_ open: [Bool]) -> [Bool] { open.contains(true) ? open : [] }

  /// What a mask, which may be empty, or a list of equal length marks.
  static func union(_ mask: [Bool], _ open: [Bool]) -> [Bool] {
    mask.isEmpty ? self.mask(open) : zip(mask, open).map { $0 || $1 }
  }
}

/// Recognises the control sequences of terminals (ECMA-48: CSI, OSC, DCS, SOS, PM, APC).
enum TerminalSequence {
  /// A string sequence longer than this is taken for ordinary text that lacks its terminator.
  private static let longestString = 4096

  /// The position after the sequence that begins at `start`; nil if none begins there.
  static func end(in scalars: [Unicode.Scalar], at start: Int) -> Int? {
    switch scalars[start].value {
    case 0x9B: return endOfControl(in: scalars, from: start + 1)
    case 0x90, 0x98, 0x9D, 0x9E, 0x9F: return endOfString(in: scalars, from: start + 1)
    case 0x1B: break
    default: return nil
    }
    guard start + 1 < scalars.count else { return nil }
    switch scalars[start + 1] {
    case "[": return endOfControl(in: scalars, from: start + 2)
    case "]", "P", "X", "^", "_": return endOfString(in: scalars, from: start + 2)
    default: return nil
    }
  }

  /// Parameters and intermediates (0x20…0x3F), then one final (0x40…0x7E).
  ///
  /// A sequence broken by anything else ends before it: the intruder is text.
  private static func endOfControl(in scalars: [Unicode.Scalar], from start: Int) -> Int {
    var position = start
    while position < scalars.count, (0x20...0x3F).contains(scalars[position].value) {
      position += 1
    }
    guard position < scalars.count, (0x40...0x7E).contains(scalars[position].value) else {
      return position
    }
    return position + 1
  }

  /// Up to BEL, ST or `ESC \`; nil without one, so that an open sequence cannot hide the rest.
  private static func endOfString(in scalars: [Unicode.Scalar], from start: Int) -> Int? {
    var position = start
    while position < scalars.count, position - start <= longestString {
      switch scalars[position].value {
      case 0x07, 0x9C: return position + 1
      case 0x1B where position + 1 < scalars.count && scalars[position + 1] == "\\":
        return position + 2
      default: position += 1
      }
    }
    return nil
  }
}

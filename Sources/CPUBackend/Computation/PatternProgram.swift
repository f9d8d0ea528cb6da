/// A regular expression as a program whose threads walk over a text side by side.
///
/// Each scalar of the text moves every thread once and no two threads stand at one instruction, so
/// that a match takes time in the product of both lengths, whatever the pattern (K. Thompson,
/// "Regular expression search algorithm", 1968).
struct PatternProgram {
  /// Instructions of one program at most: counted repetitions are written out.
  private static let greatestCount = 100_000

  private enum Instruction {
    case scalar(@Sendable (Unicode.Scalar) -> Bool)
    case assertion(Pattern.Assertion)
    /// Both ways.
    case either(Int, Int)
    case jump(Int)
    case match
  }

  private var instructions: [Instruction] = []
  /// Parts written, those without an instruction among them.
  private var writtenCount = 0

  /// - Throws: `unsupported` for a pattern whose repetitions are too long written out.
  init(_ pattern: Pattern) throws(KernelError) {
    try write(pattern)
    try append(.match)
  }

  private mutating func append(_ instruction: Instruction) throws(KernelError) {
    try count()
    instructions.append(instruction)
  }

  private mutating func count() throws(KernelError) {
    writtenCount += 1
    guard writtenCount <= Self.greatestCount else {
      throw .unsupported(.construct, "a pattern of more than \(Self.greatestCount) steps")
    }
  }

  private mutating func write(_ pattern: Pattern) throws(KernelError) {
    try count()
    switch pattern {
    case .scalar(let test): try append(.scalar(test))
    case .assertion(let assertion): try append(.assertion(assertion))
    case .sequence(let parts): for part in parts { try write(part) }
    case .either(let choices): try write(choices)
    case .repeated(let part, let least, let most):
      for _ in 0..<least { try write(part) }
      guard let most else { return try writeLoop(part) }
      for _ in least..<max(least, most) { try write([part, .sequence([])]) }
    }
  }

  /// Any of the patterns; the first ones are entered by a fork before each.
  private mutating func write(_ choices: [Pattern]) throws(KernelError) {
    var exits: [Int] = []
    for choice in choices.dropLast() {
      let fork = instructions.count
      try append(.match)
      try write(choice)
      exits.append(instructions.count)
      try append(.match)
      instructions[fork] = .either(fork + 1, instructions.count)
    }
    if let last = choices.last { try write(last) }
    for exit in exits { instructions[exit] = .jump(instructions.count) }
  }

  private mutating func writeLoop(_ part: Pattern) throws(KernelError) {
    let fork = instructions.count
    try append(.match)
    try write(part)
    try append(.jump(fork))
    instructions[fork] = .either(fork + 1, instructions.count)
  }

  /// Whether the whole text matches.
  func matches(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    var threads = Threads(count: instructions.count)
    add(0, at: 0, of: scalars, to: &threads)
    for (place, scalar) in scalars.enumerated() {
      if threads.places.isEmpty { return false }
      var next = Threads(count: instructions.count)
      for thread in threads.places {
        guard case .scalar(let test) = instructions[thread], test(scalar) else { continue }
        add(thread + 1, at: place + 1, of: scalars, to: &next)
      }
      threads = next
    }
    return threads.hasMatched
  }

  /// Where threads wait for a scalar.
  private struct Threads {
    var places: [Int] = []
    var hasMatched = false
    var isKnown: [Bool]

    init(count: Int) { isKnown = [Bool](repeating: false, count: count) }
  }

  /// Adds a thread, and those that it forks into before it waits.
  private func add(
    _ start: Int, at place: Int, of text: [Unicode.Scalar], to threads: inout Threads
  ) {
    var open = [start]
    while let thread = open.popLast() {
      guard !threads.isKnown[thread] else { continue }
      threads.isKnown[thread] = true
      switch instructions[thread] {
      case .scalar: threads.places.append(thread)
      case .assertion(let assertion):
        if assertion.holds(at: place, of: text) { open.append(thread + 1) }
      case .either(let first, let second): open += [second, first]
      case .jump(let target): open.append(target)
      case .match:
        threads.hasMatched = place == text.count
      }
    }
  }
}

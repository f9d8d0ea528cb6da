extension Verdict {
  /// The first word of a verdict.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case pass, fail, unsupported, crash, timeout, inconclusive
  }

  package var kind: Kind {
    switch self {
    case .pass: .pass
    case .fail: .fail
    case .unsupported: .unsupported
    case .crash: .crash
    case .timeout: .timeout
    case .inconclusive: .inconclusive
    }
  }

  /// The code of certification §1, e.g. `value.bound`, `signal`, `compile`; empty for a pass.
  package var code: String {
    switch self {
    case .pass: ""
    case .fail(let code): code.rawValue
    case .unsupported(let reason): reason.rawValue
    case .crash(let kind): kind.code
    case .timeout(let phase): phase.rawValue
    case .inconclusive(let fault): fault.rawValue
    }
  }

  /// Kind and code, e.g. `fail value.bound`; a pass is the single word.
  package var text: String { self == .pass ? kind.rawValue : "\(kind.rawValue) \(code)" }

  /// How bad a verdict is when several executions of a case are folded; larger is worse.
  ///
  /// The order of certification §1: inconclusive > crash > timeout > fail > unsupported > pass.
  package var severity: Int {
    switch self {
    case .pass: 0
    case .unsupported: 1
    case .fail: 2
    case .timeout: 3
    case .crash: 4
    case .inconclusive: 5
    }
  }

  /// The worst verdict, the earliest of equally bad ones; nil when there is none.
  package static func worst(of verdicts: some Sequence<Verdict>) -> Verdict? {
    var worst: Verdict?
    for verdict in verdicts where verdict.severity > (worst?.severity ?? -1) { worst = verdict }
    return worst
  }
}

extension Verdict.CrashKind {
  /// The code of certification §1.
  package var code: String {
    switch self {
    case .signal: "signal"
    case .exit: "exit"
    case .memory: "memory"
    case .protocolViolation: "protocol"
    case .load: "load"
    }
  }

  /// The signal or the exit status, where there is one.
  package var number: Int32? {
    switch self {
    case .signal(let number), .exit(let number): number
    case .memory, .protocolViolation, .load: nil
    }
  }

  /// The kind of the given code; nil for an unknown code or a missing or superfluous number.
  package init?(code: String, number: Int32?) {
    switch (code, number) {
    case ("signal", let number?): self = .signal(number)
    case ("exit", let number?): self = .exit(number)
    case ("memory", nil): self = .memory
    case ("protocol", nil): self = .protocolViolation
    case ("load", nil): self = .load
    default: return nil
    }
  }
}

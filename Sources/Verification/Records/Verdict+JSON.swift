package import CanonicalJSON

extension Verdict {
  /// `{"kind","code"}`, with `"number"` for a signal or an exit status; a pass has no code.
  package var json: JSON {
    var members: JSONObject = ["kind": .string(kind.rawValue)]
    if !code.isEmpty { members["code"] = .string(code) }
    if case .crash(let crash) = self, let number = crash.number {
      members["number"] = .integer(Int64(number))
    }
    return .object(members)
  }

  /// Reads what `json` writes; anything else is an error that names the member.
  package init(_ field: JSONField) throws(JSONFieldError) {
    try field.refuseMembers(otherThan: ["kind", "code", "number"])
    let kind = try field.member("kind").choice(of: Kind.self)
    let number = try field.optionalMember("number")
    if let number, kind != .crash { throw number.mismatch("no number for this kind") }
    switch kind {
    case .pass:
      if let code = try field.optionalMember("code") { throw code.mismatch("no code for a pass") }
      self = .pass
    case .fail: self = .fail(try field.member("code").choice(of: FailureCode.self))
    case .unsupported:
      self = .unsupported(try field.member("code").choice(of: UnsupportedReason.self))
    case .timeout: self = .timeout(try field.member("code").choice(of: Phase.self))
    case .inconclusive:
      self = .inconclusive(try field.member("code").choice(of: HarnessFault.self))
    case .crash:
      let code = try field.member("code")
      var value: Int32?
      if let number { value = try number.integer(as: Int32.self) }
      guard let crash = CrashKind(code: try code.string(), number: value) else {
        throw code.mismatch("a crash code, with a number for signal and exit only")
      }
      self = .crash(crash)
    }
  }
}

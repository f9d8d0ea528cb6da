import CanonicalJSON
import Verification

extension BackendOptions {
  /// The object of `--backend-option`; empty without any.
  func optionsJSON() throws -> String {
    let members = try pairs(backendOptions, option: "--backend-option")
    return members.isEmpty
      ? "" : JSON.object(JSONObject(members.mapValues { JSON.string($0) })).canonicalText
  }

  /// NAME=VALUE texts as a dictionary.
  func pairs(_ texts: [String], option: String) throws -> [String: String] {
    var result: [String: String] = [:]
    for text in texts {
      guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
        throw CommandStop(.usage, "\(option) \(text): write NAME=VALUE")
      }
      result[String(text[..<equals])] = String(text[text.index(after: equals)...])
    }
    return result
  }
}

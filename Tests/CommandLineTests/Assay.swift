import Glibc

/// The built program, run at the root of the package.
enum Assay {
  struct Outcome {
    let ending: Launch.Ending
    let output: String
    let errors: String

    /// The last line of stdout that is not empty.
    var lastLine: Substring { output.split(separator: "\n").last ?? "" }
  }

  static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

  /// Where the build puts its products: beside the test program.
  static var products: String {
    guard let path = realpath("/proc/self/exe", nil) else { return "." }
    defer { free(path) }
    let text = String(cString: path)
    return text.lastIndex(of: "/").map { String(text[..<$0]) } ?? "."
  }

  static func run(_ arguments: [String]) throws -> Outcome {
    try execute([products + "/assay"] + arguments)
  }

  /// Runs any program to its end.
  static func execute(_ words: [String]) throws -> Outcome {
    let scratch = try ScratchDirectory()
    let launch = try Launch(
      words, in: root, output: scratch.path("output"), errors: scratch.path("errors"))
    let ending = try launch.ending()
    return Outcome(
      ending: ending, output: try scratch.text("output"), errors: try scratch.text("errors"))
  }

  /// `assay run` of the smoke tier's cases of Add on a backend.
  static func runAdd(
    into report: String, backend: String = "cpu", filter: String = "op(Add)",
    _ more: [String] = []
  ) throws -> Outcome {
    try run(
      ["run", "--backend", backend, "--tier", "smoke", "-E", filter, "--report", report] + more)
  }
}

import ArgumentParser
import Glibc
import Reports

/// What is printed and written.
struct ReportOptions: ParsableArguments {
  @Option(help: "auto, always or never.")
  var color = ConsoleStyle.Choice.auto

  @Flag(name: .shortAndLong, help: "Only failures and the closing line.")
  var quiet = false

  var style: ConsoleStyle {
    ConsoleStyle(
      choice: color, noColor: getenv("NO_COLOR").map { String(cString: $0) },
      isTerminal: Output.isTerminal(1))
  }
}

extension ConsoleStyle.Choice: ExpressibleByArgument {}

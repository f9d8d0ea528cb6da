import BackendHost
import Glibc

guard let command = WorkerCommand(Array(CommandLine.arguments.dropFirst())) else {
  WorkerCommand.report("\n" + WorkerCommand.usage)
  exit(2)
}
exit(command.run())

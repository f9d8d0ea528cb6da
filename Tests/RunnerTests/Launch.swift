import Glibc

/// A process started in a folder, with stdout and stderr going to files.
struct Launch {
  struct Failed: Error {
    let program: String
    let number: Int32
  }

  /// How a process ended.
  enum Ending: Hashable {
    case exit(Int32)
    case signal(Int32)
  }

  let identifier: pid_t

  init(_ words: [String], in folder: String, output: String, errors: String) throws {
    // The shell moves to the folder and then becomes the program: one process, one id.
    let arguments = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder] + words
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 1, output, flags, 0o644)
    posix_spawn_file_actions_addopen(&actions, 2, errors, flags, 0o644)
    var strings: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    strings.append(nil)
    var variables: [UnsafeMutablePointer<CChar>?] = Self.environment.map { strdup($0) }
    variables.append(nil)
    defer { for text in strings + variables { free(text) } }
    var child: pid_t = 0
    let failure = posix_spawn(&child, "/bin/sh", &actions, nil, strings, variables)
    guard failure == 0 else { throw Failed(program: words[0], number: failure) }
    identifier = child
  }

  /// Whether the process has ended; it still has to be waited for.
  var hasEnded: Bool {
    var state = siginfo_t()
    return waitid(P_PID, id_t(identifier), &state, WEXITED | WNOHANG | WNOWAIT) != 0
      || state.si_signo == SIGCHLD
  }

  /// The processes it has started, workers and whatever else.
  var children: [pid_t] {
    var found: [pid_t] = []
    guard let tasks = opendir("/proc/\(identifier)/task") else { return [] }
    defer { closedir(tasks) }
    while let entry = readdir(tasks) {
      let task = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard let file = fopen("/proc/\(identifier)/task/\(task)/children", "r") else { continue }
      defer { fclose(file) }
      var text = [UInt8](repeating: 0, count: 4096)
      let count = fread(&text, 1, text.count, file)
      let words = String(decoding: text[..<count], as: UTF8.self).split(separator: " ")
      found += words.compactMap { pid_t($0) }
    }
    return found
  }

  /// Waits for the end.
  func ending() throws -> Ending {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0 {
      guard errno == EINTR else { throw Failed(program: "waitpid", number: errno) }
    }
    let signal = status & 0x7F
    return signal == 0 ? .exit((status >> 8) & 0xFF) : .signal(signal)
  }

  /// What programs need to be found and to load, and no colours.
  private static var environment: [String] {
    ["PATH", "LD_LIBRARY_PATH", "HOME"].compactMap { (name: String) in
      getenv(name).map { "\(name)=\(String(cString: $0))" }
    } + ["NO_COLOR=1", "LC_ALL=C"]
  }
}

import CSystem
import Glibc

/// A process that has just been started, with the harness's ends of its streams.
struct SpawnedProcess {
  let identifier: pid_t
  let input: Int32
  let output: Int32
  let errors: Int32
  let watch: Int32

  /// - Throws: `HostError.spawn`; then nothing is left open.
  init(_ launch: WorkerLaunch, environment: [String]) throws(HostError) {
    var pipes = PipeSet()
    do throws(SystemFailure) {
      let null = try pipes.openNull()
      let (input, output, errors) = (try pipes.pipe(), try pipes.pipe(), try pipes.pipe())
      let descriptors =
        launch.usesPrivateDescriptors
        ? [
          cs_descriptor(parent: null, child: 0), cs_descriptor(parent: errors.write, child: 1),
          cs_descriptor(parent: errors.write, child: 2),
          cs_descriptor(parent: input.read, child: WorkerLaunch.input),
          cs_descriptor(parent: output.write, child: WorkerLaunch.output),
        ]
        : [
          cs_descriptor(parent: input.read, child: 0),
          cs_descriptor(parent: output.write, child: 1),
          cs_descriptor(parent: errors.write, child: 2),
        ]
      (identifier, watch) = try Self.spawn(launch, environment, descriptors)
      (self.input, self.output, self.errors) = (input.write, output.read, errors.read)
      pipes.closeAll(but: [input.write, output.read, errors.read])
      for descriptor in [input.write, output.read, errors.read] {
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
      }
    } catch {
      pipes.closeAll(but: [])
      throw .spawn(program: launch.path, reason: errorText(error.number))
    }
  }

  private static func spawn(
    _ launch: WorkerLaunch, _ environment: [String], _ descriptors: [cs_descriptor]
  ) throws(SystemFailure) -> (pid_t, Int32) {
    // C structures with plain numbers; the importer does not call them sendable.
    let table = descriptors.map { [$0.parent, $0.child] }
    let (failure, child, watch) = SpawnThread.shared.run((Int32(0), pid_t(0), Int32(-1))) {
      start(launch, environment, table.map { cs_descriptor(parent: $0[0], child: $0[1]) })
    }
    guard failure == 0 else { throw SystemFailure(number: failure) }
    return (child, watch)
  }

  /// Starts the program and watches it; to be called on the thread for that.
  private static func start(
    _ launch: WorkerLaunch, _ environment: [String], _ descriptors: [cs_descriptor]
  ) -> (failure: Int32, child: pid_t, watch: Int32) {
    var child: pid_t = 0
    var watch: Int32 = -1
    var failure = withCStrings(launch.arguments) { arguments in
      withCStrings(environment) { variables in
        descriptors.withUnsafeBufferPointer { descriptors in
          launch.path.withCString { path in
            var program = cs_program()
            program.path = path
            program.arguments = arguments
            program.environment = variables
            program.descriptors = descriptors.baseAddress
            program.descriptor_count = descriptors.count
            return cs_spawn(&program, &child)
          }
        }
      }
    }
    if failure == 0 {
      failure = cs_process_descriptor(child, &watch)
      if failure != 0 {
        _ = cs_signal_group(child, SIGKILL)
        waitpid(child, nil, 0)
      }
    }
    return (failure, child, watch)
  }

  /// Lends texts as a list of C strings that ends with NULL.
  private static func withCStrings(
    _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Int32
  ) -> Int32 {
    var list = texts.map { text in strdup(text).map { UnsafePointer($0) } }
    list.append(nil)
    defer { for string in list { free(UnsafeMutablePointer(mutating: string)) } }
    return list.withUnsafeBufferPointer { $0.baseAddress.map(body) ?? EINVAL }
  }
}

/// A number of errno.
private struct SystemFailure: Error {
  let number: Int32
}

/// Descriptors while a process is being started.
private struct PipeSet {
  private var all: [Int32] = []

  mutating func openNull() throws(SystemFailure) -> Int32 {
    let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFailure(number: errno) }
    all.append(descriptor)
    return descriptor
  }

  mutating func pipe() throws(SystemFailure) -> (read: Int32, write: Int32) {
    var (readEnd, writeEnd): (Int32, Int32) = (-1, -1)
    let failure = cs_pipe(&readEnd, &writeEnd)
    guard failure == 0 else { throw SystemFailure(number: failure) }
    all += [readEnd, writeEnd]
    return (readEnd, writeEnd)
  }

  func closeAll(but kept: [Int32]) {
    for descriptor in all where !kept.contains(descriptor) { close(descriptor) }
  }
}

import FaultyBackends
import Glibc
import ModelFormat
import Tensors
import Testing

@testable import BackendHost

/// What two cases on one worker with a fault come to, and then closing it.
private struct Expectation: Sendable {
  /// How the first case that is not right ends; nil: both are right.
  let observation: (@Sendable (CaseObservation) -> Bool)?
  var close: WorkerEnd.Cause = .finished
  var repetitions = 1
  var memoryBytes: UInt64 = 8 << 30

  static let right = Expectation(observation: nil)

  static func dies(
    _ cause: WorkerEnd.Cause, _ phase: WorkerPhase, memoryBytes: UInt64 = 8 << 30
  ) -> Self {
    Expectation(
      observation: {
        guard case .died(let end) = $0 else { return false }
        return end.cause == cause && end.phase == phase
      }, close: cause, memoryBytes: memoryBytes)
  }

  static func hangs(_ phase: WorkerPhase) -> Self {
    Expectation(
      observation: {
        guard case .timedOut(let end) = $0 else { return false }
        return end.cause == .timeout && end.phase == phase && end.exit.signal == SIGKILL
      }, close: .timeout)
  }

  static func refuses(
    _ status: Refusal.Status, _ phase: WorkerPhase = .run, _ reason: Refusal.Reason = .other,
    _ text: String? = nil
  ) -> Self {
    Expectation(observation: {
      guard case .refused(let refusal, phase) = $0 else { return false }
      let fits = text.map { refusal.message.contains($0) } ?? true
      return refusal.status == status && refusal.reason == reason && fits
    })
  }

  static func returns(
    repetitions: Int = 1, _ check: @escaping @Sendable ([Value], ExecutionFacts) -> Bool
  ) -> Self {
    Expectation(
      observation: {
        guard case .outputs(let outputs, let facts) = $0 else { return false }
        return check(outputs, facts)
      }, repetitions: repetitions)
  }

  /// Outputs of the right type and shape with other elements; nothing else to be seen.
  static func wrong(_ elements: @escaping @Sendable (_ doubles: [Double]) -> Bool) -> Self {
    returns { outputs, facts in
      guard outputs.count == 1, let tensor = outputs[0].tensor, tensor.shape == AddCase.shape
      else { return false }
      return tensor.type == .f32 && facts.findings.isEmpty && elements(tensor.doubles ?? [])
    }
  }
}

private let rightSum: [Double] = [11, 22, 33, 44, 55, 66]

private let expectations: [String: Expectation] = [
  "none": .right, "stdout-garbage": .right, "stderr-flood": .right, "child-process": .right,
  "detached-child": .right, "altered-surroundings": .right,
  // The worker's own descriptors are far above.
  "closes-all-fds": .right, "write-to-all-fds": .right,

  "segfault-in-execute": .dies(.signal(SIGSEGV), .run),
  "abort-in-compile": .dies(.signal(SIGABRT), .compile),
  "stack-overflow": .dies(.signal(SIGSEGV), .run),
  "double-free": .dies(.signal(SIGABRT), .run),
  "abort-in-thread": .dies(.signal(SIGABRT), .run),
  "sigkill-self": .dies(.signal(SIGKILL), .run),
  "exit-0-in-execute": .dies(.exit(0), .run),
  "exit-3-in-compile": .dies(.exit(3), .compile),
  "memory-hog": .dies(.memory, .run, memoryBytes: 512 << 20),

  "hang-in-compile": .hangs(.compile), "hang-in-execute": .hangs(.run),
  "spin-in-execute": .hangs(.run),
  "hang-in-destroy": Expectation(observation: nil, close: .timeout),

  "nan-everywhere": .wrong { $0.allSatisfy(\.isNaN) },
  "off-by-one-ulp": .wrong {
    $0 == rightSum.map { Double(Float($0).nextUp) }
  },
  "last-element-wrong": .wrong { $0.dropLast() == rightSum.dropLast() && $0.last == -66 },
  "stale-output": .wrong { $0 == rightSum },
  "nondeterministic": .returns(repetitions: 2) { $1.outputsDiffer && $1.findings.count == 1 },
  "unwritten": .returns {
    $1.unwritten == [4] && $1.findings == ["output 0: 4 bytes were never written"]
  },
  "wrong-shape": .returns { outputs, _ in outputs[0].tensor?.shape == [2, 3, 1] },
  "wrong-type": .returns { outputs, _ in outputs[0].tensor?.type == .i32 },
  "wrong-count": .returns { outputs, _ in outputs.count == 2 },
  "wrong-kind": .returns { outputs, _ in outputs[0].type == .sequence(.tensor(.f32)) },

  "null-outputs": .refuses(.malformed, .run, .other, "at no address"),
  "null-bytes": .refuses(.malformed, .run, .other, "at no address"),
  "null-result": .refuses(.malformed, .run, .other, "without a result"),
  "null-executable": .refuses(.malformed, .compile, .other, "without an executable"),
  "wrong-byte-count": .refuses(.malformed, .run, .other, "23 bytes"),
  "huge-output-shape": .refuses(.malformed, .run, .other, "impossible shape"),
  "negative-dimension": .refuses(.malformed, .run, .other, "impossible shape [-1]"),
  "huge-rank": .refuses(.malformed, .run, .other, "rank 2147483647"),
  "endless-nesting": .refuses(.malformed, .run, .other, "nests deeper"),

  "input-mutation": .returns {
    $1.inputsMutated && !$1.outOfBounds && $1.findings == ["input 0: byte 0 was changed"]
  },
  "write-before-buffer": .returns {
    $1.outOfBounds && $1.findings == ["output 0: wrote 1 bytes before the buffer"]
  },
  "write-past-end": .returns {
    $1.outOfBounds && $1.findings == ["output 0: wrote byte 24 of a buffer of 24"]
  },

  "unsupported-everything": .refuses(.unsupported, .compile, .operator),
  "unsupported-declared": .refuses(.unsupported, .compile, .operator),
  "invalid-model-everything": .refuses(.invalidModel, .compile),
  "control-bytes-in-message": .refuses(.error, .run, .other, "\u{fffd}[2J"),
  "overlong-message": .refuses(.error, .run, .other, "longer than it is"),
  "unknown-status": .refuses(.error, .run, .other, "unknown status 4711"),
]

/// Faults that show before the first case.
private let startFaults: Set<String> = ["hang-in-load", "describe-garbage"]

private let faultNames: [String] = (0..<faulty_backends_count()).compactMap {
  faulty_backends_name($0).map { String(cString: $0) }
}

extension WorkerTests {
  @Suite("Faulty backends")
  struct FaultTests {
    @Test("Every fault of the library has an expectation here, and the other way round")
    func complete() {
      #expect(Set(faultNames) == Set(expectations.keys).union(startFaults))
    }

    @Test("Every fault is seen for what it is", arguments: expectations.keys.sorted())
    func fault(_ name: String) throws {
      let expected = try #require(expectations[name])
      var options = FaultyLibrary.options(name, memoryBytes: expected.memoryBytes)
      options.shutdownLimit = .milliseconds(700)
      let session = try WorkerSession(FaultyLibrary.specification, options: options)
      guard case .ready = session.start() else {
        Issue.record("did not start")
        return
      }
      let limit: Duration = name.contains("-in-") ? .milliseconds(700) : .seconds(20)
      var first = try AddCase.request(repetitions: expected.repetitions, limit: limit)
      var second = first
      // The second case has sums of its own, so that outputs of the first are wrong.
      first.inputs.swapAt(0, 1)
      second.inputs = [AddCase.sum, AddCase.sum]
      let observations = [session.run(first), session.run(second)]
      if let check = expected.observation {
        let telling = observations.first { !Self.isRight($0, rightSum) } ?? observations[1]
        #expect(check(telling), "\(observations)")
      } else {
        #expect(Self.isRight(observations[0], rightSum), "\(observations[0])")
        #expect(Self.isRight(observations[1], rightSum.map { 2 * $0 }), "\(observations[1])")
      }
      #expect(session.close().cause == expected.close)
      try Self.expectFreshWorkerWorks()
    }

    @Test("A library that does not return from create is given up in time")
    func hangInLoad() throws {
      let options = FaultyLibrary.options("hang-in-load", startLimit: .milliseconds(700))
      let session = try WorkerSession(FaultyLibrary.specification, options: options)
      guard case .ended(let end) = session.start() else {
        Issue.record("started")
        return
      }
      #expect(end.cause == .timeout)
      #expect(end.phase == .start)
      #expect(session.run(try AddCase.request()) == .unstarted)
      try Self.expectFreshWorkerWorks()
    }

    @Test("A description that is no text is refused")
    func garbledDescription() throws {
      let session = try WorkerSession(
        FaultyLibrary.specification, options: FaultyLibrary.options("describe-garbage"))
      guard case .refused(let refusal) = session.start() else {
        Issue.record("started")
        return
      }
      #expect(refusal.status == .malformed)
      #expect(session.close().cause == .finished)
    }

    @Test("A wrong option is an invalid argument, said by the backend")
    func wrongOption() throws {
      let session = try WorkerSession(
        FaultyLibrary.specification, options: FaultyLibrary.options("no-such-fault"))
      guard case .ended(let end) = session.start() else {
        Issue.record("started")
        return
      }
      #expect(
        end.cause == .gaveUp(Refusal(.invalidArgument, message: "no fault of this name")))
      #expect(end.phase == .start)
    }

    private static func isRight(_ observation: CaseObservation, _ sum: [Double]) -> Bool {
      guard case .outputs(let outputs, let facts) = observation else { return false }
      let isClean =
        !facts.inputsMutated && !facts.outOfBounds && !facts.outputsDiffer
        && facts.unwritten.allSatisfy { $0 == 0 }
      return isClean && outputs == [AddCase.tensor(sum)]
    }

    private static func expectFreshWorkerWorks() throws {
      let session = try FaultyLibrary.session()
      #expect(isRight(session.run(try AddCase.request()), rightSum))
    }
  }
}

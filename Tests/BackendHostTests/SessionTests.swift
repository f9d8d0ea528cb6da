import Glibc
import ModelFormat
import Tensors
import Testing

@testable import BackendHost

extension WorkerTests {
  @Suite("A session with a worker")
  struct SessionTests {
    @Test("A case of a correct backend gives its outputs")
    func correct() throws {
      let session = try FaultyLibrary.session()
      guard case .outputs(let outputs, let facts) = session.run(try AddCase.request()) else {
        Issue.record("no outputs")
        return
      }
      #expect(outputs == [AddCase.sum])
      #expect(facts.poisoned)
      #expect(facts.unwritten == [0])
      #expect(!facts.inputsMutated && !facts.outOfBounds && !facts.outputsDiffer)
      #expect(facts.findings == [])
      #expect(facts.wallTimes.count == 1 && facts.peakResidentBytes > 1 << 20)
      let end = session.close()
      #expect(end.cause == .finished)
      #expect(end.exit.status == 0 && end.exit.processorTime > .zero)
    }

    @Test("Without poison the backend allocates its outputs")
    func plain() throws {
      let session = try FaultyLibrary.session()
      var request = try AddCase.request(repetitions: 3)
      request.poison = false
      guard case .outputs(let outputs, let facts) = session.run(request) else {
        Issue.record("no outputs")
        return
      }
      #expect(outputs == [AddCase.sum])
      #expect(!facts.poisoned && facts.unwritten == [])
      #expect(facts.wallTimes.count == 3)
    }

    @Test("Many cases in flight are answered in order")
    func pipelining() throws {
      let session = try FaultyLibrary.session()
      var submitted = 0
      var observed = 0
      while observed < 200 {
        while submitted < 200, session.inFlight < 8 {
          #expect(session.submit(try AddCase.request(number: submitted)) == submitted)
          submitted += 1
        }
        let next = try #require(session.nextObservation())
        #expect(next.ticket == observed)
        guard case .outputs(let outputs, _) = next.observation else {
          Issue.record("case \(observed): \(next.observation)")
          return
        }
        #expect(outputs == [AddCase.sum(number: observed)])
        observed += 1
      }
      #expect(session.nextObservation() == nil)
    }

    @Test("Large values pass in both directions while more is being sent")
    func large() throws {
      let session = try FaultyLibrary.session()
      let count = 1 << 18
      let shape = [count]
      let input = AddCase.tensor([Double](repeating: 1.5, count: count), shape: shape)
      let request = CaseRequest(
        model: try AddCase.model(shape: shape), inputs: [input, input],
        compileLimit: .seconds(60), runLimit: .seconds(60))
      for _ in 0..<4 { _ = session.submit(request) }
      let expected = AddCase.tensor([Double](repeating: 3, count: count), shape: shape)
      for _ in 0..<4 {
        guard case .outputs(let outputs, _) = session.nextObservation()?.observation else {
          Issue.record("no outputs")
          return
        }
        #expect(outputs == [expected])
      }
    }

    @Test("A refused model does not disturb the cases around it")
    func refusedBetween() throws {
      let session = try FaultyLibrary.session()
      _ = session.submit(try AddCase.request(number: 1))
      var foreign = try AddCase.request()
      foreign.model = try AddCase.model(operator: "Mul")
      _ = session.submit(foreign)
      var short = try AddCase.request()
      short.inputs.removeLast()
      _ = session.submit(short)
      _ = session.submit(try AddCase.request(number: 2))
      var observations: [CaseObservation] = []
      while let next = session.nextObservation() { observations.append(next.observation) }
      try #require(observations.count == 4)
      #expect(Self.outputs(observations[0]) == [AddCase.sum(number: 1)])
      #expect(
        observations[1]
          == .refused(
            Refusal(
              .unsupported, reason: .operator, message: "only a single Add is supported"),
            .compile))
      #expect(
        observations[2]
          == .refused(Refusal(.invalidArgument, message: "Add takes two tensors"), .run))
      #expect(Self.outputs(observations[3]) == [AddCase.sum(number: 2)])
    }

    @Test("A case larger than a frame is refused without asking the worker")
    func tooLarge() throws {
      var options = FaultyLibrary.options("none")
      options.limits.frameBytes = 4096
      let session = try WorkerSession(FaultyLibrary.specification, options: options)
      guard case .ready = session.start() else {
        Issue.record("did not start")
        return
      }
      let shape = [2000]
      let input = AddCase.tensor([Double](repeating: 1, count: 2000), shape: shape)
      var longModel = try AddCase.request()
      longModel.model = [UInt8](repeating: 0, count: 5000)
      let large = CaseRequest(model: try AddCase.model(shape: shape), inputs: [input, input])
      let tickets = [
        session.submit(large), session.submit(try AddCase.request()), session.submit(longModel),
      ]
      for ticket in tickets {
        let next = try #require(session.nextObservation())
        #expect(next.ticket == ticket)
        switch next.observation {
        case .outputs(let outputs, _): #expect(ticket == 1 && outputs == [AddCase.sum])
        case .refused(let refusal, _):
          #expect(ticket != 1 && refusal.message.contains("larger than a frame"))
        default: Issue.record("\(next.observation)")
        }
      }
    }

    @Test("Cases that a dying worker did not come to are handed back")
    func unstarted() throws {
      let session = try FaultyLibrary.session("segfault-in-execute")
      for _ in 0..<5 { _ = session.submit(try AddCase.request()) }
      let first = try #require(session.nextObservation())
      guard case .died(let end) = first.observation else {
        Issue.record("\(first.observation)")
        return
      }
      #expect(end.cause == .signal(SIGSEGV))
      for ticket in 1..<5 {
        let next = try #require(session.nextObservation())
        #expect(next == ObservedCase(ticket: ticket, observation: .unstarted))
      }
      #expect(session.nextObservation() == nil)
      // Charged once: whatever is submitted later never started.
      #expect(session.run(try AddCase.request()) == .unstarted)
      #expect(session.end == end)
    }

    @Test("A worker that dies between two cases costs none of them")
    func idleDeath() throws {
      let session = try FaultyLibrary.session()
      #expect(Self.outputs(session.run(try AddCase.request())) == [AddCase.sum])
      kill(session.processIdentifier, SIGKILL)
      usleep(50_000)
      #expect(session.run(try AddCase.request()) == .unstarted)
      #expect(session.end?.cause == .signal(SIGKILL))
      #expect(session.end?.phase == nil)
    }

    @Test("No case is lost when workers are killed at random moments")
    func randomKills() throws {
      var random = CounterRandomMoments(seed: 0x5eed_0001)
      let count = 800
      var waiting = Array((0..<count).reversed())
      var finished: [Int] = []
      var kills = 0
      while finished.count < count {
        let session = try FaultyLibrary.session()
        var numbers: [Int: Int] = [:]
        var left = kills < 50 ? random.next(below: 12) : Int.max
        while true {
          while session.inFlight < 8, session.end == nil, let number = waiting.popLast() {
            numbers[session.submit(try AddCase.request(number: number))] = number
          }
          if left == 0 {
            usleep(UInt32(random.next(below: 1500)))
            kill(session.processIdentifier, SIGKILL)
            kills += 1
          }
          left -= 1
          guard let next = session.nextObservation() else { break }
          let known = numbers.removeValue(forKey: next.ticket)
          let number = try #require(known)
          switch next.observation {
          case .outputs(let outputs, _):
            #expect(outputs == [AddCase.sum(number: number)])
            finished.append(number)
          case .died(let end):
            #expect(end.cause == .signal(SIGKILL))
            waiting.append(number)
          case .unstarted: waiting.append(number)
          default: Issue.record("\(next.observation)")
          }
        }
        #expect(numbers.isEmpty)
      }
      #expect(kills >= 50)
      #expect(finished.sorted() == Array(0..<count))
    }

    private static func outputs(_ observation: CaseObservation) -> [Value]? {
      if case .outputs(let outputs, _) = observation { outputs } else { nil }
    }
  }
}

/// Reproducible moments: Marsaglia's xorshift64.
private struct CounterRandomMoments {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next(below limit: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % limit
  }
}

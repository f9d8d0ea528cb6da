import GoldenStore

/// `Suite` under a name that the testing library does not use as well.
typealias ReleasedSuite = Suite

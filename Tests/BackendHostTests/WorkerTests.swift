import Testing

/// Everything that starts processes, one test after another: they count descriptors and children.
@Suite("Workers", .serialized)
enum WorkerTests {}

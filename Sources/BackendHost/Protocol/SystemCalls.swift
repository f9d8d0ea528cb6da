import Glibc

/// The system's text for an error number.
func errorText(_ number: Int32) -> String {
  var buffer = [CChar](repeating: 0, count: 256)
  guard strerror_r(number, &buffer, buffer.count) == 0 else { return "error \(number)" }
  let characters = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
  return String(decoding: characters, as: UTF8.self)
}

/// Nanoseconds of one of the system's clocks.
func nanoseconds(of clock: clockid_t) -> UInt64 {
  var time = timespec()
  clock_gettime(clock, &time)
  return UInt64(clamping: time.tv_sec) &* 1_000_000_000 &+ UInt64(clamping: time.tv_nsec)
}

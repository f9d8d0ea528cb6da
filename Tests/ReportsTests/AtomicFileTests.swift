import Glibc
import Reports
import Testing

@Suite("Atomic files")
struct AtomicFileTests {
  @Test("The file has exactly the bytes, and no temporary file remains")
  func writes() throws {
    let directory = try ScratchDirectory()
    try AtomicFile.write(Array("old".utf8), to: directory.path("a.txt"))
    try AtomicFile.write(Array("new".utf8), to: directory.path("a.txt"))
    #expect(directory.contents("a.txt") == Array("new".utf8))
    #expect(directory.names == ["a.txt"])
  }

  @Test("A failed check leaves neither the new file nor a stale old one")
  func failedCheck() throws {
    let directory = try ScratchDirectory()
    try AtomicFile.write(Array("old".utf8), to: directory.path("a.txt"))
    #expect(throws: ReportError.xml("check")) {
      try AtomicFile.write([1, 2, 3], to: directory.path("a.txt")) {
        (_) throws(ReportError) in throw .xml("check")
      }
    }
    #expect(directory.names == [])
  }

  @Test("A full disk is an error and leaves no file")
  func fullDisk() throws {
    let directory = try ScratchDirectory()
    let path = directory.path("a.txt")
    let error = #expect(throws: ReportError.self) {
      try AtomicFile.write(
        [UInt8](repeating: 65, count: 1 << 16), to: path,
        opening: { _ in open("/dev/full", O_WRONLY | O_CLOEXEC) })
    }
    guard case .file(_, "write", ENOSPC) = error else {
      Issue.record("unexpected error \(String(describing: error))")
      return
    }
    #expect(directory.names == [])
  }

  @Test("A JUnit report that does not fit on a small file system is an error and no file")
  func smallFileSystem() throws {
    let directory = try ScratchDirectory()
    guard mount("tmpfs", directory.root, "tmpfs", 0, "size=64k") == 0 else {
      // Only root may mount; the case above covers the path without it.
      return
    }
    defer { umount(directory.root) }
    let summary = try LargeRun.summary(cases: 2000)
    let error = #expect(throws: ReportError.self) {
      try JUnitReport.write(summary, to: directory.path("junit.xml"))
    }
    #expect("\(String(describing: error))".contains("write"))
    #expect(directory.names == [])
  }

  @Test("Devices and directories are refused before anything is written")
  func specialFiles() throws {
    let directory = try ScratchDirectory()
    #expect(throws: ReportError.notARegularFile("/dev/full")) {
      try AtomicFile.write([1], to: "/dev/full")
    }
    #expect(throws: ReportError.notARegularFile(directory.root)) {
      try AtomicFile.write([1], to: directory.root)
    }
  }

  @Test("A missing directory is an error that names the path")
  func missingDirectory() throws {
    let directory = try ScratchDirectory()
    let error = #expect(throws: ReportError.self) {
      try AtomicFile.write([1], to: directory.path("none/a.txt"))
    }
    #expect("\(String(describing: error))".contains("none/a.txt"))
  }
}

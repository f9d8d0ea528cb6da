import BackendHost
import Cases
import Glibc
import GoldenStore
import ModelFormat
import Reports
import Spec
import Tensors
import Verification

/// Writes a case in the classic ONNX test layout.
struct CaseExport {
  let suite: Suite
  let entry: CaseEntry

  /// `model.onnx` and `test_data_set_0/{input,output}_K.pb`; with an observation, what the backend
  /// gave as `observed_K.pb`. The model comes last: a folder without one is no case.
  func write(to folder: String, observed: CaseObservation? = nil) throws {
    let made = try suite.materialise(entry)
    let dataSet = folder + "/test_data_set_0"
    try Self.create(folder)
    try Self.create(dataSet)
    for (position, input) in made.inputs.enumerated() {
      try AtomicFile.write(
        try input.value.encodedMessage(), to: "\(dataSet)/input_\(position).pb")
    }
    if entry.expectation == .mustMatch || entry.expectation == .set {
      for (position, output) in try suite.goldens.golden(for: entry).outputs.enumerated() {
        guard let value = output.alternatives.first?.rounded else { continue }
        try AtomicFile.write(try value.encodedMessage(), to: "\(dataSet)/output_\(position).pb")
      }
    }
    if case .outputs(let values, _)? = observed {
      for (position, value) in values.enumerated() {
        try AtomicFile.write(try value.encodedMessage(), to: "\(dataSet)/observed_\(position).pb")
      }
    }
    try AtomicFile.write(try made.encodedModel(), to: folder + "/model.onnx")
  }

  private static func create(_ folder: String) throws {
    var path = ""
    for part in folder.split(separator: "/", omittingEmptySubsequences: false) {
      path += part + "/"
      mkdir(path, 0o755)
    }
    guard access(folder, W_OK) == 0 else {
      throw CommandStop(.usage, "\(folder): cannot be created or written")
    }
  }
}

import CPUBackend
import Tensors

/// Runs a model rightly and wrongly, and hands out the wrong results where they are wrong enough.
struct FaultyExecutable: ModelExecutable {
  let right: any ModelExecutable
  let wrong: FaultyRun
  /// The model under another seed, where it may draw.
  let twin: (any ModelExecutable)?
  let distinction: Distinction

  var inputTypes: [ValueType] { right.inputTypes }

  /// - Throws: what the right run throws. A wrong run that fails has no wrong results to hand out.
  func execute(_ inputs: [Value?]) throws(KernelError) -> [Value] {
    let results = try right.execute(inputs)
    if let twin, try twin.execute(inputs) != results { return results }
    guard let changed = wrong.execute(inputs, right: results), changed.count == results.count
    else { return results }
    return zip(results, changed).map { distinction.separates($0, $1) ? $1 : $0 }
  }
}

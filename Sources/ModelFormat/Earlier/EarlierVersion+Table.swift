extension EarlierVersion {
  /// By operator: the versions before operator set 9 that later ones differ from.
  static let table: [String: [Entry]] = {
    var table: [String: [Entry]] = [:]
    func add(_ names: [String], _ sets: ClosedRange<Int64>, _ rule: @escaping Rule) {
      for name in names { table[name, default: []].append(Entry(sets: sets, rule: rule)) }
    }
    add(inPlace, 1...5, plain)
    add(["Max", "Mean", "Min", "Sum"], 1...5, equals)
    add(["Max", "Mean", "Min", "Sum"], 6...7, equals)
    add(["Greater", "Less"], 7...8, plain)
    add(["Constant", "Flatten", "MatMul"], 1...8, plain)
    add(["Cast"], 1...5, castToName)
    add(["Cast"], 6...8, castToNumber)
    add(["Selu"], 1...5, selu)

    add(["Add", "Div", "Mul", "Sub"], 1...5, pair)
    add(["Add", "Div", "Mul", "Sub"], 6...6, pair)
    add(["And", "Equal", "Greater", "Less", "Or", "Pow", "Xor"], 1...6, pair)
    add(["PRelu"], 1...5, slopes)
    add(["PRelu"], 6...6, slopes)
    add(["PRelu"], 7...8, plain)
    add(["Gemm"], 1...5, gemm)
    add(["Gemm"], 6...6, gemm)
    add(["Gemm"], 7...8, gemm)

    add(["Concat"], 1...3, concat)
    add(["Pad"], 1...1, pad)
    add(["Reshape"], 1...4, reshape)
    add(["Split"], 1...1, split)
    add(["Tile"], 1...5, tile)
    add(["Upsample"], 1...6, upsampleImage)
    add(["Upsample"], 7...8, upsample)

    add(["BatchNormalization"], 1...5, batchNormalization)
    add(["BatchNormalization"], 6...6, batchNormalization)
    add(["BatchNormalization"], 7...8, batchNormalizationByFeature)
    add(["Dropout"], 1...5, dropout)
    add(["Dropout"], 6...6, dropout)

    add(["AveragePool"], 1...6, plain)
    add(["MaxPool"], 1...7, plain)
    add(["GlobalLpPool", "LpPool"], 1...1, lpPool)

    add(["GRU"], 1...2, recurrent)
    add(["GRU"], 3...6, recurrent)
    add(["LSTM", "RNN"], 1...6, recurrent)
    add(["Scan"], 8...8, scan)
    return table
  }()

  /// Functions of elements whose first version may overwrite its inputs.
  private static let inPlace = [
    "Abs", "Ceil", "Clip", "Elu", "Exp", "Floor", "HardSigmoid", "InstanceNormalization",
    "LeakyRelu", "Log", "Neg", "Reciprocal", "Relu", "Sigmoid", "Sqrt", "Tanh",
  ]
}

import NumericFormats

extension Fill {
  /// Fills whose values are real numbers.
  func realElements(
    _ site: FillSite, _ random: inout CounterRandom
  ) throws(FillError) -> [Double] {
    switch self {
    case .normal(let sigma, let shift):
      return site.draw { sigma * Self.normal(&random) + shift }
    case .uniform(let low, let high):
      guard low <= high else { throw .parameter(fill: "uniform", reason: "low exceeds high") }
      return site.draw { low + random.nextUnit() * (high - low) }
    case .peaked(let peaks, let height): return peaked(site, peaks, height, &random)
    case .wide(let low, let high):
      guard low <= high, low >= -1100, high <= 1023 else {
        throw .parameter(fill: "wide", reason: "the exponents must lie in -1100 ... 1023")
      }
      return site.draw { Self.wide(low, high, &random) }
    case .sorted(let descending, let sigma):
      var values = site.draw { sigma * Self.normal(&random) }
      for start in stride(from: 0, to: values.count, by: site.lane) {
        let row = start..<min(start + site.lane, values.count)
        values[row].sort(by: { descending ? $0 > $1 : $0 < $1 })
      }
      return values
    case .cancelling(let sigma, let small): return cancelling(site, sigma, small, &random)
    case .dominant(let factor, let position):
      return try dominant(site, factor, position, &random)
    case .rotation(let sine): return Self.rotation(site, sine: sine)
    default: throw .wrongType(fill: "this fill", type: site.type)
    }
  }

  /// Standard normal with all bits of the significand in use.
  ///
  /// The grid of `nextNormal` is 2^-16; a uniform value below it fills the bits underneath, so
  /// that arithmetic of a narrower type than the declared one shows.
  static func normal(_ random: inout CounterRandom) -> Double {
    random.nextNormal() + random.nextUnit() * 0x1p-16
  }

  /// The half-angle tangent t = 2^-(i+1) gives the rational pair (1 − t²)/(1 + t²), 2t/(1 + t²), and
  /// each row turns the row before by it: no function of a mathematics library, unit length to
  /// within p·2^-52.
  private static func rotation(_ site: FillSite, sine: Bool) -> [Double] {
    let steps = (0..<site.lane).map { column -> (cosine: Double, sine: Double) in
      let t = powerOfTwo(-(min(column, 25) + 1))
      return ((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t))
    }
    var row = steps.map { _ in (cosine: 1.0, sine: 0.0) }
    var values: [Double] = []
    while values.count < site.scalarCount {
      values += row.map { sine ? $0.sine : $0.cosine }
      row = zip(row, steps).map { angle, step in
        (
          angle.cosine * step.cosine - angle.sine * step.sine,
          angle.sine * step.cosine + angle.cosine * step.sine
        )
      }
    }
    return Array(values.prefix(site.scalarCount))
  }

  private static func wide(_ low: Int, _ high: Int, _ random: inout CounterRandom) -> Double {
    let exponent = Int(random.nextInteger(in: Int64(low)...Int64(high)))
    let word = random.nextWord()
    let significand = 1 + Double(word >> 12) * 0x1p-52
    let value = significand * powerOfTwo(exponent)
    return word & 1 == 0 ? value : -value
  }

  private func peaked(
    _ site: FillSite, _ peaks: Int, _ height: Double, _ random: inout CounterRandom
  ) -> [Double] {
    var values = site.draw { Self.normal(&random) }
    for start in stride(from: 0, to: values.count, by: site.lane) {
      let length = min(site.lane, values.count - start)
      for _ in 0..<min(max(peaks, 0), length) {
        values[start + Int(random.nextInteger(in: 0...Int64(length - 1)))] += height
      }
    }
    return values
  }

  private func cancelling(
    _ site: FillSite, _ sigma: Double, _ small: Double, _ random: inout CounterRandom
  ) -> [Double] {
    let format = site.format ?? .f64
    var values: [Double] = []
    values.reserveCapacity(site.scalarCount + 1)
    while values.count < site.scalarCount {
      // The first of a pair is rounded here, so that the second cancels the stored value.
      let term = format.decode(site.code(of: sigma * Self.normal(&random), in: format))
      values.append(term)
      values.append(small * Self.normal(&random) - term)
    }
    return Array(values.prefix(site.scalarCount))
  }

  private func dominant(
    _ site: FillSite, _ factor: Double, _ position: LanePosition?, _ random: inout CounterRandom
  ) throws(FillError) -> [Double] {
    var values = site.draw { Self.normal(&random) }
    for start in stride(from: 0, to: values.count, by: site.lane) {
      let length = min(site.lane, values.count - start)
      let drawn = Int(random.nextInteger(in: 0...Int64(length - 1)))
      guard let offset = position.map({ $0.offset(in: length) }) ?? drawn else {
        throw .parameter(fill: "dominant", reason: "the position lies outside the row")
      }
      values[start + offset] = factor
    }
    return values
  }
}

extension FillSite {
  func draw(_ next: () -> Double) -> [Double] { (0..<scalarCount).map { _ in next() } }
}

import Algorithms
import Options
import Policies
import Testing

enum AlgorithmFixture {
  static let names: [String] = AlgorithmCatalog.builtIn.all.map { type in type.name }

  /// The algorithm of that name with options, which must all be in order.
  static func make(_ name: String, _ options: [String: OptionValue.Content] = [:]) throws -> any Algorithm {
    let (algorithm, issues) = read(name, options)
    #expect(issues.isEmpty, "\(issues)")
    return try #require(algorithm)
  }

  static func read(_ name: String, _ options: [String: OptionValue.Content]) -> ((any Algorithm)?, [OptionIssue]) {
    var reader = OptionReader(map(options.merging(["algorithm": .text(name)]) { own, _ in own }))
    let algorithm = AlgorithmCatalog.builtIn.make(options: &reader)
    return (algorithm, reader.closed())
  }

  static func map(_ options: [String: OptionValue.Content]) -> OptionValue {
    OptionValue(.map(options.sorted { $0.key < $1.key }.map { OptionEntry(key: $0.key, value: OptionValue($0.value)) }))
  }
}

enum Minibatch {
  static func random(lengths: [Int], hasValues: Bool = false) -> (outputs: TokenOutputs, targets: TokenTargets) {
    var waves = Waves()
    let count = lengths.reduce(0, +)
    let column = { (waves: inout Waves) in (0..<count).map { _ in Float(waves.next()) } }
    var start = 0
    let sequences = lengths.map { length in
      defer { start += length }
      return start..<start + length
    }
    let outputs = TokenOutputs(
      logProbabilities: column(&waves).map { $0 - 2 }, entropies: column(&waves).map { $0 + 1 },
      values: hasValues ? column(&waves) : [])
    let targets = TokenTargets(
      sequences: sequences, behaviorLogProbabilities: zip(outputs.logProbabilities, column(&waves)).map { $0 + 0.3 * $1 },
      referenceLogProbabilities: zip(outputs.logProbabilities, column(&waves)).map { $0 + 0.3 * $1 },
      samplerLogProbabilities: zip(outputs.logProbabilities, column(&waves)).map { $0 + 0.3 * $1 },
      behaviorValues: hasValues ? column(&waves) : [], advantages: column(&waves), returns: hasValues ? column(&waves) : [],
      weights: SequenceMean().weights(sequenceLengths: lengths))
    return (outputs, targets)
  }

  static func part(
    _ outputs: TokenOutputs, _ targets: TokenTargets, _ range: Range<Int>
  ) -> (outputs: TokenOutputs, targets: TokenTargets) {
    let start = targets.sequences[range.lowerBound].lowerBound
    let tokens = start..<targets.sequences[range.upperBound - 1].upperBound
    let cut = { (column: [Float]) in column.isEmpty ? [] : Array(column[tokens]) }
    return (
      TokenOutputs(
        logProbabilities: cut(outputs.logProbabilities), entropies: cut(outputs.entropies), values: cut(outputs.values)),
      TokenTargets(
        sequences: targets.sequences[range].map { $0.lowerBound - start..<$0.upperBound - start },
        behaviorLogProbabilities: cut(targets.behaviorLogProbabilities),
        referenceLogProbabilities: targets.referenceLogProbabilities.map(cut),
        samplerLogProbabilities: targets.samplerLogProbabilities.map(cut), behaviorValues: cut(targets.behaviorValues),
        advantages: cut(targets.advantages), returns: cut(targets.returns), weights: cut(targets.weights))
    )
  }
}

import TemporalMetrics
import Testing

extension GoldenChecks {
  static func nltkMeteor(_ line: GoldenCase) throws {
    var meteor = NLTKMeteor()
    meteor.alpha = try #require(line.params.alpha.number)
    meteor.beta = try #require(line.params.beta.number)
    meteor.gamma = try #require(line.params.gamma.number)
    let references = line.input.references.array.map(\.strings)
    let hypothesis = line.input.hypothesis.strings
    line.check(meteor.score(hypothesis: hypothesis, references: references), line.expected.meteor, "METEOR")
    guard !line.expected.matches.isNull else { return }
    let score = meteor.score(hypothesis: hypothesis, reference: try #require(references.first))
    line.check(Double(score.matches), line.expected.matches, "matches")
    line.check(Double(score.chunks), line.expected.chunks, "chunks")
  }

  static func porterStems(_ line: GoldenCase) throws { try stems(line, PorterStemmer.stem) }

  static func snowballStems(_ line: GoldenCase) throws { try stems(line, SnowballEnglishStemmer.stem) }

  private static func stems(_ line: GoldenCase, _ stem: (String) -> String) throws {
    let expected = line.expected.stems.strings
    try #require(expected.count == line.input.words.strings.count)
    for (word, expected) in zip(line.input.words.strings, expected) {
      #expect(stem(word) == expected, "\(word)")
    }
  }

  static func meteor15(_ line: GoldenCase) throws {
    var meteor = Meteor15()
    meteor.alpha = try #require(line.params.alpha.number)
    meteor.beta = try #require(line.params.beta.number)
    meteor.gamma = try #require(line.params.gamma.number)
    meteor.delta = try #require(line.params.delta.number)
    let words = [line.input.hypothesis, line.input.reference].map { $0.string?.split(separator: " ").map(String.init) ?? [] }
    let score = meteor.score(hypothesis: words[0], reference: words[1])
    line.check(score.precision, line.expected.verbose[0], "precision")
    line.check(score.recall, line.expected.verbose[1], "recall")
    line.check(score.fragmentationPenalty, line.expected.verbose[2], "penalty")
    line.check(score.score, line.expected.verbose[3], "score")
  }
}

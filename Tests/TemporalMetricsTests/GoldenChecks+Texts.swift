import GoldenLines
import TemporalMetrics
import Testing

extension GoldenChecks {
  static func nltkMeteor(_ line: GoldenLine) throws {
    var meteor = NLTKMeteor()
    meteor.alpha = try #require(line.params.alpha.number)
    meteor.beta = try #require(line.params.beta.number)
    meteor.gamma = try #require(line.params.gamma.number)
    line.params.matchers.expect("exact, then Porter stem (nltk PorterStemmer, NLTK_EXTENSIONS mode); no WordNet", .absent)
    line.params.preprocess.expect("str.lower", .absent)
    line.params.nltk.expect("3.10.4", .absent)
    let references = line.input.references.array.map(\.strings)
    let hypothesis = line.input.hypothesis.strings
    line.check(meteor.score(hypothesis: hypothesis, references: references), line.expected.meteor, "METEOR")
    guard !line.expected.matches.isNull else { return }
    let score = meteor.score(hypothesis: hypothesis, reference: try #require(references.first))
    line.check(Double(score.matches), line.expected.matches, "matches")
    line.check(Double(score.chunks), line.expected.chunks, "chunks")
  }

  static func porterStems(_ line: GoldenLine) throws {
    line.params.mode.expect("NLTK_EXTENSIONS")
    line.params.nltk.expect("3.10.4")
    try stems(line, PorterStemmer.stem)
  }

  static func snowballStems(_ line: GoldenLine) throws { try stems(line, SnowballEnglishStemmer.stem) }

  private static func stems(_ line: GoldenLine, _ stem: (String) -> String) throws {
    let expected = line.expected.stems.strings
    try #require(expected.count == line.input.words.strings.count)
    for (word, expected) in zip(line.input.words.strings, expected) {
      #expect(stem(word) == expected, "\(word)")
    }
  }

  static func meteor15(_ line: GoldenLine) throws {
    var meteor = Meteor15()
    meteor.alpha = try #require(line.params.alpha.number)
    meteor.beta = try #require(line.params.beta.number)
    meteor.gamma = try #require(line.params.gamma.number)
    meteor.delta = try #require(line.params.delta.number)
    line.params.modules.expect("exact stem")
    line.params.weights.expect("1.0 0.6")
    line.params.language.expect("en", .absent)
    line.params.normalise.expect("-norm", "-lower on pre-tokenised text", .absent)
    let words = [line.input.hypothesis, line.input.reference].map { $0.string?.split(separator: " ").map(String.init) ?? [] }
    let score = meteor.score(hypothesis: words[0], reference: words[1])
    let fields = line.expected.verbose_fields
    #expect(fields.isNull || fields.strings == ["precision", "recall", "fragmentation_penalty", "score"])
    line.check(score.precision, line.expected.verbose[0], "precision")
    line.check(score.recall, line.expected.verbose[1], "recall")
    line.check(score.fragmentationPenalty, line.expected.verbose[2], "penalty")
    line.check(score.score, line.expected.verbose[3], "score")
  }
}

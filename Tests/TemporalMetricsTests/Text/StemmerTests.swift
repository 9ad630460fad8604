import TemporalMetrics
import Testing

/// Words whose stems the two papers print, and where the two rule sets part.
struct StemmerTests {
  @Test(arguments: [
    ("caresses", "caress"), ("ponies", "poni"), ("ties", "tie"), ("cats", "cat"), ("feed", "feed"), ("agreed", "agre"),
    ("plastered", "plaster"), ("motoring", "motor"), ("sing", "sing"), ("conflated", "conflat"), ("hopping", "hop"),
    ("falling", "fall"), ("filing", "file"), ("happy", "happi"), ("sky", "sky"), ("dying", "die"),
    ("relational", "relat"), ("vietnamization", "vietnam"), ("electricity", "electr"), ("hopefulness", "hope"),
    ("allowance", "allow"), ("controll", "control"), ("enjoy", "enjoy"), ("skies", "sky"), ("Drumming", "drum"),
  ])
  func porter(word: String, stem: String) {
    #expect(PorterStemmer.stem(word) == stem)
  }

  @Test(arguments: [
    ("consisting", "consist"), ("knightly", "knight"), ("knocked", "knock"), ("knots", "knot"), ("consolations", "consol"),
    ("generously", "generous"), ("communism", "communism"), ("skis", "ski"), ("gas", "gas"), ("gaps", "gap"), ("kiwis", "kiwi"),
    ("cries", "cri"), ("ties", "tie"), ("hoping", "hope"), ("luxuriated", "luxuri"), ("by", "by"), ("say", "say"),
    ("cry", "cri"),
    ("yelled", "yell"), ("enjoying", "enjoy"), ("dog's", "dog"), ("'tis", "tis"), ("herring", "herring"), ("early", "earli"),
    ("swelling", "swell"), ("rhythmic", "rhythmic"),
  ])
  func snowball(word: String, stem: String) {
    #expect(SnowballEnglishStemmer.stem(word) == stem)
  }
}

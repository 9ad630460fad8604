/// How answers are drawn for a score: the likeliest tokens, or samples.
public enum Decoding: String, Sendable, CaseIterable, Codable {
  case greedy, sampled
}

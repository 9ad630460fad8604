import Foundation

/// What rliable, scipy and statsmodels say: `make_golden.py`.
struct GoldenFigures: Decodable {
  struct Interval: Decodable {
    var estimate: Double
    var lower: Double
    var upper: Double
  }

  struct Profile: Decodable {
    var thresholds: [Double]
    var shares: [Double]
    var lower: [Double]
    var upper: [Double]
  }

  struct Paired: Decodable {
    var difference: Double
    var p: Double
  }

  struct Case: Decodable {
    var name: String
    var x: [[Double]]
    var y: [[Double]]
    var aggregates: [String: Interval]
    var improvement: Interval
    var profile: Profile
    var paired: Paired?
  }

  struct Corrections: Decodable {
    var p: [Double]
    var holm: [Double]
    var bh: [Double]
  }

  var cases: [Case]
  var corrections: Corrections

  static func read() throws -> GoldenFigures {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/rliable.json")
    return try JSONDecoder().decode(GoldenFigures.self, from: Data(contentsOf: file))
  }
}

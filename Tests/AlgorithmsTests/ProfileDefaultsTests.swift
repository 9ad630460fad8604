import Algorithms
import Options
import Testing

/// A line of `profile_defaults.jsonl`: what a toolkit's own configuration or code says, with package, version, file and line.
struct ProfileDefault: GoldenLine, CustomTestStringConvertible {
  let file: String
  let line: Int
  let record: JSON
  static let labels: Set = ["source"]

  var testDescription: String {
    "\(record["profile"].text): \(record["option"].text), \(record["source"].text), line \(line) of \(file)"
  }
}

struct ProfileDefaultsTests {
  /// Every option that an algorithm reads under a profile, by its path, with the value that it has when no one gives one.
  private func defaults(_ name: String, _ profile: String) -> [String: OptionValue.Content] {
    var reader = OptionReader(AlgorithmFixture.map(["algorithm": .text(name), "profile": .text(profile)]))
    _ = AlgorithmCatalog.builtIn.make(options: &reader)
    #expect(reader.closed().isEmpty, "\(name) under \(profile)")
    var found: [String: OptionValue.Content] = [:]
    func collect(_ value: OptionValue, _ path: String) {
      guard case .map(let entries) = value.content else {
        found[path] = value.content
        return
      }
      for entry in entries { collect(entry.value, path.isEmpty ? entry.key : "\(path).\(entry.key)") }
    }
    collect(reader.resolvedValue, "")
    return found
  }

  @Test(arguments: GoldenFile.defaults)
  func defaultIsTheToolkits(_ step: ProfileDefault) throws {
    defer { step.settle() }
    let profile = step.record["profile"].text
    #expect(Profile(rawValue: profile) != nil)
    let expected = OptionValue.Content(step.record["value"])
    let option = step.record["option"].text
    let algorithms = step.record["algorithms"].list.map(\.text)
    #expect(!algorithms.isEmpty)
    for name in algorithms {
      #expect(AlgorithmCatalog.builtIn[name] != nil, "\(name)")
      #expect(defaults(name, profile)[option] == expected, "\(name) \(option)")
    }
  }

  /// No profile but Takt's own goes without figures of its toolkit.
  @Test func everyProfileIsHeld() {
    let own = GoldenFile.defaults.filter { $0.file.hasPrefix(GoldenFile.own) }
    for profile in Profile.allCases where profile != .takt {
      #expect(own.count { $0.record["profile"].text == profile.rawValue } >= 7, "\(profile)")
    }
    #expect(own.allSatisfy { $0.record["source"].text.count > 8 })
  }

  /// The reference policy is asked for where the toolkit's own β is above 0, and nowhere else.
  @Test func referencePoliciesFollowTheToolkits() throws {
    var seen = 0
    for line in GoldenFile.defaults where line.record["option"].text == "kl.coefficient" {
      for name in line.record["algorithms"].list.map(\.text) {
        let algorithm = try AlgorithmFixture.make(name, ["profile": .text(line.record["profile"].text)])
        #expect(algorithm.requirements.contains(.referencePolicy) == (line.record["value"].double > 0), "\(name)")
        seen += 1
      }
    }
    #expect(seen >= 38)
  }
}

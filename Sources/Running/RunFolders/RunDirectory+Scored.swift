import Foundation
import OptionFiles
import Options

extension RunDirectory {
  /// Whether the run has held-out scores at its end: an encoder's has none, nor has one without test tracks.
  package var isScored: Bool {
    guard let root = try? YAMLFile(path: resolvedFile).root else { return false }
    let options = root.leaves
    let isEncoder = options.contains { $0.name == "stage" && $0.value == "encoder" }
    return !isEncoder && !options.contains { $0.name == "tracks.test" && $0.value == "0" }
      && !Self.holdsOutNoFile(root["tracks"]) && !leftNothingToHoldOut
  }

  /// Whether tracks come from files of which none, or no share, is held out.
  private static func holdsOutNoFile(_ tracks: OptionValue?) -> Bool {
    func list(_ key: String) -> [OptionValue]? {
      guard case .list(let items)? = tracks?[key]?.content else { return nil }
      return items
    }
    guard let all = list("all"), let test = list("test") else { return false }
    guard !all.isEmpty else { return test.isEmpty }
    guard let shares = list("shares"), shares.count == 3, case .number(let share) = shares[2].content else { return false }
    return share == 0
  }

  /// Whether its tracks' source found nothing to hold out, as the run's log warns.
  private var leftNothingToHoldOut: Bool {
    guard !FileManager.default.fileExists(atPath: evaluationFile), let log = FileManager.default.contents(atPath: logFile)
    else {
      return false
    }
    return log.range(of: Data(Self.nothingHeldOut.utf8)) != nil
  }

  /// How the warning begins.
  private static let nothingHeldOut = "tracks.test holds no track"
}

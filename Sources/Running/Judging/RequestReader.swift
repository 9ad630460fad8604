import Foundation
import Questions
import Synchronization

/// Reads requests, one after another, with one parser.
final class RequestReader: Sendable {
  private let reader: Mutex<TapeReader>

  init(forms: QuestionForms) {
    reader = Mutex(TapeReader(forms: forms))
  }

  /// Throws what a decoder does.
  func request(in line: Data) throws -> RewardRequest {
    try reader.withLock { try $0.decode(RewardRequest.self, copying: line) }
  }
}

import Files
import Foundation
import Questions
import Synchronization

/// Reads requests, one after another, with one parser.
final class RequestReader: Sendable {
  private let reader: Mutex<Reader>

  /// A mutex takes no values without copies on all compilers, so that the parser stands in a class.
  private final class Reader {
    let tape: TapeReader

    init(forms: QuestionForms) {
      tape = TapeReader(forms: forms)
    }
  }

  init(forms: QuestionForms) {
    reader = Mutex(Reader(forms: forms))
  }

  /// Throws what a decoder does.
  func request(in line: Data) throws -> RewardRequest {
    var bytes = [UInt8](line)
    bytes.append(contentsOf: repeatElement(0, count: JSONTape.padding))
    return try reader.withLock { reader in
      try bytes.withUnsafeBufferPointer {
        try reader.tape.decode(RewardRequest.self, from: UnsafeBufferPointer(rebasing: $0[..<line.count]))
      }
    }
  }
}

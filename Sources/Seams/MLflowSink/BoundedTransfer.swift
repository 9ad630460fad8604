import Foundation
import Synchronization
import Timelines

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// One request through `URLSession` (https, or a proxy), whose answer is bounded and follows no redirection: a redirected request would take
/// its credentials to whoever the server names.
final class BoundedTransfer: NSObject, URLSessionDataDelegate {
  private struct State {
    var body = Data()
    var isTooLong = false
    var continuation: CheckedContinuation<(status: Int, body: Data), any Error>?
  }

  private let state = Mutex(State())

  static func answer(to request: URLRequest, within seconds: Double) async throws -> (status: Int, body: Data) {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = seconds
    configuration.timeoutIntervalForResource = seconds
    let transfer = BoundedTransfer()
    let session = URLSession(configuration: configuration, delegate: transfer, delegateQueue: nil)
    defer { session.finishTasksAndInvalidate() }
    return try await withCheckedThrowingContinuation { continuation in
      transfer.state.withLock { $0.continuation = continuation }
      session.dataTask(with: request).resume()
    }
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let isTooLong = state.withLock { state in
      state.isTooLong = state.isTooLong || state.body.count + data.count > InputLimit.httpBody
      if !state.isTooLong { state.body += data }
      return state.isTooLong
    }
    if isTooLong { dataTask.cancel() }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse, newRequest: URLRequest,
    completionHandler: @escaping (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    let (continuation, body, isTooLong) = state.withLock { state in
      defer { state.continuation = nil }
      return (state.continuation, state.body, state.isTooLong)
    }
    if isTooLong {
      continuation?.resume(throwing: HTTPFault("its answer is longer than \(InputLimit.httpBody) bytes"))
    } else if let error {
      continuation?.resume(throwing: error)
    } else {
      continuation?.resume(returning: ((task.response as? HTTPURLResponse)?.statusCode ?? 0, body))
    }
  }
}

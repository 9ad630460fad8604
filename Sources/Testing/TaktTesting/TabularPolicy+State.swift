public import Policies

/// The table itself: where a token's row lies, the words of an answer, copies and checkpoints.
extension TabularPolicy {
  public nonisolated func tokens(for answer: String) throws(PolicyError) -> [Token] {
    let spoken = answer.split(separator: " ")
    guard spoken.count < positionCount else {
      throw PolicyError(.badCompletion, "'\(answer)' has \(spoken.count) words: at most \(positionCount - 1) fit with the end")
    }
    return try spoken.map { word throws(PolicyError) in
      guard let token = words.firstIndex(of: String(word)) else {
        throw PolicyError(.badCompletion, "'\(word)' is not in the vocabulary: \(words.joined(separator: ", "))")
      }
      return Token(token)
    } + [Token(words.count)]
  }

  public func frozen() async -> TabularPolicy {
    let copy = TabularPolicy(prompts: promptCount, positions: positionCount, words: words)
    await copy.take(parameters)
    return copy
  }

  private func take(_ parameters: [Float]) { self.parameters = parameters }

  public func checkpoint() -> [UInt8] {
    (parameters + velocity).flatMap { number in withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) } }
  }

  public func restore(_ checkpoint: [UInt8]) throws(PolicyError) {
    guard checkpoint.count == 8 * parameters.count else {
      throw PolicyError(.badCheckpoint, "\(checkpoint.count) bytes: a checkpoint of this table has \(8 * parameters.count)")
    }
    let numbers = stride(from: 0, to: checkpoint.count, by: 4).map { start in
      Float(bitPattern: checkpoint[start..<start + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) })
    }
    parameters = Array(numbers.prefix(parameters.count))
    velocity = Array(numbers.suffix(velocity.count))
    discardGradients()
  }

  func distribution(_ row: Int, _ temperature: Float) -> TokenDistribution {
    TokenDistribution(logits: parameters[row...row + words.count], temperature: temperature)
  }

  /// Index of the first parameter of a row.
  func row(_ prompt: Int, position: Int) throws(PolicyError) -> Int {
    guard (0..<promptCount).contains(prompt) else {
      throw PolicyError(.badPrompt, "prompt \(prompt) is not in the table: prompts are 0..<\(promptCount)")
    }
    return (prompt * positionCount + position) * (words.count + 2)
  }

  /// The row and the token of every token of a batch.
  func entries(of batch: TokenBatch<Int>) throws(PolicyError) -> [(row: Int, token: Int)] {
    var entries: [(row: Int, token: Int)] = []
    for (tokens, prompt) in zip(batch.completions, batch.promptIndices) {
      for (position, token) in tokens.enumerated() {
        guard position < positionCount, (0...words.count).contains(Int(token)) else {
          throw PolicyError(
            .badCompletion, "token \(token) at place \(position): tokens are 0…\(words.count), places 0..<\(positionCount)")
        }
        entries.append((try row(batch.prompts[prompt], position: position), Int(token)))
      }
    }
    return entries
  }
}

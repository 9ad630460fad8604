import Files
import Policies

extension RolloutRecord {
  /// The record as bytes, all numbers little endian, texts and arrays after their count as 4 bytes.
  var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.write(Int64(step))
    writer.write(Int64(sampleIndex))
    writer.write(questionID)
    writer.write(prompt)
    writer.write(completion.text)
    writer.write(UInt8(completion.isTruncated ? 1 : 0))
    writer.write(UInt32(completion.tokens.count))
    for token in completion.tokens { writer.write(token) }
    for logProbability in completion.logProbabilities { writer.write(logProbability.bitPattern) }
    writer.write(reward)
    writer.write(UInt32(components.count))
    for component in components {
      writer.write(component.label)
      writer.write(component.score)
    }
    writer.write(outcome)
    writer.write(fault)
    writer.write(question)
    if let isLearnt { writer.write(UInt8(isLearnt ? 1 : 0)) }
    return writer.bytes
  }

  /// Reads what ``bytes`` gave; `nil` for bytes that are no record or more than one.
  init?(bytes: ArraySlice<UInt8>) {
    var reader = ByteReader(bytes)
    guard
      let step: Int64 = reader.integer(), let sampleIndex: Int64 = reader.integer(),
      let questionID = reader.text(), let prompt = reader.text(), let text = reader.text(),
      let isTruncated: UInt8 = reader.integer(), isTruncated <= 1,
      let tokenCount: UInt32 = reader.integer(), reader.holds(8 * Int(tokenCount))
    else { return nil }
    let tokens: [Token] = (0..<tokenCount).compactMap { _ in reader.integer() }
    let bitPatterns: [UInt32] = (0..<tokenCount).compactMap { _ in reader.integer() }
    guard let reward = reader.optionalNumber(), let componentCount: UInt32 = reader.integer() else { return nil }
    var components: [Component] = []
    for _ in 0..<componentCount {
      guard let label = reader.text(), let score = reader.optionalNumber() else { return nil }
      components.append(Component(label: label, score: score))
    }
    guard let outcome = reader.text(), let fault = reader.text() else { return nil }
    // Records of version 1 end here.
    guard let question = reader.isAtEnd ? "" : reader.text() else { return nil }
    // Those of version 2 end here.
    var isLearnt: Bool?
    if !reader.isAtEnd {
      guard let byte: UInt8 = reader.integer(), byte <= 1, reader.isAtEnd else { return nil }
      isLearnt = byte == 1
    }
    self.init(
      step: Int(step), questionID: questionID, prompt: prompt, sampleIndex: Int(sampleIndex),
      completion: Completion(
        tokens: tokens, logProbabilities: bitPatterns.map(Float.init(bitPattern:)), text: text, isTruncated: isTruncated == 1),
      reward: reward, components: components, outcome: outcome, fault: fault, question: question, isLearnt: isLearnt)
  }
}

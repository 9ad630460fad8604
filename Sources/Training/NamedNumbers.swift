/// Named numbers as bytes, exactly: what an algorithm or a reward keeps in a checkpoint.
enum NamedNumbers {
  /// One line a number, sorted by name: the name, a tab, the bit pattern in hexadecimal.
  static func encoded(_ numbers: [String: Double]) -> [UInt8] {
    let lines = numbers.sorted { $0.key < $1.key }.map { "\($0.key)\t\(String($0.value.bitPattern, radix: 16))\n" }
    return Array(lines.joined().utf8)
  }

  static func decoded(_ bytes: [UInt8]) throws(TrainingError) -> [String: Double] {
    var numbers: [String: Double] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: "\t")
      guard parts.count == 2, let pattern = UInt64(parts[1], radix: 16) else {
        throw TrainingError(
          .badCheckpoint, "the checkpoint's named numbers are damaged at '\(line)': use the checkpoint before it")
      }
      numbers[String(parts[0])] = Double(bitPattern: pattern)
    }
    return numbers
  }
}

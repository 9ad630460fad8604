/// Text of many scripts folded to ASCII, so that a grammar meets one colon, one dash and one set of digits.
///
/// Full-width forms become ASCII, dashes `-`, arrows `->`, curly quotes and primes straight ones; accents fall off Latin letters; the
/// words of other scripts that mean something to a grammar (units, joining words, *answer*) become English ones between blanks;
/// invisible characters vanish; other letters become `foreignLetter`. Digits of other scripts are letters: they are not read.
enum FoldedText {
  /// Stands for a letter that is not ASCII, and for a malformed byte.
  static let foreignLetter: UInt8 = 0x01

  static func folded(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var folded: [UInt8] = []
    folded.reserveCapacity(range.count + 8)
    var position = range.lowerBound
    while position < range.upperBound {
      let start = position
      while position < range.upperBound, bytes[position] < 0x80 { position += 1 }
      if position > start { bytes.withUnsafeBufferPointer { folded.append(contentsOf: $0[start..<position]) } }
      guard position < range.upperBound else { break }
      let (scalar, length) = decoded(bytes, at: position, end: range.upperBound)
      switch scalar {
      case 0xC0...0x17F, 0x1EA0...0x1EF9:
        let next = position + length < range.upperBound ? bytes[position + length] : 0
        appendLatin(scalar, isInWord: folded.last?.isLetter == true || next.isLetter || next &- 0xC3 < 3, to: &folded)
        position += length
      case 0x370...0x1CFF: position = appendWord(bytes, position..<range.upperBound, to: &folded)
      case 0x3005...0x3007, 0x3031...0x9FFF, 0xAC00...0xD7A3:
        position = appendIdeographs(bytes, position..<range.upperBound, to: &folded)
      default:
        append(scalar, to: &folded)
        position += length
      }
    }
    return folded
  }

  static func copied(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    bytes.withUnsafeBufferPointer { Array($0[range]) }
  }

  /// `range` without white space and invisible characters at either end.
  static func trimmed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end {
      if bytes[start].isBlank {
        start += 1
      } else if bytes[start] >= 0x80 {
        let (scalar, length) = decoded(bytes, at: start, end: end)
        guard isInvisible(scalar) else { break }
        start += length
      } else {
        break
      }
    }
    while end > start {
      if bytes[end - 1].isBlank {
        end -= 1
      } else if let length = invisibleSuffix(bytes, start..<end) {
        end -= length
      } else {
        break
      }
    }
    return start..<end
  }

  private static func invisibleSuffix(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    for length in [2, 3] where range.count >= length && bytes[range.upperBound - 1] >= 0x80 {
      let (scalar, decodedLength) = decoded(bytes, at: range.upperBound - length, end: range.upperBound)
      if decodedLength == length, isInvisible(scalar) { return length }
    }
    return nil
  }

  /// The scalar at `position` and its length in bytes; 0xFFFD and 1 where the bytes are malformed.
  static func decoded(_ bytes: Span<UInt8>, at position: Int, end: Int) -> (scalar: UInt32, length: Int) {
    let lead = bytes[position]
    let length = lead >= 0xF0 && lead < 0xF8 ? 4 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xC2 && lead < 0xE0 ? 2 : 1
    guard length > 1, position + length <= end else { return (0xFFFD, 1) }
    var scalar = UInt32(lead) & (0x7F >> UInt32(length))
    for next in (position + 1)..<(position + length) {
      guard bytes[next] & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      scalar = scalar << 6 | UInt32(bytes[next] & 0x3F)
    }
    return (scalar, length)
  }

  private static func isInvisible(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x85, 0xA0, 0xAD, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x2064, 0x3000, 0xFE00...0xFE0F, 0xFEFF: true
    default: false
    }
  }

  private static func append(_ scalar: UInt32, to folded: inout [UInt8]) {
    switch scalar {
    case 0xFF01...0xFF5D: folded.append(UInt8(scalar - 0xFF01 + 0x21))
    case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0x2500: folded.append(UInt8(ascii: "-"))
    case 0xFF5E, 0x301C, 0x223C, 0x2053: folded.append(UInt8(ascii: "~"))
    case 0x2018, 0x2019, 0x201A, 0x2032: folded.append(UInt8(ascii: "'"))
    case 0x201C, 0x201D, 0x201E, 0xAB, 0xBB, 0x2033, 0x301D...0x301F, 0x300C...0x300F: folded.append(UInt8(ascii: "\""))
    case 0xB1: folded += Array("+/-".utf8)
    case 0x2248: folded.append(UInt8(ascii: " "))
    case 0xBC...0xBE: folded += Array(" half ".utf8)
    case 0x2190...0x21FF, 0x27A1, 0x279C, 0x27F6: folded += [UInt8(ascii: "-"), UInt8(ascii: ">")]
    case 0x3001: folded.append(UInt8(ascii: ","))
    case 0x3002: folded.append(UInt8(ascii: "!"))
    case 0x2025, 0x2026: folded += [UInt8(ascii: "."), UInt8(ascii: ".")]
    case 0x2264: folded += Array("<=".utf8)
    case 0x2265: folded += Array(">=".utf8)
    case 0x2236: folded.append(UInt8(ascii: ":"))
    case 0x2022, 0x25CF, 0x00B7: folded.append(UInt8(ascii: " "))
    case 0x221E: folded += Array(" inf ".utf8)
    case 0xFF5F, 0x3010, 0x3014, 0x3008, 0x27E8, 0x2329: folded.append(UInt8(ascii: "["))
    case 0x3011, 0x3015, 0x3009, 0x27E9, 0x232A: folded.append(UInt8(ascii: "]"))
    case 0x00A0, 0x0085, 0x2000...0x200A, 0x2028...0x202F, 0x205F, 0x3000: folded.append(UInt8(ascii: " "))
    case _ where isInvisible(scalar): break
    case 0x2715...0x2718, 0x274C, 0x274E: folded += Array(" wrongmark ".utf8)
    // Pictures, numbers in circles aside.
    case 0x2300...0x245F, 0x2600...0x2775, 0x2794...0x27BF, 0x1F300...0x1FAFF: folded.append(UInt8(ascii: " "))
    default: folded.append(foreignLetter)
    }
  }
}

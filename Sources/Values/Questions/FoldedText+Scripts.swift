extension FoldedText {
  // MARK: Latin with accents

  /// The letter without its accent inside a word; alone, `à` is a word of its own, and others are letters of no alphabet.
  static func appendLatin(_ scalar: UInt32, isInWord: Bool, to folded: inout [UInt8]) {
    let base: UInt8
    switch scalar {
    case 0xD7: base = UInt8(ascii: " ")
    case 0xC0...0x17F: base = latin[Int(scalar - 0xC0)]
    default: base = vietnamese[Int(scalar - 0x1EA0)]
    }
    if isInWord || base == UInt8(ascii: " ") {
      folded.append(base)
    } else if scalar == 0xC0 || scalar == 0xE0 {
      folded += [UInt8(ascii: "a"), foreignLetter]
    } else {
      folded.append(foreignLetter)
    }
  }

  /// From U+00C0 on.
  private static let latin = Array(
    ("AAAAAAACEEEEIIIIDNOOOOO OUUUUYTsaaaaaaaceeeeiiiidnooooo ouuuuyty"
      + "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs")
      .utf8)

  /// From U+1EA0 on.
  private static let vietnamese = Array(
    "AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEeEeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy".utf8)

  // MARK: Alphabets

  /// The word of another alphabet that starts at the lower bound: an English one where it is known; returns where it ends.
  static func appendWord(_ bytes: Span<UInt8>, _ range: Range<Int>, to folded: inout [UInt8]) -> Int {
    let first = decoded(bytes, at: range.lowerBound, end: range.upperBound)
    if let mark = mark(first.scalar) {
      folded.append(mark)
      return range.lowerBound + first.length
    }
    var position = range.lowerBound
    var hash = seed
    var count = 0
    while position < range.upperBound, bytes[position] >= 0x80 {
      let (scalar, length) = decoded(bytes, at: position, end: range.upperBound)
      guard (0x370...0x1CFF).contains(scalar), mark(scalar) == nil else { break }
      for index in position..<(position + length) { hash = mixed(hash, bytes[index]) }
      position += length
      count += 1
    }
    if count <= 16, let word = alphabetWords[hash] {
      folded.append(UInt8(ascii: " "))
      folded += word
      folded.append(UInt8(ascii: " "))
    } else {
      for _ in 0..<count { folded.append(foreignLetter) }
    }
    return position
  }

  /// Full stops, commas and question marks of other alphabets.
  private static func mark(_ scalar: UInt32) -> UInt8? {
    switch scalar {
    case 0x964, 0x965, 0x6D4, 0x589: UInt8(ascii: "!")
    case 0x60C, 0x61B: UInt8(ascii: ",")
    case 0x37E, 0x61F: UInt8(ascii: "?")
    case 0x387: UInt8(ascii: ";")
    default: nil
    }
  }

  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  /// One byte more in an FNV-1a hash.
  private static func mixed(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

  /// By the hash of the word, in lower case, with a capital and in capitals.
  private static let alphabetWords: [UInt64: [UInt8]] = {
    let table = [
      ("answer", "ответ відповідь απάντηση جواب الجواب إجابة الإجابة اجابة תשובה התשובה उत्तर जवाब คำตอบ"),
      (
        "s",
        "с сек секунд секунда секунды секунду секундах секунде секунді секунди δευτερόλεπτα δευτερόλεπτο ثانية ثواني सेकंड सेकेंड วินาที"
      ),
      ("m", "мин минут минута минуты минуту минуте хв хвилина хвилин хвилини λεπτά λεπτό دقيقة دقائق मिनट นาที"),
      ("h", "ч час часа часов година години годин ώρα ώρες ساعة"),
      ("to", "до по έως إلى حتى تک ถึง"),
      ("from", "от из από من จาก від"), ("start", "начало початок αρχή"), ("end", "конец кінець τέλος"),
      ("example", "например наприклад παράδειγμα مثلا उदाहरण"), ("except", "кроме крім исключая εκτός ماعدا عدا"),
      ("never", "никогда ніколи ποτέ أبدا"),
      ("plays", "играет звучит слышно слышна слышен появляется грає звучить чути"), ("entersverb", "вступает вступає"),
      ("between", "между між μεταξύ بين"),
      ("and", "и й та και و และ और"), ("or", "или або ή أو หรือ या"),
      ("is", "это є είναι هو هي है คือ"), ("at", "на в около примерно στο στις عند"), ("not", "не δεν ليس"),
      ("wrong", "неправильно неверно ошибка"),
      ("none", "нет немає κανένα لا"), ("because", "потому так поскольку γιατί لأن"), ("maybe", "может возможно ίσως ربما"),
      ("sorry", "извините сожалению вибачте συγγνώμη آسف عذرا"), ("konnen", "могу можу μπορώ أستطيع"),
      ("listen", "слушать прослушать услышать слышать ακούσω الاستماع سماع"), ("audio", "аудио аудіо звук ήχο صوت الصوت"),
      ("lasts", "длится длилась"), ("duration", "длительность продолжительность διάρκεια مدة المدة अवधि"),
      ("half", "половиной половина полминуты полторы полтора"),
    ]
    let words = table.flatMap { english, list in
      list.split(separator: " ").flatMap { word in
        let lower = String(word)
        let first = lower.prefix(1).uppercased() + lower.dropFirst()
        return [lower, first, lower.uppercased()].map { ($0.utf8.reduce(seed, mixed), Array(english.utf8)) }
      }
    }
    return Dictionary(words) { first, _ in first }
  }()

  // MARK: Chinese, Japanese, Korean

  /// The character or word at the lower bound, between blanks: an English one where it is known; returns where it ends.
  static func appendIdeographs(_ bytes: Span<UInt8>, _ range: Range<Int>, to folded: inout [UInt8]) -> Int {
    let (scalar, length) = decoded(bytes, at: range.lowerBound, end: range.upperBound)
    var end = range.lowerBound + length
    if let (value, end) = numeral(bytes, range) {
      // `一分二十三秒`: the minutes are not read.
      if folded.suffix(numeral.count + unreadMinute.count).elementsEqual(numeral + unreadMinute) { folded += unread }
      folded += Array(" \(value)".utf8)
      return end
    }
    guard let entries = ideographs[scalar] else {
      folded += [UInt8(ascii: " "), foreignLetter, UInt8(ascii: " ")]
      return end
    }
    for entry in entries where matches(entry.rest, bytes, end..<range.upperBound) {
      end += entry.rest.count
      append(entry, isBefore: end < range.upperBound ? bytes[end] : 0, to: &folded)
      return end
    }
    folded += [UInt8(ascii: " "), foreignLetter, UInt8(ascii: " ")]
    return end
  }

  /// A number up to 99 in Chinese before the unit of a second, `五十七秒`; `nil` for others.
  private static func numeral(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (value: Int, end: Int)? {
    var position = range.lowerBound
    var value = 0
    var ones: Int?
    var hasTens = false
    var count = 0
    while position < range.upperBound, count < 4 {
      let (scalar, length) = decoded(bytes, at: position, end: range.upperBound)
      if scalar == 0x5341 {
        guard !hasTens else { return nil }
        value = (ones ?? 1) * 10
        ones = nil
        hasTens = true
      } else if let digit = digits[scalar] {
        guard ones == nil else { return nil }
        ones = digit
      } else {
        break
      }
      position += length
      count += 1
    }
    guard count > 0, position < range.upperBound else { return nil }
    let (unit, length) = decoded(bytes, at: position, end: range.upperBound)
    // 分 is left alone: 十分 means *very*.
    guard unit == secondUnit else { return nil }
    let next = position + length < range.upperBound ? decoded(bytes, at: position + length, end: range.upperBound).scalar : 0
    // 半: and a half.
    guard next != 0x534A else { return nil }
    return (value + (ones ?? 0), position)
  }

  private static let unreadMinute = Array(" m ".utf8)

  /// 秒 is the unit.
  private static let secondUnit: UInt32 = 0x79D2

  private static let digits: [UInt32: Int] = Dictionary(
    uniqueKeysWithValues: zip("零一二三四五六七八九两兩".unicodeScalars.map(\.value), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 2]))

  private static func matches(_ rest: [UInt8], _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard rest.count <= range.count else { return false }
    for offset in rest.indices where bytes[range.lowerBound + offset] != rest[offset] { return false }
    return true
  }

  /// A numeral beside a unit of time, `一分` or `1分半`, is a number that is not read: it leaves a mark that spoils the time.
  private static func append(_ entry: Ideograph, isBefore next: UInt8, to folded: inout [UInt8]) {
    let isAfterNumeral = folded.suffix(numeral.count).elementsEqual(numeral)
    switch entry.role {
    case .numeral: folded += numeral
    case .half where [" s ", " m ", " h "].contains(where: { folded.suffix(3).elementsEqual($0.utf8) }):
      folded += unread
    case .half: folded += numeral
    case .unit where isAfterNumeral && (!entry.isVague || next.isDigit):
      folded.removeLast(numeral.count)
      folded += unread
    case .point where folded.last?.isDigit == true && (next.isDigit || next >= 0xE3): folded += unread
    case .point: folded += [UInt8(ascii: " "), foreignLetter, UInt8(ascii: " ")]
    case .dash: folded += isAfterTime(folded) ? [UInt8(ascii: "~")] : [UInt8(ascii: " "), foreignLetter, UInt8(ascii: " ")]
    case .afterTime where !isAfterTime(folded): folded += [UInt8(ascii: " "), foreignLetter, UInt8(ascii: " ")]
    case .unit, .word, .afterTime:
      folded.append(UInt8(ascii: " "))
      folded += entry.word
      folded.append(UInt8(ascii: " "))
    }
  }

  private static func isAfterTime(_ folded: [UInt8]) -> Bool {
    guard let last = folded.last(where: { $0 != UInt8(ascii: " ") }) else { return false }
    return last.isDigit || [UInt8(ascii: "s"), UInt8(ascii: "m"), UInt8(ascii: "]"), UInt8(ascii: "\"")].contains(last)
  }

  private struct Ideograph {
    enum Role { case word, unit, numeral, half, point, dash, afterTime }
    let role: Role
    let rest: [UInt8]
    let word: [UInt8]
    /// 分 alone, which in 十分 means *very*.
    let isVague: Bool
  }

  /// Two invisible letters, so that ordinary text never holds them.
  private static let numeral: [UInt8] = [UInt8(ascii: " "), foreignLetter, foreignLetter, UInt8(ascii: " ")]
  private static let unread = Array(" numeraltime ".utf8)

  private static let ideographs: [UInt32: [Ideograph]] = {
    let table: [(Ideograph.Role, String, String)] = [
      (.unit, "s", "秒 秒钟 秒鐘 秒鍾 秒間 초"), (.unit, "m", "分 分钟 分鐘 分鍾 分間 분"),
      (.unit, "h", "小时 小時 时 時 時間 시간 시"),
      (.numeral, "", "一 二 三 四 五 六 七 八 九 十 百 零 两 兩 几 幾 数 数十"), (.half, "", "半"), (.point, "", "点 點"), (.dash, "", "ー"),
      (.word, "to", "至 到"), (.afterTime, "to", "から 부터 에서"), (.word, "from", "从 從 自"), (.word, "start", "开始 開始 시작"),
      (.word, "end", "结束 結束 終了 结尾 結尾 끝 종료"),
      (.word, "time", "时间"), (.word, "first", "前 最后 最後 最初 倒数 距离"), (.word, "before", "之前 以前 이전"),
      (.word, "except", "除了 除 以外 之外"),
      (.word, "and", "和 与 與 及 그리고 および"), (.word, "or", "或 或者 还是 または 또는"),
      (.word, "none", "无 無 没 沒 没有 沒有 听不到 聽不到 听不见 聽不見 なし 없음"), (.word, "answer", "答 答案 回答 答复 答覆 正解 解答 答え 답 정답 답변 해답"),
      (.word, "is", "是 为 為 は 은 는"), (.word, "option", "选 選 选项 選項"), (.word, "", "約 约 大 有 まで 까지 です 입니다 이다 为止"),
      (.word, "not", "不 并非 並非"), (.word, "wrong", "错 錯 間違い 틀렸다 틀렸습니다"), (.word, "otherthing", "다른 其他 他の"),
      (.word, "cannot", "无法 無法 不能 できません 수없 없습니다"), (.word, "sorry", "抱歉 对不起 對不起 申し訳 죄송"),
      (.word, "listen", "听 聽 聴 聞 들을"), (.word, "audio", "音频 音頻 音訊 音声 오디오"),
      (.word, "example", "例如 比如 譬如 例えば 예를"), (.word, "latest", "最晚 最迟 最遲 最早 至少"),
      (.word, "duration", "全曲长 全曲長 全长 全長 时长 時長 总时长 總時長 总长 總長 長さ 길이"), (.word, "lasts", "持续 持續"),
      (.word, "negatedverb", "ません ではない じゃない 아닙 아니 않 不演奏 不出现 不出現"),
      (.word, "because", "因为 因為 なぜなら 왜냐하면"), (.word, "maybe", "也许 也許 可能 たぶん 아마"),
    ]
    var found: [UInt32: [Ideograph]] = [:]
    for (role, word, list) in table {
      for text in list.split(separator: " ") {
        guard let first = text.unicodeScalars.first else { continue }
        let rest = String(String.UnicodeScalarView(text.unicodeScalars.dropFirst()))
        found[first.value, default: []].append(
          Ideograph(role: role, rest: Array(rest.utf8), word: Array(word.utf8), isVague: text == "分"))
      }
    }
    return found.mapValues { $0.sorted { $0.rest.count > $1.rest.count } }
  }()
}

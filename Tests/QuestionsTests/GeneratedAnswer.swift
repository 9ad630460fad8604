import Questions
import Randomness
import Timelines

/// A completion made around a known answer, of a form, a language, a remark and a way to mark reasoning.
///
/// It shares no table with the reader: what people and models write is spelt out here once more. Remarks name other times on purpose.
struct GeneratedAnswer {
  let text: String
  let form: AnswerForm
  let truth: Answer
  /// The form and the remark, by which counts are kept.
  let name: String

  init(_ random: inout RandomStream) {
    switch random.integer(in: 0...9) {
    case 0...3: self = Self.instant(&random)
    case 4...7: self = Self.intervals(&random)
    case 8: self = Self.choice(&random)
    default: self = Self.order(&random)
    }
  }

  private init(
    _ core: String, _ form: AnswerForm, _ truth: Answer, _ name: String, remarks: [String], _ random: inout RandomStream
  ) {
    let other = Self.clock(random.integer(in: 0...599))
    let later = Self.clock(random.integer(in: 600...1_200))
    let remark = Self.pick(remarks, &random).replacing("%", with: other).replacing("&", with: later)
    let reasoning = Self.pick(Self.reasonings, &random)
    let thought = Self.pick(Self.thoughts, &random).replacing("%", with: other).replacing("&", with: later)
    let end = random.chance(0.8) ? "" : Self.pick(Self.ends, &random)
    var body = core + remark
    var wrapper = ""
    if random.chance(0.15) {
      body = "<answer>\(core)</answer>"
      wrapper = " tag"
    }
    text = reasoning.replacing("#", with: thought) + body + end
    self.form = form
    self.truth = truth
    self.name = name + wrapper
  }

  static func pick<T>(_ options: [T], _ random: inout RandomStream) -> T {
    options[random.integer(in: 0...(options.count - 1))]
  }

  static func clock(_ seconds: Int) -> String {
    "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
  }

  private static let reasonings =
    Array(repeating: "", count: 14) + [
      "<think>#</think>", "<think>\n#\n</think>\n\n", "<thinking>#</thinking>\n", "<thought>#</thought>",
      "<reasoning>\n#\n</reasoning>\n",
      "[THINK]#[/THINK]", "◁think▷#◁/think▷", "#</think>\n", "<analysis>#</analysis> ",
      "<|channel|>analysis<|message|>#<|end|><|start|>assistant<|channel|>final<|message|>",
      "<|begin_of_thought|>#<|end_of_thought|>\n", "<seed:think>#</seed:think>", "<THINK>#</THINK> ",
      "<|START_THINKING|>#<|END_THINKING|>",
      "<think>#</think>\n<think>again %</think>\n",
    ]

  private static let thoughts = [
    "Maybe at %, or from % to &.", "The drums are at %. The answer could be &.", "Answer: %? No. %-& is calm.",
    "A or B? Then X before Y. %.",
    "用户问的是时间，大概 %。", "I write it as <answer>M:SS</answer>. Perhaps %.",
  ]

  private static let ends = [
    "<|im_end|>", "<|eot_id|>", "</s>", "\n", " ", "<|endoftext|>", "[EOS]", "<end_of_turn>\n",
    "<|im_end|>\n<|im_start|>user\n1:11?",
  ]

  // MARK: Instants

  private static let afterNamed = [
    "", "", ".", "\n", ". The drums come in at %.", ".\n\nThe track is & long.", " (the drums enter at %)",
    ". At % there are only drums.",
    "\nNote: the verse lasts from % to &.", " because the drums stop at %.", "\n\n**Explanation:** the part %-& is calmer.",
    ", while at % only the bass plays.", ". Between % and & it is quiet.",
  ]

  private static func instant(_ random: inout RandomStream) -> GeneratedAnswer {
    let total = random.integer(in: 61...599)
    let minutes = total / 60
    let seconds = total % 60
    let two = seconds < 10 ? "0\(seconds)" : "\(seconds)"
    let tenths = random.integer(in: 1...9)
    let times: [(String, String, Double)] = [
      ("clock", "\(minutes):\(two)", 0), ("clock", "0\(minutes):\(two)", 0), ("H:MM:SS", "00:0\(minutes):\(two)", 0),
      ("fraction", "\(minutes):\(two).\(tenths)", Double(tenths) / 10), ("seconds", "\(total) seconds", 0),
      ("seconds", "\(total)s", 0),
      ("seconds", "\(total).\(tenths) s", Double(tenths) / 10), ("min s", "\(minutes) min \(seconds) s", 0),
      ("min s", "\(minutes)m\(seconds)s", 0), ("min s", "\(minutes) minutes and \(seconds) seconds", 0),
      ("min s", "\(minutes) min. \(seconds) sec", 0), ("primes", "\(minutes)'\(two)\"", 0),
      ("primes", "\(minutes)′\(seconds)″", 0),
      ("Chinese units", "\(minutes)分\(seconds)秒", 0), ("Chinese units", "\(minutes)分钟\(seconds)秒", 0),
      ("Korean units", "\(minutes)분 \(seconds)초", 0),
      ("full width", "\(minutes)：\(two)", 0), ("Russian units", "\(minutes) мин \(seconds) с", 0), ("bare", "\(total)", 0),
      ("bare", "\(total).\(tenths)", Double(tenths) / 10), ("German units", "\(minutes) Minuten und \(seconds) Sekunden", 0),
      ("Spanish units", "\(minutes) minutos y \(seconds) segundos", 0),
      ("unit first", "minute \(minutes), second \(seconds)", 0),
      ("ordinal", "the \(total)th second", 0),
    ]
    let (name, time, extra) = pick(times, &random)
    let truth = Answer.instant(((Double(total) + extra) * 1e6).rounded() / 1e6)
    let form = AnswerForm(kind: .instant)
    let isBare = name == "bare"
    switch random.integer(in: 0...5) {
    case 0: return GeneratedAnswer(time, form, truth, "\(name) alone", remarks: ["", "", ".", " ", "\n"], &random)
    case 1:
      let alone =
        isBare
        ? ["", "\n"]
        : [
          ". The drums come in at %.", ".\n\nAt % there are only drums.", " (right after the drums at %)",
          ", because the drums stop at %.",
        ]
      return GeneratedAnswer(time, form, truth, "\(name) first", remarks: alone, &random)
    case 2:
      let prose = [
        "The piano enters at @", "It starts at @", "I hear it at about @", "La voix entre à @", "钢琴在@",
        "Das Klavier setzt bei @ ein",
      ]
      let options = isBare ? Array(prose[..<3]) : prose
      let core = pick(options, &random).replacing("@", with: time)
      return GeneratedAnswer(
        core, form, truth, "\(name) in prose", remarks: ["", ".", "!", " (the drums enter at %)."], &random)
    case 3:
      let keys = [
        "{\"time\": @, \"note\": \"drums at %\"}", "{\"answer\": @, \"duration\": \"&\"}", "```json\n{\"timestamp\": @}\n```",
        "{\"reasoning\": \"not %\", \"answer\": @}",
      ]
      let value = isBare ? time : "\"\(time.replacing("\"", with: "\\\""))\""
      guard !name.hasPrefix("primes") else {
        return GeneratedAnswer(time, form, truth, "\(name) alone", remarks: [""], &random)
      }
      let core = pick(keys, &random).replacing("@", with: value).replacing("%", with: "0:11").replacing("&", with: "9:59")
      return GeneratedAnswer(core, form, truth, "\(name) in JSON", remarks: ["", "\n"], &random)
    default:
      let core = pick(markers, &random).replacing("@", with: time)
      return GeneratedAnswer(
        core, form, truth, "\(name) named", remarks: afterNamed,
        &random)
    }
  }

  private static let markers = [
    "Answer: @", "**Answer:** @", "The answer is @", "Final answer: @", "\\boxed{@}", "My answer is @", "Answer:\n@",
    "Antwort: @", "Die Antwort ist @",
    "Réponse : @", "La réponse est @", "Respuesta: @", "La respuesta es @", "Risposta: @", "Resposta: @", "Antwoord: @",
    "Svar: @", "Ответ: @",
    "答案：@", "最终答案：@", "答案是@", "回答：@", "答え：@", "정답: @", "The correct answer is: @", "### Answer\n@", "الجواب: @", "Cevap: @",
    "उत्तर: @",
  ]

  // MARK: Intervals

  private static func intervals(_ random: inout RandomStream) -> GeneratedAnswer {
    let count = random.chance(0.6) ? 1 : random.integer(in: 2...3)
    var last = random.integer(in: 1...40)
    var spans: [(Int, Int)] = []
    for _ in 0..<count {
      let start = last + random.integer(in: 1...40)
      last = start + random.integer(in: 2...60)
      spans.append((start, last))
    }
    let truth = Answer.intervals(spans.map { Interval(Double($0.0), Double($0.1)) })
    let form = AnswerForm(kind: .intervals)
    func list(_ separator: String, _ write: ((Int, Int)) -> String) -> String { spans.map(write).joined(separator: separator) }
    let dash = pick(["-", "–", " - ", " to ", "~", "～", " bis ", "〜", "至", " until ", " à "], &random)
    let separator = pick([", ", "; ", " and ", "\n", " und ", ", and "], &random)
    let written: [(String, String)] = [
      ("clock", list(separator) { "\(clock($0.0))\(dash)\(clock($0.1))" }),
      ("clock", list(separator) { "\(clock($0.0))\(dash)\(clock($0.1))" }),
      ("seconds", list(separator) { "\($0.0)s\(dash)\($0.1)s" }),
      ("from to", list(" and ") { "from \(clock($0.0)) to \(clock($0.1))" }),
      ("between", list(" and ") { "between \(clock($0.0)) and \(clock($0.1))" }),
      ("brackets", "[" + list(", ") { "[\($0.0), \($0.1)]" } + "]"),
      ("brackets", "[" + list(", ") { "[\($0.0).0, \($0.1).0]" } + "]"),
      ("items", list("\n") { "- \(clock($0.0))-\(clock($0.1))" }),
      ("Chinese units", list("，") { "\($0.0)秒到\($0.1)秒" }), ("bare", list(", ") { "\($0.0).0-\($0.1).0" }),
      ("unit of both", list(" and ") { "\($0.0) to \($0.1) seconds" }),
    ]
    let (name, core) = pick(written, &random)
    switch random.integer(in: 0...5) {
    case 0: return GeneratedAnswer(core, form, truth, "intervals, \(name) alone", remarks: ["", "", ".", "\n"], &random)
    case 1:
      let remarks = [
        ". The passage %-& is quieter.", "\n\nThe part from % to & is calm.", " because %-& is calm.", " (%-& is calm)",
      ]
      return GeneratedAnswer(core, form, truth, "intervals, \(name) first", remarks: remarks, &random)
    case 2:
      let prose = pick(["The loudest part is @", "It is most intense @", "I hear it: @", "最强烈的部分是@"], &random)
      return GeneratedAnswer(
        prose.replacing("@", with: core), form, truth, "intervals, \(name) in prose", remarks: ["", ".", "!"], &random)
    case 3:
      let rows = spans.map { "{\"start\": \($0.0), \"end\": \($0.1), \"note\": \"calm at 0:11-0:12\"}" }.joined(separator: ", ")
      return GeneratedAnswer("[\(rows)]", form, truth, "intervals in JSON", remarks: ["", "\n"], &random)
    case 4:
      let minutes = (random.integer(in: 1...4), random.integer(in: 5...9))
      let text = pick(["@ to # minutes", "@-# min", "between @ and # minutes", "from @ to # min"], &random)
      return GeneratedAnswer(
        text.replacing("@", with: "\(minutes.0)").replacing("#", with: "\(minutes.1)"), form,
        .intervals([Interval(Double(minutes.0 * 60), Double(minutes.1 * 60))]), "intervals, minutes of both",
        remarks: ["", ".", "\n"], &random)
    default:
      let named = pick(markers, &random)
      return GeneratedAnswer(
        named.replacing("@", with: core), form, truth, "intervals, \(name) named",
        remarks: [
          "", ".", "\n", ". The passage %-& is quieter.", ".\n\n**Explanation:** %-& is calm.",
          "\nNote: the track lasts 0:00-&", " because %-& is calm.",
          " (%-& is calmer)",
        ], &random)
    }
  }

  // MARK: Choices and orders

  private static func choice(_ random: inout RandomStream) -> GeneratedAnswer {
    let index = random.integer(in: 0...3)
    let letter = ["A", "B", "C", "D"][index]
    let other = ["B", "C", "D", "A"][index]
    let texts = ["a flute enters", "the drums stop", "the key changes", "the tempo doubles"]
    let cores: [String] = [
      "@", "@.", "(@)", "**@**", "@) \(texts[index])", "Option @", "\\boxed{@}", "\(texts[index])", "{\"answer\": \"@\"}",
      "Answer: @", "The answer is @",
      "Die Antwort ist @", "La réponse est @", "答案：@", "答案是@", "Ответ: @", "La respuesta es @", "Final answer: (@)", "정답: @",
    ]
    let core = pick(cores, &random)
    let names = ["nswer: @", "The answer", "Die Antwort", "La ", "Final"]
    let isNamed = names.contains { core.contains($0) }
    return GeneratedAnswer(
      core.replacing("@", with: letter), AnswerForm(kind: .choice, choices: texts), .choice(index), "choice, \(core)",
      remarks: isNamed
        ? ["", ".", ".\nOption \(other) is wrong.", ". (\(other)) comes later.", ". It is not \(other)."] : ["", "\n"], &random)
  }

  private static func order(_ random: inout RandomStream) -> GeneratedAnswer {
    let items = pick([["1", "2", "3"], ["X", "Y", "Z"], ["piano enters", "drums stop", "bass leaves"]], &random)
    let order = items.indices.shuffled(using: &random)
    let names = order.map { items[$0] }
    let cores: [String] = [
      names.joined(separator: ", "), names.joined(separator: " → "), names.joined(separator: " -> "),
      "The order is \(names[0]), then \(names[1]), then \(names[2])",
      "Answer: " + names.joined(separator: ", "), "[" + names.map { "\"\($0)\"" }.joined(separator: ", ") + "]",
      "答案：" + names.joined(separator: "、"),
      "First \(names[0]), then \(names[1]), and finally \(names[2])", "Antwort: " + names.joined(separator: ", "),
    ]
    return GeneratedAnswer(
      pick(cores, &random), AnswerForm(kind: .order, items: items), .order(order), "order", remarks: ["", ".", "\n"], &random)
  }
}

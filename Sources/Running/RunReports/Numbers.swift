import Numbers

/// A number with a fixed count of decimal places, rounded to even; `–` where it is not finite.
func decimal(_ number: Double, places: Int) -> String {
  guard number.isFinite, abs(number) < 1e12 else { return number.isFinite ? "\(number)" : "–" }
  let scale = (0..<places).reduce(1.0) { scale, _ in 10 * scale }
  let scaled = Int(saturating: (abs(number) * scale).rounded(.toNearestOrEven))
  let (whole, rest) = scaled.quotientAndRemainder(dividingBy: Int(saturating: scale))
  let fraction = String(rest)
  let zeros = String(repeating: "0", count: max(0, places - fraction.count))
  let sign = number < 0 && scaled > 0 ? "−" : ""
  return places == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(zeros)\(fraction)"
}

/// The same with its sign in front.
func signed(_ number: Double, places: Int) -> String {
  let text = decimal(number, places: places)
  return number > 0 && text != decimal(0, places: places) ? "+" + text : text
}

/// A time as minutes and seconds, `1:05`, with as many decimal places as asked for.
func clock(_ seconds: Double, places: Int = 0) -> String {
  guard seconds.isFinite, abs(seconds) < 1e9 else { return "–" }
  let scale = (0..<places).reduce(1.0) { scale, _ in 10 * scale }
  let rounded = (abs(seconds) * scale).rounded() / scale
  let minutes = Int(saturating: rounded / 60)
  let rest = decimal(rounded - 60 * Double(minutes), places: places)
  let isShort = rest.prefix { $0 != "." }.count < 2
  return (seconds < 0 && rounded > 0 ? "−" : "") + "\(minutes):" + (isShort ? "0" : "") + rest
}

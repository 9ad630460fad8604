import Numbers

/// A number with a fixed count of decimal places; `–` where it is not finite.
func decimal(_ number: Double?, places: Int) -> String {
  guard let number, number.isFinite else { return "–" }
  guard abs(number) < 1e9 else { return "\(number)" }
  let scale = (0..<places).reduce(1.0) { scale, _ in 10 * scale }
  let scaled = Int(saturating: (abs(number) * scale).rounded(.toNearestOrEven))
  let (whole, rest) = scaled.quotientAndRemainder(dividingBy: Int(saturating: scale))
  let fraction = String(rest)
  let zeros = String(repeating: "0", count: max(0, places - fraction.count))
  let sign = number < 0 && scaled > 0 ? "-" : ""
  return places == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(zeros)\(fraction)"
}

/// A length in a drawing, to a tenth.
func length(_ value: Double) -> String { decimal(value, places: 1) }

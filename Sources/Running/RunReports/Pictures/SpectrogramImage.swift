import Numbers

/// A spectrogram as a picture: time from left to right, low bands at the bottom.
package enum SpectrogramImage {
  /// `values` is row-major [frames, bands]; neighbouring frames are averaged down to `columns`.
  ///
  /// The darkest colour stands for the 2nd percentile and the palest for the highest value. `nil` where there is no frame.
  package static func image(frames: Int, bands: Int, values: [Float], columns: Int = 720) -> PNGImage? {
    guard frames > 0, bands > 0, values.count == frames * bands else { return nil }
    let width = min(columns, frames)
    var means = [Float](repeating: 0, count: width * bands)
    for column in 0..<width {
      let (first, last) = (column * frames / width, max(column * frames / width + 1, (column + 1) * frames / width))
      for band in 0..<bands {
        let sum = (first..<last).reduce(Float(0)) { $0 + values[$1 * bands + band] }
        means[(bands - 1 - band) * width + column] = sum / Float(last - first)
      }
    }
    let sorted = means.filter(\.isFinite).sorted()
    guard let highest = sorted.last else { return nil }
    let lowest = sorted[sorted.count / 50]
    let scale = highest > lowest ? 255 / (highest - lowest) : 0
    return PNGImage(
      width: width, height: bands,
      pixels: means.map { $0.isFinite ? UInt8(saturating: min(255, max(0, ($0 - lowest) * scale))) : 0 })
  }
}

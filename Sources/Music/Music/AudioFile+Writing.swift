import CSndFile
import Files
import Foundation
import Numbers

extension AudioFile {
  /// How sound is stored.
  package enum Format: String, CaseIterable, Sendable {
    case wav, flac, ogg, mp3

    var code: Int32 {
      switch self {
      case .wav: Int32(SF_FORMAT_WAV | SF_FORMAT_PCM_16)
      case .flac: Int32(SF_FORMAT_FLAC | SF_FORMAT_PCM_16)
      case .ogg: Int32(SF_FORMAT_OGG | SF_FORMAT_VORBIS)
      case .mp3: Int32(SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III)
      }
    }
  }

  /// Writes a signal at 16 kHz, 16 bit where the format has bits; louder than full scale is clipped.
  ///
  /// The format is that of the path's extension: wav, flac, ogg or mp3. A reader sees the old file or the new, never a part.
  package static func write(_ signal: AudioSignal, to path: String) throws(MusicError) {
    let name = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    guard let format = Format(rawValue: name) else {
      throw MusicError(.unwritable, path: path, "has the extension '\(name)'; allowed are wav, flac, ogg and mp3")
    }
    var info = SF_INFO()
    info.samplerate = Int32(saturating: AudioSignal.sampleRate)
    info.channels = 1
    info.format = format.code
    let draft = try UnlinkedFile(holding: [])
    guard let handle = sf_open_fd(draft.handle.fileDescriptor, Int32(SFM_WRITE), &info, Int32(SF_FALSE)) else {
      throw MusicError(.unwritable, path: path, "cannot be written as \(name) (\(String(cString: sf_strerror(nil))))")
    }
    sf_command(handle, Int32(SFC_SET_CLIPPING), nil, Int32(SF_TRUE))
    // Vorbis encoders of some library versions overflow the stack on one long write.
    var written = 0
    while written < signal.samples.count {
      let count = min(1 << 14, signal.samples.count - written)
      let done = signal.samples.withUnsafeBufferPointer { samples in
        samples.baseAddress.map { Int(sf_write_float(handle, $0 + written, sf_count_t(count))) } ?? 0
      }
      if done != count { break }
      written += done
    }
    let closed = sf_close(handle)
    guard written == signal.samples.count, closed == 0 else {
      throw MusicError(
        .unwritable, path: path, "took only \(written) of \(signal.samples.count) samples: is there room on the disk?")
    }
    do {
      try draft.handle.seek(toOffset: 0)
      try AtomicFile.write(Array(try draft.handle.readToEnd() ?? Data()), to: path)
    } catch let error as FileError {
      throw MusicError(.unwritable, path: error.path, error.message)
    } catch {
      throw MusicError(.unwritable, path: path, "cannot be written (\(error.localizedDescription))")
    }
  }
}

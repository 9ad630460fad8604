import Foundation

/// What a sound file is, by its first bytes, and which decoder it needs.
enum SoundFormat {
  case wave(WaveChunks)
  case extent(SampleExtent)
  case mpeg
  case other

  /// Throws where the file cannot be read or holds several recordings, of which a decoder would give only the first.
  ///
  /// - Parameter isSearched: whether OGG and FLAC files are read through for such a second recording.
  init(ofFile path: String, isSearched: Bool = true) throws(MusicError) {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw MusicError(
        .unreadable, path: path, "is a folder, a pipe or a device; sound is read from regular files: write it to one")
    }
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? file.close() }
      var start = [UInt8](try file.read(upToCount: 12) ?? Data())
      let tag = Self.tagLength(start)
      if tag > 0 {
        try file.seek(toOffset: UInt64(tag))
        start = [UInt8](try file.read(upToCount: 12) ?? Data())
      }
      if !isSearched, start.starts(with: "OggS".utf8) || start.starts(with: "fLaC".utf8) {
        self = .other
      } else {
        self = try Self.format(of: start, tag: tag, file: file, path: path)
      }
    } catch let error as MusicError {
      throw error
    } catch {
      throw MusicError(
        .unreadable, path: path, "cannot be opened (\(error.localizedDescription)): is it there, and may it be read?")
    }
  }

  func stream(path: String) throws(MusicError) -> any SoundStream {
    switch self {
    case .wave(let chunks): try SndFileStream(path: path, wave: chunks)
    case .extent(let extent): try SndFileStream(path: path, extent: extent)
    case .mpeg: try MPEGStream(path: path)
    case .other: try SndFileStream(path: path)
    }
  }

  private static func format(of start: [UInt8], tag: Int, file: FileHandle, path: String) throws -> SoundFormat {
    let name = String(decoding: start.prefix(4), as: UTF8.self)
    switch name {
    case "RIFF" where start.dropFirst(8).elementsEqual("WAVE".utf8):
      return .wave(try WaveChunks(file, path: path))
    case "OggS":
      if let second = try OggPages.secondStream(file) { throw several(path, at: second) }
      return .other
    case "fLaC":
      if let second = try FLACMarks.second(file, after: tag) { throw several(path, at: second) }
      return .other
    case "RIFX", "RF64", "FORM", "caff", ".snd", "riff":
      return try SampleExtent(file, name: name, path: path).map(SoundFormat.extent) ?? .other
    default:
      let isMPEG = start.count > 1 && start[0] == 0xFF && start[1] & 0xE0 == 0xE0
      let suffix = URL(fileURLWithPath: path).pathExtension.lowercased()
      return isMPEG || tag > 0 || ["mp3", "mp2", "mpga", "mpeg"].contains(suffix) ? .mpeg : .other
    }
  }

  static func several(_ path: String, at offset: Int) -> MusicError {
    MusicError(
      .unsupported, path: path, offset: offset,
      "a second recording begins here, which would not be heard: decode it to one file, such as a WAV, or give its parts as files"
    )
  }

  /// Bytes of an ID3v2 tag at the start: ten, and a length of four times seven bits.
  private static func tagLength(_ start: [UInt8]) -> Int {
    guard start.count >= 10, start.starts(with: "ID3".utf8), start[6..<10].allSatisfy({ $0 < 0x80 }) else { return 0 }
    return 10 + start[6..<10].reduce(0) { $0 << 7 | Int($1) } + (start[5] & 0x10 != 0 ? 10 : 0)
  }
}

/// The pages of an OGG file (RFC 3533).
enum OggPages {
  /// Where a stream begins after data of another: at a page marked as a beginning that follows one not marked so.
  static func secondStream(_ file: FileHandle) throws -> Int? {
    var offset: UInt64 = 0
    var hasData = false
    while true {
      try file.seek(toOffset: offset)
      guard let header = try file.read(upToCount: 27), header.count == 27, header.starts(with: "OggS".utf8) else { return nil }
      let bytes = [UInt8](header)
      let isBeginning = bytes[5] & 2 != 0
      if isBeginning, hasData { return Int(offset) }
      hasData = hasData || !isBeginning
      let segments = [UInt8](try file.read(upToCount: Int(bytes[26])) ?? Data())
      offset += UInt64(27 + segments.count + segments.reduce(0) { $0 + Int($1) })
    }
  }
}

/// Where FLAC streams begin: `fLaC` and a STREAMINFO block of 34 bytes (RFC 9639).
enum FLACMarks {
  static func second(_ file: FileHandle, after start: Int) throws -> Int? {
    let marks = [UInt8(0), 0x80].map { Data("fLaC".utf8) + Data([$0, 0, 0, 34]) }
    var offset = start + 4
    try file.seek(toOffset: UInt64(offset))
    var block = Data()
    while let more = try file.read(upToCount: 1 << 20), !more.isEmpty {
      // The end of the block before, in which a mark may have begun.
      block = Data(block.suffix(7)) + more
      if let found = marks.compactMap({ block.range(of: $0)?.lowerBound }).min() {
        return offset - (block.count - more.count) + found
      }
      offset += more.count
    }
    return nil
  }
}

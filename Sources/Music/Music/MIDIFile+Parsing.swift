import Timelines

extension MIDIFile {
  /// The file at a path, of which nothing is read beyond ``InputLimit/midiBytes``.
  package init(file path: String) throws(MusicError) {
    try self.init(parsing: try FileBytes.read(path, atMost: InputLimit.midiBytes), path: path)
  }

  /// Reads a file's bytes, or those of a file in a RIFF container (RMID); `path` is what errors name.
  ///
  /// Chunks of unknown kind, bytes after the last track and bytes after a track's end are passed over, and a track may lack its end
  /// event. Where a track's length leads to no chunk and not to the end of the file, the track is read up to its end event; tracks beyond
  /// the number that the header announces are read too. Running status goes on after meta events and system data, as other programs
  /// have it. Everything else that breaks the format throws with the byte where it does: fewer chunks than announced too.
  package init(parsing bytes: [UInt8], path: String) throws(MusicError) {
    var cursor = try Self.body(of: ByteCursor(bytes, path: path))
    let start = cursor.position
    try cursor.move(to: start + 4, for: "the header")
    let length = try cursor.bigEndian(4, of: "the header")
    var header = try cursor.part(length, of: "the header")
    format = try header.bigEndian(2, of: "the header")
    let count = try header.bigEndian(2, of: "the header")
    division = try Self.division(&header)
    guard format == 0 || format == 1 else {
      throw cursor.error("has format \(format); allowed are 0 and 1: convert it", at: start + 8)
    }
    guard count > 0, format == 1 || count == 1 else {
      throw cursor.error(
        "announces \(count) tracks; format \(format) has \(format == 0 ? "exactly one" : "at least one")", at: start + 10)
    }
    (tracks, ends) = ([], [])
    var others = 0
    while cursor.bytesLeft >= 8 {
      if cursor.stands("MTrk") {
        let (events, end) = try Self.track(&cursor)
        tracks.append(events)
        ends.append(end)
      } else if cursor.stands("MThd") {
        throw cursor.error("a second file begins here: give the two files apart")
      } else if let next = cursor.chunkEnd(at: cursor.position) {
        try cursor.move(to: next, for: "a chunk")
        others += 1
      } else if let next = cursor.firstIndex(of: "MTrk") {
        try cursor.move(to: next, for: "a track")
      } else {
        break
      }
    }
    // Some programs count chunks of their own among the tracks.
    guard tracks.count + others >= count, !tracks.isEmpty else {
      throw cursor.error(
        "ends after \(tracks.count) of the \(count) tracks that its header announces: get the file anew, or correct the count")
    }
  }

  /// The bytes from `MThd` on: all of them, or those in the data chunk of a RIFF container.
  private static func body(of file: ByteCursor) throws(MusicError) -> ByteCursor {
    var cursor = file
    guard cursor.bytesLeft <= InputLimit.midiBytes else {
      throw MusicError(
        .unsupported, path: file.path,
        "has \(cursor.bytesLeft) bytes; at most \(InputLimit.midiBytes) are allowed for a MIDI file: cut it into parts")
    }
    if cursor.stands("MThd") { return cursor }
    if cursor.stands("RIFF"), cursor.bytes.dropFirst(8).starts(with: "RMID".utf8) {
      try cursor.move(to: 12, for: "the container")
      while cursor.bytesLeft >= 8 {
        let isData = cursor.stands("data")
        try cursor.move(to: cursor.position + 4, for: "a chunk of the container")
        let size = try cursor.littleEndian32(of: "a chunk of the container")
        // Writers to a pipe cannot know the size.
        let inside = size < 0 ? cursor.bytesLeft : min(size, cursor.bytesLeft)
        let part = try cursor.part(inside, of: "a chunk of the container")
        if isData, part.stands("MThd") { return part }
        if inside % 2 == 1, !cursor.isAtEnd { try cursor.move(to: cursor.position + 1, for: "a chunk of the container") }
      }
      throw file.error("is a RIFF container of kind RMID without a MIDI file in it", at: 0)
    }
    let place = cursor.firstIndex(of: "MThd").map { ", which stands at byte \($0): cut off what comes before" } ?? ""
    throw file.error("is no Standard MIDI File: it does not begin with 'MThd'\(place)", at: 0)
  }

  /// The track whose chunk begins at the cursor, which moves to where the next chunk may begin.
  private static func track(_ cursor: inout ByteCursor) throws(MusicError) -> (events: [MIDIEvent], end: Int) {
    try cursor.move(to: cursor.position + 4, for: "a track")
    let size = try cursor.bigEndian(4, of: "a chunk's length")
    let start = cursor.position
    let announced = start + size
    var chunk = cursor
    if announced == cursor.end || cursor.chunkEnd(at: announced) != nil {
      chunk = try cursor.part(size, of: "a chunk")
      let track = try MIDITrackReader.track(&chunk, isLengthTrue: true)
      // A length that covers the next tracks as well would hide them.
      if chunk.position < announced, chunk.stands("MTrk") { try cursor.move(to: chunk.position, for: "a track") }
      return track
    }
    do {
      let track = try MIDITrackReader.track(&chunk, isLengthTrue: false)
      try cursor.move(to: chunk.position, for: "a track")
      return track
    } catch {
      guard size > cursor.bytesLeft else { throw error }
      throw cursor.error(
        "ends inside a chunk: \(size) bytes are announced, \(cursor.bytesLeft) are left, and no end of the track is among them "
          + "(\(error.offset.map { "byte \($0): " } ?? "")\(error.message))", at: start)
    }
  }
}

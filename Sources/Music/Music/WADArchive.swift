/// A WAD file, the archive of Doom and its free successors: named lumps of bytes, some of them MIDI files.
///
/// Header: `IWAD` or `PWAD`, number of lumps, offset of the directory; a directory entry: offset, size, name of eight characters. All
/// numbers are 32 bit, little-endian.
package struct WADArchive: Sendable {
  package struct Lump: Sendable, Hashable {
    package var name: String
    /// A part of the file's bytes, not a copy: lumps may share bytes.
    package var bytes: ArraySlice<UInt8>
  }

  /// In the order of the directory.
  package let lumps: [Lump]

  /// Reads an archive's bytes; `path` is what errors name.
  ///
  /// Throws where a lump lies outside the file, or lumps with music share some of their bytes: those together exceed the file.
  package init(parsing bytes: [UInt8], path: String) throws(MusicError) {
    var cursor = ByteCursor(bytes, path: path)
    let magic = try cursor.slice(4, of: "the header")
    guard magic.elementsEqual("IWAD".utf8) || magic.elementsEqual("PWAD".utf8) else {
      throw cursor.error("is no WAD file: it begins with neither 'IWAD' nor 'PWAD'", at: 0)
    }
    let count = try cursor.littleEndian32(of: "the header")
    let directory = try cursor.littleEndian32(of: "the header")
    guard count >= 0, count <= bytes.count / 16 else {
      throw cursor.error("announces \(count) lumps, more than fit into its \(bytes.count) bytes", at: 4)
    }
    var lumps: [Lump] = []
    for index in 0..<count {
      try cursor.move(to: directory + 16 * index, for: "entry \(index) of the directory")
      let offset = try cursor.littleEndian32(of: "the directory")
      let size = try cursor.littleEndian32(of: "the directory")
      let name = try cursor.slice(8, of: "the directory").prefix { $0 != 0 }
      // Markers are empty lumps, whose offset means nothing.
      if size != 0 { try cursor.move(to: offset, for: "lump \(index)") }
      let body = size == 0 ? [] : try cursor.slice(size, of: "lump \(index)")
      lumps.append(Lump(name: String(decoding: name, as: UTF8.self), bytes: body))
    }
    self.lumps = lumps
    let total = music.reduce(0) { $0 + $1.bytes.count }
    guard total <= bytes.count else {
      throw cursor.error(
        "its music lumps overlap: together they have \(total) bytes, the file has \(bytes.count): get the archive anew",
        at: directory)
    }
  }

  /// The lumps that hold music in MIDI: named `D_…` and beginning with `MThd`; of lumps that share all their bytes, the first.
  package var music: [Lump] {
    var places: Set<Range<Int>> = []
    return lumps.filter {
      $0.name.hasPrefix("D_") && $0.bytes.starts(with: "MThd".utf8) && places.insert($0.bytes.indices).inserted
    }
  }
}

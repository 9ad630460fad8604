import Files

extension Safetensors {
  /// The entry of the metadata that holds the checksum of everything else.
  package static let checksumKey = "takt-checksum"

  /// The same with a checksum among its metadata, which every reader of Takt checks: a file that lost a sector or was cut is told from what
  /// was written, wherever it was copied to.
  ///
  /// It is of names, shapes, elements and metadata in the order of their names, so another tool may write the same content anew. Whoever
  /// changes the content leaves the entry out.
  package func summed() -> Safetensors {
    var file = self
    file.metadata[Self.checksumKey] = checksum
    return file
  }

  /// Throws `.damaged` where the metadata hold a checksum of other content.
  func checkSum() throws(SafetensorsError) {
    guard let written = metadata[Self.checksumKey] else { return }
    let seen = checksum
    guard written == seen else {
      throw SafetensorsError(
        .damaged,
        "its content has the checksum \(seen), and \(written) was written: it was damaged or changed. Restore it from a copy; whoever "
          + "changed it on purpose leaves out \"\(Self.checksumKey)\" of its metadata")
    }
  }

  /// Of names, shapes, elements and metadata but the checksum itself: FNV-1a over 64-bit words of the length and the bytes of each part, in
  /// hexadecimal.
  package var checksum: String {
    var hash = FNV1a()
    func add(_ word: UInt64) { hash.add(word) }
    func add(_ raw: UnsafeRawBufferPointer) {
      add(UInt64(raw.count))
      let words = raw.count / 8
      for index in 0..<words {
        add(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)))
      }
      for byte in raw[(8 * words)...] { add(UInt64(byte)) }
    }
    func add(_ text: String) { Array(text.utf8).withUnsafeBytes { add($0) } }
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) where key != Self.checksumKey {
      add(key)
      add(value)
    }
    for entry in entries.sorted(by: { $0.name < $1.name }) {
      add(entry.name)
      for size in entry.tensor.shape { add(UInt64(size)) }
      entry.tensor.withUnsafeBufferPointer { add(UnsafeRawBufferPointer($0)) }
    }
    return "fnv1a64-" + hash.hexadecimal
  }
}

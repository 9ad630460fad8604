/// Why bytes are no safetensors file that can be read here, with the remedy in its message.
public struct SafetensorsError: Error, Sendable, Hashable, CustomStringConvertible {
  public struct Code: Sendable, Hashable {
    private enum Storage { case truncated, badHeader, unsupportedType, badLayout, missingTensor, wrongShape, damaged }
    private let storage: Storage
    /// Fewer bytes than the file says it has.
    package static let truncated = Code(storage: .truncated)
    /// A header that is not the JSON object the format asks for, or names a tensor twice.
    package static let badHeader = Code(storage: .badHeader)
    /// Elements that are no numbers a 32-bit float holds.
    package static let unsupportedType = Code(storage: .unsupportedType)
    /// Tensors that overlap, leave gaps or do not fit their shapes.
    package static let badLayout = Code(storage: .badLayout)
    /// A tensor that was asked for is not there.
    package static let missingTensor = Code(storage: .missingTensor)
    /// A tensor has another shape than asked for.
    package static let wrongShape = Code(storage: .wrongShape)
    /// Content that is not what the file's own checksum is of.
    package static let damaged = Code(storage: .damaged)
  }

  package let code: Code
  public let message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}

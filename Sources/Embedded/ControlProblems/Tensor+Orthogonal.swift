import Randomness
import RealModule
import Tensors

extension Tensor {
  /// A matrix [`rows`, `columns`] whose rows, or columns where there are more rows, are orthogonal and `gain` long.
  ///
  /// Normal deviates, made orthogonal one after another (modified Gram and Schmidt, in `Double`), which draws from the uniform
  /// distribution over such matrices. Saxe, McClelland and Ganguli 2014, *Exact Solutions to the Nonlinear Dynamics of
  /// Learning in Deep Linear Neural Networks*.
  init(orthogonal rows: Int, _ columns: Int, gain: Double, using stream: inout RandomStream) {
    let (count, length) = (Swift.min(rows, columns), Swift.max(rows, columns))
    let normal = Tensor(normal: [count, length], standardDeviation: 1, using: &stream)
    var basis: [[Double]] = []
    for index in 0..<count {
      var vector = normal.row(index).map { Double($0) }
      for other in basis {
        let share = zip(vector, other).reduce(0) { $0 + $1.0 * $1.1 }
        for place in 0..<length { vector[place] -= share * other[place] }
      }
      let norm = Double.sqrt(vector.reduce(0) { $0 + $1 * $1 })
      basis.append(vector.map { $0 / norm })
    }
    self.init(shape: [rows, columns])
    for row in 0..<rows {
      for column in 0..<columns {
        self[row, column] = Float(gain * (rows <= columns ? basis[row][column] : basis[column][row]))
      }
    }
  }
}

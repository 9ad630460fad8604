import RealModule

/// A pole hinged on a cart that is pushed left or right at every step, so that the pole stays up: CartPole-v1.
///
/// With cart mass M, pole mass m, half length l, angle θ from upright and force F, and sin, cos of θ:
///
///     u = (F + m·l·θ̇²·sin θ) / (M + m)
///     θ̈ = (g·sin θ − u·cos θ) / (l·(4/3 − m·cos²θ / (M + m)))
///     ẍ = u − m·l·θ̈·cos θ / (M + m)
///
/// which one explicit Euler step of 0.02 s integrates. An episode fails where the cart leaves ±2.4 m or the pole ±12°, and is
/// cut off after 500 steps; each step, the last one too, earns 1, so that the return is at most 500.
///
/// Barto, Sutton and Anderson 1983, *Neuronlike Adaptive Elements That Can Solve Difficult Learning Control Problems*, appendix,
/// without friction; constants, bounds and limit are Gymnasium's.
package struct CartPole: Sendable, Hashable {
  /// m/s².
  package static let gravity = 9.8
  /// M, in kg.
  package static let cartMass = 1.0
  /// m, in kg.
  package static let poleMass = 0.1
  /// l, in m.
  package static let halfLength = 0.5
  /// |F|, in N.
  package static let force = 10.0
  /// s.
  package static let timeStep = 0.02
  /// m from the middle of the track.
  package static let positionLimit = 2.4
  /// Radians from upright: 12°.
  package static let angleLimit = 12 * 2 * Double.pi / 360
  package static let stepLimit = 500
  package static let observationSize = 4
  /// 0 pushes left, 1 right.
  package static let actionCount = 2

  /// Position in m, velocity in m/s, angle in radians, angular velocity in radians/s.
  package struct State: Sendable, Hashable {
    package var position, velocity, angle, angularVelocity: Double

    package init(position: Double, velocity: Double, angle: Double, angularVelocity: Double) {
      self.position = position
      self.velocity = velocity
      self.angle = angle
      self.angularVelocity = angularVelocity
    }
  }

  package enum Ending: Sendable, Hashable {
    /// Nothing follows: the value after the step is 0.
    case failure
    /// The episode would go on: the value after the step is that of its last state.
    case stepLimit
  }

  package private(set) var state: State
  /// Steps since the episode began.
  package private(set) var stepCount = 0

  package init(state: State) {
    self.state = state
  }

  /// An episode's beginning: each of the four numbers uniform in ±0.05.
  package init(using generator: inout some RandomNumberGenerator) {
    func number() -> Double { Double.random(in: -0.05...0.05, using: &generator) }
    self.init(state: State(position: number(), velocity: number(), angle: number(), angularVelocity: number()))
  }

  /// Pushes for one step, which earns 1; tells whether the episode ended with it, and how.
  package mutating func step(_ action: Int) -> Ending? {
    precondition((0..<Self.actionCount).contains(action), "action \(action) of a cart that goes left (0) or right (1)")
    let (linear, angular) = Self.accelerations(state, force: action == 1 ? Self.force : -Self.force)
    state = State(
      position: state.position + Self.timeStep * state.velocity, velocity: state.velocity + Self.timeStep * linear,
      angle: state.angle + Self.timeStep * state.angularVelocity,
      angularVelocity: state.angularVelocity + Self.timeStep * angular)
    stepCount += 1
    if state.position.magnitude > Self.positionLimit || state.angle.magnitude > Self.angleLimit { return .failure }
    return stepCount >= Self.stepLimit ? .stepLimit : nil
  }

  /// ẍ in m/s² and θ̈ in radians/s².
  package static func accelerations(_ state: State, force: Double) -> (linear: Double, angular: Double) {
    let (sine, cosine) = (Double.sin(state.angle), Double.cos(state.angle))
    let mass = cartMass + poleMass
    let push = (force + poleMass * halfLength * state.angularVelocity * state.angularVelocity * sine) / mass
    let angular =
      (gravity * sine - cosine * push) / (halfLength * (4.0 / 3 - poleMass * cosine * cosine / mass))
    return (push - poleMass * halfLength * angular * cosine / mass, angular)
  }

  /// What the policy sees, written to `observation[0..<4]`: position, velocity, angle, angular velocity.
  func observe(into observation: UnsafeMutablePointer<Float>) {
    observation[0] = Float(state.position)
    observation[1] = Float(state.velocity)
    observation[2] = Float(state.angle)
    observation[3] = Float(state.angularVelocity)
  }
}

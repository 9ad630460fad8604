import ControlProblems
import Randomness
import RealModule
import Testing

struct CartPoleTests {
  @Test func aPushFromRestTurnsThePoleTheOtherWay() {
    var problem = CartPole(state: .init(position: 0, velocity: 0, angle: 0, angularVelocity: 0))
    let ending = problem.step(1)
    // θ̈ = −(10/1.1) / (½(4/3 − 1/11)) = −600/41, ẍ = 10/1.1 + (0.05/1.1)·600/41 = 400/41; times 0.02 s.
    #expect(ending == nil)
    #expect((problem.state.velocity - 8.0 / 41).magnitude < 1e-15)
    #expect((problem.state.angularVelocity + 12.0 / 41).magnitude < 1e-15)
    #expect(problem.state.position == 0 && problem.state.angle == 0, "Euler's step moves positions by the old velocities")
  }

  /// The two Lagrange equations of a cart with a uniform rod, in the form in which they are derived.
  @Test func accelerationsSolveTheLagrangeEquations() {
    var stream = RandomStream(seed: 4)
    for _ in 0..<100 {
      let state = CartPole.State(
        position: 0, velocity: stream.uniform(in: -3...3), angle: stream.uniform(in: -3...3),
        angularVelocity: stream.uniform(in: -5...5))
      let force = stream.uniform(in: -20...20)
      let (linear, angular) = CartPole.accelerations(state, force: force)
      let (sine, cosine) = (Double.sin(state.angle), Double.cos(state.angle))
      let lever = CartPole.poleMass * CartPole.halfLength
      let cart =
        (CartPole.cartMass + CartPole.poleMass) * linear
        + lever * (angular * cosine - state.angularVelocity * state.angularVelocity * sine)
      let rod = 4.0 / 3 * CartPole.halfLength * angular + linear * cosine
      #expect((cart - force).magnitude < 1e-11)
      #expect((rod - CartPole.gravity * sine).magnitude < 1e-11)
    }
  }

  @Test func mirroredStatesAndPushesMoveInMirrors() {
    var left = CartPole(state: .init(position: 0.3, velocity: -0.2, angle: 0.05, angularVelocity: 0.4))
    var right = CartPole(state: .init(position: -0.3, velocity: 0.2, angle: -0.05, angularVelocity: -0.4))
    for action in [0, 1, 1, 0, 1] {
      _ = left.step(action)
      _ = right.step(1 - action)
    }
    #expect(left.state.position == -right.state.position)
    #expect(left.state.angle == -right.state.angle)
    #expect(left.state.angularVelocity == -right.state.angularVelocity)
  }

  @Test func episodesBeginNearTheMiddleAndDifferBySeed() {
    var (first, second) = (RandomStream(seed: 1), RandomStream(seed: 2))
    let (one, other) = (CartPole(using: &first), CartPole(using: &second))
    #expect(one != other)
    for state in [one.state, other.state] {
      for number in [state.position, state.velocity, state.angle, state.angularVelocity] { #expect(number.magnitude <= 0.05) }
    }
  }

  @Test func leavingTheTrackOrFallingFails() {
    var fast = CartPole(state: .init(position: 2.39, velocity: 1, angle: 0, angularVelocity: 0))
    #expect(fast.step(1) == .failure)
    var falling = CartPole(state: .init(position: 0, velocity: 0, angle: 0.2, angularVelocity: 1))
    #expect(falling.step(0) == .failure)
    var constant = CartPole(state: .init(position: 0, velocity: 0, angle: 0, angularVelocity: 0))
    var steps = 1
    while constant.step(1) == nil { steps += 1 }
    // From rest the pole turns by about 0.02·0.2927·n(n − 1)/2 radians in n steps, past 0.2094 at n = 9.
    #expect(steps == 9)
  }

  /// A linear feedback that is known to keep the pole up.
  @Test func episodesAreCutOffAfter500Steps() {
    var stream = RandomStream(seed: 9)
    var problem = CartPole(using: &stream)
    var ending: CartPole.Ending?
    while ending == nil {
      let state = problem.state
      let pull = 0.1 * state.position + 0.2 * state.velocity + 3 * state.angle + 0.8 * state.angularVelocity
      ending = problem.step(pull > 0 ? 1 : 0)
    }
    #expect(ending == .stepLimit)
    #expect(problem.stepCount == 500)
  }
}

import Options

/// How the value head learns; what is not given is the profile's choice.
public struct ValueOptions: Sendable, Hashable {
  var clip: Double?
  var form: ValueLoss.Form?
  var coefficient: Double?

  /// A value loss of which the choices named here are given.
  ///
  /// - Parameters:
  ///   - clip: c, how far a value moves from the one at sampling time before it stops counting, 0…10⁶ in units of return; 0 is none.
  ///     Default none (Andrychowicz et al. 2021), of TRL 0.2, of verl and OpenRLHF 0.5.
  ///   - form: The larger of two squares, halved, or one square. Default `clippedMaximum`, of Stable-Baselines3 `clippedSquare`.
  ///   - coefficient: The weight of the value loss, 0…1000. Default 0.5, of TRL 0.1, of verl and OpenRLHF 1.
  public init(clip: Double? = nil, form: ValueLoss.Form? = nil, coefficient: Double? = nil) {
    self.clip = clip
    self.form = form
    self.coefficient = coefficient
  }

  func loss(_ options: inout OptionReader, _ choices: ProfileChoices) -> (coefficient: Double, term: ValueLoss) {
    options.section("value") { options in
      let clip = options.number(
        "clip", default: clip ?? choices.valueClip, in: 0...1e6, unit: "return", help: "c; 0 is none")
      let form = options.choice("form", default: form ?? choices.valueForm, help: "maximum of two squares, or one square")
      let coefficient = options.number(
        "coefficient", default: coefficient ?? choices.valueCoefficient, in: 0...1000, help: "weight of the value loss")
      return (coefficient, ValueLoss(form: form, clip: positive(clip)))
    }
  }
}

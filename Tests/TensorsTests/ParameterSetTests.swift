import Tensors
import Testing

@Suite struct ParameterSetTests {
  @Test func parametersKeepTheirOrderAndNames() {
    var parameters = ParameterSet()
    let ids = ["z", "a", "m"].map { parameters.add($0, Tensor(shape: [$0 == "a" ? 5 : 2])) }
    #expect(parameters.names == ["z", "a", "m"] && parameters.ids == ids)
    #expect(parameters.id(named: "a") == ids[1] && parameters.id(named: "b") == nil)
    #expect(parameters.name(of: ids[2]) == "m")
    #expect(parameters.elementCount == 9)
    parameters.setTrainable(false, ids[1])
    #expect(parameters.trainableElementCount == 4 && !parameters.isTrainable(ids[1]))
  }

  @Test func aCopyIsNotMovedByTheOriginal() {
    var parameters = ParameterSet()
    let id = parameters.add("p", Tensor(shape: [2]))
    let frozen = parameters
    parameters[id] = Tensor(shape: [2], repeating: 1)
    #expect(frozen[id].values == [0, 0] && parameters[id].values == [1, 1])
  }
}

import Music
import Randomness
import Testing

@Suite struct TempoMapTests {
  @Test func beatsAndTimesAreInverse() {
    var random = RandomStream(seed: 1)
    var map = TempoMap(beatsPerMinute: 90)
    var beat = 0.0
    for _ in 0..<20 {
      beat += random.uniform(in: 0.5...8)
      map.change(atBeat: beat, to: random.uniform(in: 40...200))
    }
    var before = -1.0
    for step in 0..<1000 {
      let beat = Double(step) * 0.2
      let time = map.time(ofBeat: beat)
      #expect(time > before)
      #expect(abs(map.beat(ofTime: time) - beat) < 1e-9)
      before = time
    }
  }

  @Test func changesCountFromTheirBeat() {
    var map = TempoMap(beatsPerMinute: 60)
    map.change(atBeat: 4, to: 120)
    #expect(map.time(ofBeat: 4) == 4)
    #expect(map.time(ofBeat: 6) == 5)
    #expect(map.beat(ofTime: 5) == 6)
  }

  @Test func aChangeAtTheSameBeatReplaces() {
    var map = TempoMap(beatsPerMinute: 60)
    map.change(atBeat: 0, to: 120)
    #expect(map.changes.count == 1)
    #expect(map.time(ofBeat: 2) == 1)
  }
}

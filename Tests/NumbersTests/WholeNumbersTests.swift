import Numbers
import Testing

struct WholeNumbersTests {
  @Test(arguments: [
    (0.0, 0), (-0.0, 0), (3.9, 3), (-3.9, -3), (1e300, Int.max), (-1e300, Int.min), (.infinity, Int.max), (-.infinity, Int.min),
    (.nan, 0), (9_223_372_036_854_775_808, Int.max), (9_223_372_036_854_774_784, 9_223_372_036_854_774_784),
    (-9_223_372_036_854_775_808, Int.min), (2_251_799_813_685_249.5, 2_251_799_813_685_249),
  ])
  func saturatesTowardZero(value: Double, whole: Int) {
    #expect(Int(saturating: value) == whole)
  }

  @Test func roundsAsAsked() {
    #expect(Int(saturating: 2.5.rounded(.toNearestOrEven)) == 2)
    #expect(Int(saturating: 2.5.rounded()) == 3)
    #expect(Int(saturating: (-2.1).rounded(.down)) == -3)
    #expect(Int(saturating: 2.1.rounded(.up)) == 3)
    #expect(UInt8(saturating: 254.6.rounded()) == 255)
  }

  @Test func narrowTypesSaturateAtTheirOwnBounds() {
    #expect(UInt8(saturating: 256.0) == 255 && UInt8(saturating: -1.0) == 0 && UInt8(saturating: 255.9) == 255)
    #expect(Int32(saturating: 3e9 as Float) == Int32.max && Int32(saturating: -3e9 as Float) == Int32.min)
    #expect(Int32(saturating: 2_147_483_647.0) == Int32.max && Int32(saturating: 2_147_483_646.5) == 2_147_483_646)
    #expect(UInt64(saturating: 1.8446744073709552e19) == UInt64.max && UInt64(saturating: Float.nan) == 0)
    #expect(UInt64(saturating: 9.3e18) == 9_300_000_000_000_000_000)
  }

  @Test func checkedRefusesWhatDoesNotFit() {
    #expect(Int(checked: 3.7) == 3 && Int(checked: -3.7) == -3 && Int(checked: -0.2) == 0)
    #expect(Int(checked: 9_223_372_036_854_775_808.0) == nil && Int(checked: -9_223_372_036_854_775_808.0) == Int.min)
    #expect(Int(checked: Double.nan) == nil && Int(checked: Double.infinity) == nil && UInt8(checked: 256 as Float) == nil)
  }
}

import Options
import Testing

private protocol Drink: Sendable {
  static var name: String { get }
  init(options: inout OptionReader)
}

private struct Tea: Drink {
  static let name = "tea"
  let minutes: Double

  init(options: inout OptionReader) {
    minutes = options.number("minutes", default: 3, in: 1...10, unit: "min", help: "in the pot")
  }
}

private struct Water: Drink {
  static let name = "water"

  init(options: inout OptionReader) {}
}

private struct OtherTea: Drink {
  static let name = "tea"

  init(options: inout OptionReader) {}
}

private struct Nameless: Drink {
  static let name = "hot drink"

  init(options: inout OptionReader) {}
}

struct CatalogTests {
  private static let empty = Catalog<any Drink.Type, any Drink>(
    "drink", name: { $0.name }, summary: { "\($0.name) to drink" }, make: { $0.init(options: &$1) })

  private func read(_ map: [(String, OptionValue.Content)]) -> OptionReader {
    OptionReader(OptionValue(.map(map.map { OptionEntry(key: $0, value: OptionValue($1)) })))
  }

  @Test func partsStandInTheirOrderAndAreFoundByName() throws {
    let catalog = try Self.empty.adding([Water.self]).adding([Tea.self])
    #expect(catalog.names == ["water", "tea"])
    #expect(catalog["tea"] == Tea.self)
    #expect(catalog["milk"] == nil)
    #expect(catalog.plural == "drinks" && catalog.key == "drink")
    #expect(catalog.summary(of: Tea.self) == "tea to drink")
    #expect(catalog.descriptions(of: Tea.self).map(\.key) == ["minutes"])
  }

  @Test func aTakenNameIsAnErrorThatNamesBothTypes() throws {
    let catalog = try Self.empty.adding([Tea.self])
    let error = #expect(throws: CatalogError.self) { try catalog.adding([Water.self, OtherTea.self]) }
    let text = try #require(error).description
    #expect(text.hasPrefix("two drinks are named 'tea': OptionsTests."))
    #expect(text.contains(".Tea and OptionsTests.") && text.contains(".OtherTea; give one another name"))
    #expect(throws: CatalogError.self) { try Self.empty.adding([Water.self, Water.self]) }
  }

  @Test func aNameThatNoFileCouldWriteIsRefused() {
    let error = #expect(throws: CatalogError.self) { try Self.empty.adding([Nameless.self]) }
    #expect(error?.description.hasPrefix("'hot drink' cannot name the drink OptionsTests.") == true)
  }

  @Test func aPartReadsItsOptionsBesideItsName() throws {
    let catalog = try Self.empty.adding([Tea.self])
    var options = read([("drink", .text("tea")), ("minutes", .number(5))])
    let tea = try #require(catalog.make(options: &options) as? Tea)
    try options.finish()
    #expect(tea.minutes == 5)
    #expect(options.descriptions[0].help == "name of the drink; `takt list drinks` shows them")
  }

  @Test func anUnknownNameSaysWhatIsKnownAndWhatWasMeant() throws {
    let catalog = try Self.empty.adding([Water.self, Tea.self])
    let expected = "no drink is named 'watr'; did you mean 'water'? known: water, tea"
    var options = read([("drink", .text("watr")), ("minutes", .number(5))])
    #expect(catalog.make(options: &options) == nil)
    #expect(options.closed().map(\.description) == ["drink: \(expected)"])
    #expect { try catalog.part(named: "watr") } throws: { "\($0)" == expected }
    #expect { try catalog.part(named: "beer") } throws: { "\($0)" == "no drink is named 'beer'; known: water, tea" }
  }

  @Test func aListTakesNamesAndMaps() throws {
    let catalog = try Self.empty.adding([Water.self, Tea.self])
    let tea = OptionValue(
      .map([
        OptionEntry(key: "drink", value: OptionValue(.text("tea"))),
        OptionEntry(key: "minutes", value: OptionValue(.number(4))),
      ]))
    var options = read([("drinks", .list([OptionValue(.text("water")), tea, OptionValue(.text("wine"))]))])
    let drinks = catalog.makeList("drinks", options: &options)
    #expect(drinks.count == 2 && (drinks[1] as? Tea)?.minutes == 4)
    #expect(options.closed().map(\.description) == ["drinks[2].drink: no drink is named 'wine'; known: water, tea"])
    var none = read([])
    #expect(catalog.makeList("drinks", options: &none, default: ["water"]).count == 1)
  }
}

import Testing

@testable import AttunePlatform

/// The one notification, and all that it says.
@MainActor
struct SystemNoticesTests {
  private let center = TestCenter()

  // Holds: 75
  @Test func itSaysThatThereIsAnUpdateAndNoMore() throws {
    let catalog = try TestWords()
    let notices = SystemNotices(center: center, words: catalog.text, isInFront: { false })
    notices.post()
    notices.post()
    #expect(center.shown == ["You have an update."])
    notices.clear()
    #expect(center.shown.isEmpty)
  }

  @Test func whoHasTheAppBeforeThemIsToldNothing() {
    SystemNotices(center: center, words: { $0 }, isInFront: { true }).post()
    #expect(center.shown.isEmpty)
  }

  @Test func whetherItMayBeShownIsTheSystemsToSay() async {
    let notices = SystemNotices(center: center, words: { $0 }, isInFront: { false })
    #expect(await notices.wouldAsk())
    for allowed in [true, false] {
      center.allows = allowed
      let (asked, may) = (await notices.ask(), await notices.isAllowed())
      #expect(asked == allowed && may == allowed)
    }
    #expect(await !notices.wouldAsk(), "once")
  }
}

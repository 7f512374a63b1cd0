import Attune
import AttuneModel
@_spi(Drawing) import SwiftUI
import Testing

@testable import AttuneUI

/// Linking this phone: what is typed and scanned, and what is said of it.
@Suite(.serialized, .timeLimit(.minutes(5))) @MainActor struct LinkingTests {
  private func held(_ state: JoinState, camera: StandInCamera? = nil) -> Held<JoinState, JoinEvent> {
    Held(state) { state, on in JoinView(state: state, on: on).environment(\.viewfinder, camera) }
  }

  // Holds: 60
  @Test func aLinkAndEightWordsWithTheirAddressAreTyped() throws {
    let link = held(JoinState(by: .link))
    try link.type(.linkByLink, MadePeople.link)
    guard case .code(MadePeople.link) = try link.only() else { return #expect(Bool(false), "not the link") }
    #expect(!link.offers(.linkAddress))
    link.show { $0 = MadePeople.typed(link: MadePeople.link, .link, relay: MadePeople.relay) }
    #expect(link.says(.linkWhole) && link.says(.own(MadePeople.relay)))
    try link.press(.linkTo)
    guard case .join = try link.only() else { return #expect(Bool(false), "not tried") }

    let words = held(MadePeople.typed("anchor basin cedar dawn eagle fern glass harbor", .words))
    #expect(words.says(.pairRelayNeeded))
    #expect(try !words.control(.linkTo).isEnabled)
    try words.type(.linkAddress, MadePeople.relay)
    guard case .relay(MadePeople.relay) = try words.only() else { return #expect(Bool(false), "not the address") }
    words.show { $0.relay = MadePeople.relay }
    #expect(!words.says(.pairRelayNeeded))
    #expect(try words.control(.linkTo).isEnabled)
    try words.type(.peopleName, "Sam")
    guard case .name("Sam") = try words.only() else { return #expect(Bool(false), "not the name") }
  }

  // Holds: 61
  @Test func wordsAreCompletedAndWhatIsWrongWithACodeIsSaid() throws {
    let screen = held(MadePeople.typed("anchor ea", .wordCount, ["eager", "eagle"]))
    #expect(screen.says(.linkWordDidYouMean) && screen.says(.linkWord(number: 2)))
    try screen.press(.own("eagle"))
    guard case .complete("eagle") = try screen.only() else { return #expect(Bool(false), "not completed") }

    let eight = "anchor basin cedar dawn eagle fern glass harbor"
    let said: [(JoinState, [Words])] = [
      (MadePeople.typed(link: "x", .notOurs), [.pairBad]),
      (MadePeople.typed(link: "x", .relayUnusable), [.linkRelayUnusable]),
      (MadePeople.typed(link: "x", .newerNeeded), [.pairNewer]),
      (MadePeople.typed(link: "x", .notWhole), [.pairCut]),
      (MadePeople.typed(eight + " lagoon", .wordCount), [.pairWordCount(count: 9)]),
      (MadePeople.typed(eight, .unknownWord, word: 3), [.linkWord(number: 3), .linkWordUnknown]),
      (MadePeople.typed(eight, .unknownWord), [.pairWordUnknown]),
      (MadePeople.typed(eight, .words), [.linkWordsWhole, .pairRelayNeeded]),
    ]
    for (state, lines) in said { #expect(state.checkLines == lines, "\(lines[0].text)") }
    // A last word that is still being typed is not told to be wrong, and nothing is said before anything was typed.
    #expect(MadePeople.typed("anchor ea", .unknownWord, ["eagle"], word: 2).checkLines == [.linkWord(number: 2)])
    #expect(JoinState().checkLines.isEmpty)
  }

  @Test func aCodeTeachesTheKeyboardNothing() throws {
    for (by, label) in [(JoinState.By.link, Words.linkByLink), (.words, .linkByWords)] {
      let screen = held(JoinState(by: by))
      // The way that is picked is called like its box.
      let field = try #require(screen.window.elements.first { $0.kind == .field && $0.label == label.text })
      let typing = try #require(field.typing)
      #expect(!typing.corrects && typing.capitals == .never && !typing.writes && typing.content == nil)
    }
  }

  // Holds: 62
  @Test func whatCameOfACodeIsSaidAndAnotherOneIsOnePressAway() throws {
    var state = JoinState()
    state.practice = MadePeople.practice(.codeSpent, stage: .ended, hasCard: false)
    let spent = held(state)
    #expect(spent.says(.pairSpent) && !spent.says(.pairWaiting))
    try spent.press(.linkAgain)
    guard case .again = try spent.only() else { return #expect(Bool(false), "not another one") }
    spent.show { $0.practice = MadePeople.practice(.secondClaim, compared: false) }
    #expect(spent.says(.pairDone(name: Made.therapist)) && spent.says(.pairUsedOther))
    spent.show { $0.practice = MadePeople.practice(.newerNeeded, stage: .waiting, hasCard: false) }
    #expect(spent.says(.syncPeerNewer) && spent.says(.linkWaitingSub))
    try spent.press(.syncNow)
    guard case .look = try spent.only() else { return #expect(Bool(false), "it does not look") }
    spent.show { $0.practice = MadePeople.practice(compared: false) }
    try spent.press(.peopleMatch)
    guard case .compare = try spent.only() else { return #expect(Bool(false), "no words to compare") }
  }

  // Holds: 60
  @Test func aCodeIsScannedAfterTheCameraWasAskedForAndItIsLetGo() async throws {
    let camera = StandInCamera()
    let screen = held(JoinState(by: .scan), camera: camera)
    #expect(camera.asked == 0 && !camera.isOpen)
    try screen.press(.linkCameraAllow)
    await until { screen.says(.linkFrame) }
    #expect(camera.asked == 1 && camera.isOpen && !screen.offers(.linkTo))
    camera.sees(MadePeople.link)
    guard case .scanned(MadePeople.link) = try screen.only() else { return #expect(Bool(false), "not what it saw") }
    camera.breaks()
    #expect(screen.says(.linkCameraNone) && !camera.isOpen)
  }

  // Holds: 60
  @Test func withoutACameraTheOtherWaysStay() async throws {
    let none = held(JoinState(by: .scan), camera: StandInCamera(isThere: false))
    #expect(none.says(.linkCameraNone) && !none.offers(.linkCameraAllow))
    let camera = StandInCamera(allows: false)
    let screen = held(JoinState(by: .scan), camera: camera)
    try screen.press(.linkCameraAllow)
    await until { screen.says(.linkCameraOff) }
    #expect(!camera.isOpen)
    try screen.press(.buttonSettings)
    #expect(screen.opened == [URL.phoneSettings] && screen.leaves == 1)
    // It was allowed in the phone's settings.
    screen.phase = .background
    _ = screen.window.elements
    camera.allows = true
    screen.phase = .active
    await until { screen.says(.linkFrame) }
    #expect(camera.isOpen)
    screen.isThere = false
    _ = screen.window.elements
    #expect(!camera.isOpen)
    #expect(none.offers(.linkByWords))
  }

  /// Lets what was begun on the main actor go on until something stands on the screen.
  private func until(_ isThere: () -> Bool) async {
    while !isThere() { await Task.yield() }
  }
}

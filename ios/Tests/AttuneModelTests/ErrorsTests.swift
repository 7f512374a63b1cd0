import Attune
import AttuneModel
import Testing

/// Each thing that the core can say leads to a screen or a line of its own kind.
@Suite struct ErrorsTests {
  // Holds: 16, 17, 94
  @Test func whatStopsAnOpeningSaysWhatIsTrue() {
    #expect(stopOf(.locked) == .later)
    #expect(stopOf(.keyGone) == .keyGone)
    #expect(stopOf(.damaged) == .damaged)
    #expect(stopOf(.newerVersion) == .newer)
    #expect(stopOf(.storage(.noRoom)) == .noRoom)
    #expect(stopOf(.storage(.busy)) == .busy)
    for why in [StorageTrouble.absent, .exists, .unavailable] {
      #expect(stopOf(.storage(why)) == .fault)
    }
    #expect(stopOf(.internal) == .fault)
  }

  // Holds: 94
  @Test func everyRuleThatDeclinesHasALineOfItsOwn() {
    let faults = Why.allCases.filter { noticeOf(.declined($0)) == .fault }
    // What no person can bring about: only a defect of the app could.
    #expect(faults == [.notWaiting, .badInput])
    let said = Why.allCases.map { noticeOf(.declined($0)) }
    // A copy of the other side is no copy of this one: the two are one line.
    #expect(Set(said).count == said.count - 2)
  }

  // Holds: 13, 94
  @Test func lockedIsNotGone() {
    #expect(noticeOf(.locked) == .later)
    #expect(stopOf(.locked) != stopOf(.keyGone))
    #expect(noticeOf(.wrongPasscode) == .wrongCode)
    for why in StorageTrouble.allCases {
      #expect([.noRoom, .notEmpty, .noStorage].contains(noticeOf(.storage(why))))
    }
  }
}

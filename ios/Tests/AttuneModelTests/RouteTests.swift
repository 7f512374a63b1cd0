import Attune
import AttuneModel
import Foundation
import Testing

/// What the system keeps of where a person was.
@Suite struct RouteTests {
  private let id = "0123456789abcdef0123456789abcdef"
  private let practice = PracticeId(value: 3)

  private var all: [Route] {
    let choice = CaseId(value: id)
    let moment = MisattunementId(value: 7)
    let full = RepairChoice(
      .writtenFollowUp, to: practice, moment: moment, withPointer: true, withWords: true,
      until: DateComponents(year: 2026, month: 3, day: 6), replaces: choice)
    return [
      .moments, .moment(moment), .pick(nil), .pick(moment, saved: true), .pick(moment, replaces: choice),
      .preview(full), .preview(RepairChoice(.pause, to: practice)), .outside, .choices, .choice(choice),
      .choice(choice, shared: true), .notes, .note(FollowUpId(value: id)), .proposals,
      .proposal(ProposalId(value: id)), .practices, .practice(practice), .aboutMe(practice), .join,
      .compare(practice), .restored, .help, .serious, .privacy, .settings, .passcode, .saveCopy, .bringBack,
      .deleteAll,
    ]
  }

  // Holds: 45
  @Test func everyRouteReadsBack() {
    for route in all { #expect(routeOf(route.saved()) == route) }
    for option in RepairOption.allCases {
      let route = Route.preview(RepairChoice(option, to: practice))
      #expect(routeOf(route.saved()) == route)
    }
    #expect(Set(all.map(\.name)).count == 25)
  }

  // Holds: 45
  @Test func whatIsNoRouteIsNone() {
    let odd = [
      "", " ", "Home", "Hidden", "Moment", "Moment x", "Moment 7 8", "Choice \(id)", "Note", "Note ", "Preview",
      "Preview nothing 3 - false false - -", "Preview pause 3 - maybe false - -",
      "Preview pause 3 - false false 2026-13-40 -", "Preview pause 3 - false false 2026-3-6 -", "Moments 1",
      "Pick - perhaps -",
    ]
    for text in odd { #expect(routeOf(text) == nil, "\(text)") }
  }

  // Holds: 59
  @Test func aRouteHoldsNoTextOfAnybodys() throws {
    // Ids, codes, days and switches: no field of a route is free text.
    let options = RepairOption.allCases.map { "\($0)" }
    for route in all {
      for field in route.saved().split(separator: " ").dropFirst().map(String.init) {
        let plain =
          ["-", "true", "false", id].contains(field) || Int64(field) != nil || options.contains(field)
          || field.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil
        #expect(plain, "\(field)")
      }
    }
  }
}

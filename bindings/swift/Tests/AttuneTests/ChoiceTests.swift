import Attune
import Foundation
import Testing

@Suite struct ChoiceTests {
  @Test("sync.story: a sync is carried by the given transport, against a real relay")
  func story() async throws {
    let world = try await World.linked()
    #expect(try world.shown().stage == .active)
    #expect(try world.shown().health.compared)
  }
}

import Foundation
import Testing

@testable import AttunePlatform

/// Time and place, as the device has them.
@MainActor
struct DeviceTimeTests {
  @Test func itNeverGoesBackwards() {
    let time = DeviceTime()
    let times = (1...1_000).map { _ in time.millis }
    #expect(times == times.sorted())
    #expect(times[0] > 0)
  }

  @Test func whoWaitsIsLetGoWhenCancelled() async {
    let waiting = Task { try await DeviceWait().wait(3_600_000) }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
  }

  // Holds: 86
  @Test(arguments: [
    ("de_CH", "CH"), ("en_US", "US"), ("en", ""), ("en_001", ""), ("ar_EG", "EG"), ("zh-Hant_TW", "TW"), ("", ""),
  ])
  func theCountryIsTheOneThatTheSettingsName(_ settings: String, _ expected: String) {
    #expect(country(of: Locale(identifier: settings)) == expected)
  }
}

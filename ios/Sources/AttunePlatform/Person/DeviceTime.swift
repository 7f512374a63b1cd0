import AttuneModel
import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// The device's time since it was started, sleep included. It never goes backwards.
@MainActor
final class DeviceTime: Elapsed {
  var millis: Int {
    var time = timespec()
    #if canImport(Darwin)
      // Of Darwin's clocks the one that runs on in sleep; CLOCK_UPTIME_RAW does not, nor does mach_absolute_time.
      clock_gettime(CLOCK_MONOTONIC_RAW, &time)
    #else
      clock_gettime(CLOCK_BOOTTIME, &time)
    #endif
    return Int(time.tv_sec) * 1_000 + Int(time.tv_nsec) / 1_000_000
  }
}

/// Waits by a clock that runs on while the device sleeps.
@MainActor
final class DeviceWait: Wait {
  func wait(_ millis: Int) async throws {
    try await Task.sleep(for: .milliseconds(millis), clock: .continuous)
  }
}

/// The country that the language settings name, as two letters; empty if they name none.
func country(of locale: Locale) -> String {
  guard let region = locale.region?.identifier, region.count == 2, region.allSatisfy(\.isLetter) else { return "" }
  return region.uppercased()
}

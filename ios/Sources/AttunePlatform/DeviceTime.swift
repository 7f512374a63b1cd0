import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// The device's time since it was started, sleep included, in milliseconds. It never goes backwards.
enum DeviceTime {
  static func millis() -> Int64 {
    var time = timespec()
    #if canImport(Darwin)
      // Of Darwin's clocks the one that runs on in sleep; CLOCK_UPTIME_RAW does not.
      clock_gettime(CLOCK_MONOTONIC_RAW, &time)
    #else
      clock_gettime(CLOCK_BOOTTIME, &time)
    #endif
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}

import Testing

@testable import AttunePlatform

/// Codes before the camera.
@MainActor
@Suite(.timeLimit(.minutes(5)))
struct CodeFinderTests {
  private let camera = TestCamera()
  private let heard = Heard()
  private let finder: CodeFinder

  init() {
    finder = CodeFinder(camera: camera)
  }

  private func open() -> AnyObject? {
    finder.open(read: { [heard] in heard.codes.append($0) }, failed: { [heard] in heard.failures += 1 })
  }

  /// What a camera says comes to the main actor by a task.
  private func saw(_ texts: String...) async {
    for text in texts { camera.found?(text) }
    for _ in 0..<20 { await Task.yield() }
  }

  // Holds: 60
  @Test func eachCodeIsReadOnceUntilAnotherIsSeen() async {
    #expect(open() === camera.picture)
    await saw("attune://one", "attune://one", "attune://two", "attune://one")
    #expect(heard.codes == ["attune://one", "attune://two", "attune://one"])
  }

  @Test func whatIsTooLongForALinkIsNone() async {
    _ = open()
    await saw(String(repeating: "x", count: 4_097), String(repeating: "y", count: 4_096))
    #expect(heard.codes.map(\.count) == [4_096])
  }

  @Test func closedItLetsGoOfTheCameraAndSaysNothing() async {
    _ = open()
    let late = camera.found
    finder.close()
    finder.close()
    #expect(camera.stops == 1)
    late?("attune://late")
    camera.failed?()
    await saw()
    #expect(heard.codes.isEmpty && heard.failures == 0)
  }

  @Test func openedAgainItHearsTheNewOneAlone() async {
    _ = open()
    let late = camera.found
    _ = open()
    #expect(camera.stops == 1)
    late?("attune://late")
    await saw("attune://now")
    #expect(heard.codes == ["attune://now"])
  }

  @Test func aCameraThatDoesNotBeginOrGivesUpIsToldOnce() async {
    camera.picture = nil
    #expect(open() == nil)
    #expect(heard.failures == 1)
    camera.picture = TestCamera.Picture()
    _ = open()
    camera.failed?()
    camera.failed?()
    await saw("attune://after")
    #expect(heard.failures == 2 && heard.codes.isEmpty)
    #expect(camera.stops == 2)
  }

  @Test func whetherThereIsOneIsTheDevicesToSay() async {
    for there in [true, false] {
      camera.isThere = there
      camera.allows = there
      let allowed = await finder.ask()
      #expect(finder.isThere == there && allowed == there)
    }
  }
}

@MainActor
private final class Heard {
  var codes: [String] = []
  var failures = 0
  nonisolated init() {}
}

@MainActor
private final class TestCamera: CodeCamera {
  final class Picture: Sendable {}

  var isThere = true
  var allows = true
  var picture: Picture? = Picture()
  private(set) var found: (@Sendable (String) -> Void)?
  private(set) var failed: (@Sendable () -> Void)?
  private(set) var stops = 0

  nonisolated init() {}

  func ask() async -> Bool { allows }

  func start(found: @escaping @Sendable (String) -> Void, failed: @escaping @Sendable () -> Void) -> AnyObject? {
    (self.found, self.failed) = (found, failed)
    return picture
  }

  func stop() { stops += 1 }
}

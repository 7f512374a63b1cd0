import AttuneModel

/// A camera that reads codes.
@MainActor
protocol CodeCamera: AnyObject {
  /// The device has one.
  var isThere: Bool { get }

  /// Whether it may be used, after asking the person where nobody has asked yet.
  func ask() async -> Bool

  /// Begins. `found` gets each text that is read, as often as it is seen, and `failed` is called if it cannot go on; from
  /// any thread. What is given shows what the camera sees; none if it did not begin.
  func start(found: @escaping @Sendable (String) -> Void, failed: @escaping @Sendable () -> Void) -> AnyObject?

  /// Ends, and lets go of the camera.
  func stop()
}

/// The camera, for pairing. It runs from `open` to `close`, and no picture is kept.
@MainActor
final class CodeFinder: Viewfinder {
  /// No pairing's link is as long.
  private static let longest = 4_096

  private let camera: any CodeCamera
  private var count = 0
  private var last: String?
  private var read: (@MainActor (String) -> Void)?
  private var failed: (@MainActor () -> Void)?

  init(camera: any CodeCamera) {
    self.camera = camera
  }

  var isThere: Bool { camera.isThere }

  func ask() async -> Bool { await camera.ask() }

  func open(read: @escaping @MainActor (String) -> Void, failed: @escaping @MainActor () -> Void) -> AnyObject? {
    close()
    count += 1
    let now = count
    (self.read, self.failed) = (read, failed)
    let picture = camera.start { [weak self] text in
      Task { @MainActor in self?.told(text, now) }
    } failed: { [weak self] in
      Task { @MainActor in self?.gaveUp(now) }
    }
    if picture == nil { gaveUp(now) }
    return picture
  }

  func close() {
    guard read != nil else { return }
    camera.stop()
    (read, failed, last) = (nil, nil, nil)
  }

  /// Each code once, until another one is seen.
  private func told(_ text: String, _ which: Int) {
    guard which == count, let read, text != last, text.utf8.count <= Self.longest else { return }
    last = text
    read(text)
  }

  private func gaveUp(_ which: Int) {
    guard which == count, let failed else { return }
    close()
    failed()
  }
}

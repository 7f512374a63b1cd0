import Foundation
@_spi(Drawing) import SwiftUI
import Testing

@testable import AttuneUI

/// What stands on each screen, in order, as it was read over.
@Suite(.serialized) @MainActor struct OutlineTests {
  // Holds: 30
  @Test func whatStandsOnAScreenIsWhatWasReadOver() throws {
    for scene in Scenes.all {
      #expect(try Outlines.difference(scene.name, scene.outline()) == nil)
      for language in scene.isFull ? ["en-XA", "ar-XB"] : [] {
        #expect(try Outlines.difference("\(scene.name).\(language)", scene.outline(in: language)) == nil)
      }
    }
  }

  @Test func noOutlineIsLeftOver() throws {
    let scenes = Scenes.all.flatMap { scene in
      [scene.name] + (scene.isFull ? ["\(scene.name).en-XA", "\(scene.name).ar-XB"] : [])
    }
    #expect(Set(scenes).count == scenes.count)
    let kept = try Outlines.kept()
    #expect(Set(kept) == Set(scenes))
  }
}

import Attune
import AttuneModel
import SwiftUI

/// Four words, read aloud in the same room. Both answers look the same: the careful one is as near as the other.
struct CompareView: View {
  let state: CompareState
  let on: @MainActor (CompareEvent) -> Void

  var body: some View {
    Page(.wordsTitle) {
      if let practice = state.practice {
        Line(.wordsWith(name: practice.title.text))
        if state.words.isEmpty {
          Line(.pairWaiting)
        } else {
          Line(.wordsLine)
          FourWords(words: state.words)
          Block {
            RowButton(.wordsMatch) { on(.match) }
            RowButton(.wordsDiffer) { on(.differ) }
              .accessibilityHint(Text(.linkDiffer))
            Sub(.linkDiffer)
          }
        }
        Block {
          Sub(.wordsLater)
          RowButton(.buttonNotNow) { on(.later) }
        }
      }
    }
  }
}

/// One below the other, so that each can be heard by itself.
private struct FourWords: View {
  let words: [String]

  var body: some View {
    Block {
      ForEach(words.indices, id: \.self) { at in
        Text(.own(words[at])).font(.title2)
      }
    }
  }
}

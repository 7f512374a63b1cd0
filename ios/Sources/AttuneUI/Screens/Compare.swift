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
        Block {
          Line(.wordsWith(name: practice.title.text))
          Line(state.words.isEmpty ? .pairWaiting : .wordsLine)
        }
        if !state.words.isEmpty {
          FourWords(words: state.words)
          Block {
            // They come to where another row was: a tap in that moment was meant for that one.
            Steady(of: state.words) { steady in
              RowButton(.wordsMatch) { steady { on(.match) } }
            }
            Steady(of: state.words) { steady in
              RowButton(.wordsDiffer) { steady { on(.differ) } }
                .accessibilityHint(Text(.linkDiffer))
            }
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

import Attune
import AttuneModel
import Foundation

extension PairingStage {
  /// How far a pairing has come.
  var words: Words {
    switch self {
    case .waiting: .pairStageWaiting
    case .active: .pairStageActive
    case .ended: .pairStageEnded
    }
  }
}

extension Practice {
  /// A name stands above a practice; before it gave one, how far the pairing has come.
  var title: Words { card.map { .own($0.name) } ?? stage.words }

  /// The line below its name: who it is, and how far the pairing has come. None before it said who it is.
  var standing: Words? {
    card.map { .own([$0.role.title.text, stage.words.text].joined(separator: " · ")) }
  }
}

extension ProposalKind {
  /// What a practice put to the person.
  var title: Words {
    switch self {
    case .planDraft: .notePlan
    case .fileLine: .noteDraft
    }
  }
}

extension ProposalAnswer {
  /// What the person can say to it.
  var words: Words {
    switch self {
    case .looksRight: .noteOk
    case .changeIt: .noteChange
    case .leaveIt: .noteSkip
    }
  }
}

extension JoinState {
  /// What is said of a code while it is typed. Nothing is wrong with one that is not whole yet.
  var checkLines: [Words] {
    guard let check else { return [] }
    let typed = code.split { !$0.isLetter }.count
    switch check.reading {
    case .link: return [.linkWhole]
    case .words: return [.linkWordsWhole] + (hasRelay ? [] : [.pairRelayNeeded])
    case .notOurs: return [.pairBad]
    case .relayUnusable: return [.linkRelayUnusable]
    case .newerNeeded: return [.pairNewer]
    case .notWhole: return [.pairCut]
    case .wordCount:
      return [typed < wordsOfACode ? .linkWord(number: max(typed, 1)) : .pairWordCount(count: typed)]
    case .unknownWord: return unknownWord(check.word.map(Int.init), of: typed)
    }
  }

  /// A last word that is still being typed is not told to be wrong.
  private func unknownWord(_ at: Int?, of typed: Int) -> [Words] {
    guard let at else { return [.pairWordUnknown] }
    if at == typed, !completions.isEmpty { return [.linkWord(number: at)] }
    return [.linkWord(number: at), .linkWordUnknown]
  }

  private var hasRelay: Bool { !relay.allSatisfy(\.isWhitespace) }
}

private let wordsOfACode = 8

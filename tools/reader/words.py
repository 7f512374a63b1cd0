"""Cuts a sentence into word pieces, as BERT's uncased tokenizer does, with the pieces that are kept.

`reader/src/pieces.rs` says the same; a test holds both to it.
"""

import unicodedata

PAD, UNKNOWN, START, END = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
LONGEST = 64  # pieces of a passage, the marks at its ends included
LONGEST_WORD = 40  # letters


def plain(text):
    """Small letters without accents, quotation marks and dashes in their plain form."""
    text = text.translate({0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-"})
    text = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in text if unicodedata.category(letter)[0] != "M")


def cut(text):
    """Words: runs of letters and digits, and each other mark alone."""
    words, word = [], ""
    for letter in plain(text):
        if letter.isalnum():
            word += letter
            continue
        if word:
            words.append(word)
            word = ""
        if not letter.isspace():
            words.append(letter)
    return words + [word] if word else words


class Pieces:
    """A list of pieces; a piece's place is its number."""

    def __init__(self, pieces):
        self.pieces = pieces
        self.number = {piece: at for at, piece in enumerate(pieces)}

    def of_word(self, word):
        """The longest pieces, from the left."""
        found, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = ("##" if start else "") + word[start:end]
                if piece in self.number:
                    break
            else:
                return [UNKNOWN]
            found.append(piece)
            start = end
        return found if len(word) <= LONGEST_WORD else [UNKNOWN]

    def of(self, text):
        """The numbers of a text's pieces."""
        pieces = [piece for word in cut(text) for piece in self.of_word(word)]
        pieces = [START] + pieces[: LONGEST - 2] + [END]
        return [self.number[piece] for piece in pieces]


def kept(pieces, texts, first):
    """Which of BERT's pieces to keep: single letters, the `first` most frequent, and all that `texts` have."""
    whole = Pieces(pieces)
    wanted = {PAD, UNKNOWN, START, END}
    for text in texts:
        wanted.update(pieces[at] for at in whole.of(text))
    for at, piece in enumerate(pieces):
        bare = piece.removeprefix("##")
        if not (bare.isascii() and bare.isalnum()):
            continue
        if at < first or len(bare) == 1:
            wanted.add(piece)
    return [at for at, piece in enumerate(pieces) if piece in wanted]

//! Questions asked by hand: how a sentence is built, which n-grams see only in pieces.

use super::token::Token;

/// How many there are.
pub(super) const COUNT: usize = 36;

/// The answers, 1 or 0, but for the length: in words of fifteen.
pub(super) fn answers(tokens: &[Token]) -> [f32; COUNT] {
    let words: Vec<&str> =
        tokens.iter().filter(|token| !token.is_mark()).map(|token| token.word.as_str()).collect();
    let sentence = Sentence { words: &words };
    let start = sentence.start();
    let turn = tokens.iter().skip(2).any(Token::is_turn);
    let denied = tokens.iter().any(Token::is_negation);
    let early = tokens.iter().take(4).any(Token::is_negation);
    let has = |any: &[&str]| words.iter().any(|word| any.contains(word));
    let apology = words.iter().position(|word| APOLOGY.contains(word));
    let after_apology = apology.and_then(|at| words.get(at..)).unwrap_or_default();
    let answers = [
        tokens.iter().any(|token| token.word == "?"),
        matches!(start, "you" | "your"),
        matches!(start, "i" | "my"),
        matches!(start, "we" | "our" | "us" | "both" | "neither"),
        matches!(start, "it" | "this" | "that" | "there" | "things"),
        has(&["if", "whether"]),
        words.first() == Some(&"if"),
        turn,
        after_apology.iter().any(|word| TURNS.contains(word)),
        denied && turn,
        denied,
        early,
        sentence.follows(&["you"], &MODALS, &["not"]),
        sentence.follows(&["i"], &MODALS, &["not"]),
        sentence.pair(&MODALS, &["you"]),
        sentence.pair(&["you"], &MODALS),
        sentence.pair(&["you"], &["must", "need", "should", "have", "owe"]),
        sentence.is_order(),
        words.first() == Some(&"please"),
        sentence.pair(&["but", "so", "and"], &["please", "tell", "let", "just"]),
        has(&["i", "me"]),
        has(&["you"]),
        has(&["we"]),
        has(&["both"]),
        has(&["wrong", "fault", "mine", "unfair", "careless", "mistake"]),
        sentence.follows(&["should"], &["not"], &["have"]) || sentence.pair(&["on"], &["me"]),
        sentence.pair(&["i"], &["will", "have"]) || sentence.follows(&["i"], &["am"], &["going"]),
        sentence.pair(&["would"], &["love", "like", "help", "hate", "be"]),
        has(&["only", "just", "small", "little", "bit"]),
        has(&["or"]),
        has(&["DAY", "MONTH", "NUM"]),
        has(&["everyone", "others", "other", "people", "most", "many", "anyone"]),
        sentence.pair(&["you"], &["asked", "said", "chose", "picked", "wanted"]),
        sentence.pair(&["so"], &["i", "we"]) || sentence.pair(&["as"], &["you"]),
        tokens.iter().any(|token| token.quoted),
    ];
    let mut found = [0.0; COUNT];
    for (place, answer) in found.iter_mut().zip(answers) {
        *place = f32::from(u8::from(answer));
    }
    // Long sentences are all alike long.
    let length = u16::try_from(words.len().min(30)).unwrap_or(30);
    found[COUNT - 1] = f32::from(length) / 15.0;
    found
}

const APOLOGY: [&str; 6] = ["sorry", "apologize", "apologized", "apology", "apologies", "regret"];

const TURNS: [&str; 6] = ["but", "though", "although", "however", "yet", "still"];

const MODALS: [&str; 17] = [
    "can", "could", "would", "will", "should", "must", "may", "might", "need", "have", "do",
    "does", "did", "am", "are", "is", "shall",
];

/// What may stand before a sentence's own start.
const LINKS: [&str; 10] =
    ["and", "so", "but", "maybe", "perhaps", "if", "when", "since", "because", "then"];

/// Verbs that open an order or a request.
const ORDERS: [&str; 75] = [
    "tell",
    "help",
    "give",
    "write",
    "send",
    "show",
    "explain",
    "let",
    "please",
    "call",
    "come",
    "make",
    "keep",
    "list",
    "think",
    "ask",
    "bring",
    "read",
    "fill",
    "rate",
    "choose",
    "pick",
    "say",
    "stop",
    "remind",
    "correct",
    "watch",
    "hold",
    "look",
    "do",
    "try",
    "take",
    "answer",
    "reply",
    "text",
    "sign",
    "note",
    "describe",
    "share",
    "talk",
    "walk",
    "teach",
    "point",
    "speak",
    "check",
    "find",
    "get",
    "put",
    "complete",
    "draw",
    "count",
    "practice",
    "finish",
    "record",
    "track",
    "log",
    "raise",
    "wave",
    "interrupt",
    "nudge",
    "signal",
    "flag",
    "kindly",
    "ensure",
    "consider",
    "remember",
    "forgive",
    "respond",
    "confirm",
    "message",
    "ring",
    "stay",
    "wait",
    "use",
    "go",
];

struct Sentence<'a> {
    words: &'a [&'a str],
}

impl<'a> Sentence<'a> {
    /// The first word that is no link.
    fn start(&self) -> &'a str {
        self.words.iter().copied().find(|word| !LINKS.contains(word)).unwrap_or_default()
    }

    fn is_order(&self) -> bool {
        ORDERS.contains(&self.start())
    }

    fn pair(&self, first: &[&str], second: &[&str]) -> bool {
        self.words.windows(2).any(|pair| first.contains(&pair[0]) && second.contains(&pair[1]))
    }

    fn follows(&self, first: &[&str], second: &[&str], third: &[&str]) -> bool {
        self.words.windows(3).any(|run| {
            first.contains(&run[0]) && second.contains(&run[1]) && third.contains(&run[2])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    /// The places of the questions that are answered with yes, the length left out.
    fn yes(text: &str) -> Vec<usize> {
        let answers = answers(&tokens(text));
        (0..COUNT - 1).filter(|at| answers[*at] != 0.0).collect()
    }

    #[test]
    fn each_sentence_has_its_answers() {
        for (text, wanted) in [
            ("Why?", &[0][..]),
            ("You must go.", &[1, 15, 16, 21]),
            ("Please write.", &[17, 18]),
            ("I am sorry, but no.", &[2, 7, 8, 9, 10, 20]),
            ("I said 'men'.", &[2, 20, 34]),
        ] {
            assert_eq!(yes(text), wanted, "{text}");
        }
    }

    #[test]
    fn the_length_is_told_in_words_of_fifteen_and_ends_at_thirty() {
        let length = |words: usize| answers(&tokens(&"word ".repeat(words)))[COUNT - 1];
        for (words, wanted) in [(0, 0.0), (15, 1.0), (30, 2.0), (99, 2.0)] {
            assert!((length(words) - wanted).abs() < 1e-6, "{words}");
        }
    }
}

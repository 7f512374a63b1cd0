//! A sentence as the burden check reads it: plain lower-case words, contractions taken apart,
//! each with the bytes it came from.

use std::ops::Range;

/// One word or mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The normal form: "won't" gives `will` and `not`; a weekday is `DAY`, a number `NUM`.
    pub word: String,
    /// The bytes it was read from. The two halves of a contraction share theirs.
    pub bytes: Range<usize>,
    /// It stands within a negation: after "not" or the like, up to the end of the clause.
    pub negated: bool,
    /// It stands within quotation marks: mentioned, not said.
    pub quoted: bool,
}

impl Token {
    /// Whether it is one of `. , ; : ! ?` and not a word.
    #[must_use]
    pub fn is_mark(&self) -> bool {
        matches!(self.word.as_str(), "." | "," | ";" | ":" | "!" | "?")
    }

    /// Whether it denies what follows.
    #[must_use]
    pub fn is_negation(&self) -> bool {
        is_negation(&self.word)
    }

    /// Whether it turns against what stood before.
    #[must_use]
    pub fn is_turn(&self) -> bool {
        TURNS.contains(&self.word.as_str())
    }
}

/// Whether a word in its normal form denies what follows.
pub(in crate::followup) fn is_negation(word: &str) -> bool {
    NEGATIONS.contains(&word)
}

const NEGATIONS: [&str; 10] =
    ["not", "no", "never", "none", "nothing", "neither", "nor", "without", "nobody", "hardly"];

const TURNS: [&str; 7] = ["but", "though", "although", "however", "yet", "still", "except"];

/// The words and marks of `text`, in order. Letters of any script are words; symbols are left out.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut quote = false;
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        if letter.is_alphanumeric() {
            let mut end = start + letter.len_utf8();
            let mut word = String::new();
            push_plain(&mut word, letter);
            while let Some((at, next)) = letters.peek().copied() {
                let joins = is_apostrophe(next)
                    && text[at + next.len_utf8()..].starts_with(char::is_alphabetic);
                if !next.is_alphanumeric() && !joins {
                    break;
                }
                push_plain(&mut word, next);
                end = at + next.len_utf8();
                letters.next();
            }
            push_word(&mut tokens, &word, start..end, quote);
        } else if matches!(letter, '.' | ',' | ';' | ':' | '!' | '?' | '\u{2026}') {
            let word = if letter == '\u{2026}' { '.' } else { letter }.to_string();
            let bytes = start..start + letter.len_utf8();
            tokens.push(Token { word, bytes, negated: false, quoted: quote });
        } else if matches!(letter, '\u{2013}' | '\u{2014}')
            || (letter == '-' && text[start + 1..].starts_with(' '))
        {
            let bytes = start..start + letter.len_utf8();
            tokens.push(Token { word: ",".into(), bytes, negated: false, quoted: quote });
        } else if matches!(letter, '"' | '\u{201c}' | '\u{201d}' | '\u{2018}')
            || is_apostrophe(letter)
        {
            let before = text[..start].chars().next_back();
            let opens = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '\u{2014}'));
            // An apostrophe that opens nothing is a plural's: only a quote that was opened is closed.
            quote = opens && letter != '\u{201d}';
        }
    }
    mark_negations(&mut tokens);
    tokens
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2019}')
}

fn push_plain(word: &mut String, letter: char) {
    if is_apostrophe(letter) {
        word.push('\'');
    } else {
        word.extend(letter.to_lowercase());
    }
}

/// Adds the word's normal form, which may be several words.
fn push_word(tokens: &mut Vec<Token>, word: &str, bytes: Range<usize>, quoted: bool) {
    let mut push = |word: &str| {
        let word = normal(word);
        tokens.push(Token { word, bytes: bytes.clone(), negated: false, quoted });
    };
    if let Some((_, whole)) = WHOLE.iter().find(|(short, _)| *short == word) {
        whole.split(' ').for_each(&mut push);
        return;
    }
    for (ending, more) in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending)
            && !stem.is_empty()
        {
            push(stem);
            if !more.is_empty() {
                push(more);
            }
            return;
        }
    }
    push(word);
}

/// Days, months and numbers are one word each; "-ise" is spelled "-ize", in all its forms.
pub(super) fn normal(word: &str) -> String {
    if word.starts_with(|c: char| c.is_ascii_digit()) || NUMBERS.contains(&word) {
        return "NUM".into();
    }
    if DAYS.contains(&word) {
        return "DAY".into();
    }
    if MONTHS.contains(&word) {
        return "MONTH".into();
    }
    let long = word.len() > 5;
    for (british, american) in SPELLINGS.into_iter().filter(|_| long) {
        if let Some(at) = word.rfind(british)
            && at > 1
        {
            return format!("{}{american}{}", &word[..at], &word[at + british.len()..]);
        }
    }
    word.to_owned()
}

/// A negation reaches to the next mark or turn.
fn mark_negations(tokens: &mut [Token]) {
    let mut within = false;
    for token in tokens {
        if token.is_mark() || token.is_turn() {
            within = false;
        } else if token.is_negation() {
            within = true;
        } else {
            token.negated = within;
        }
    }
}

const DAYS: [&str; 13] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tues",
    "weds",
    "thurs",
    "fri",
    "tue",
];

const MONTHS: [&str; 11] = [
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const NUMBERS: [&str; 13] = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "twenty", "thirty",
];

const SPELLINGS: [(&str, &str); 8] = [
    ("isation", "ization"),
    ("ogise", "ogize"),
    ("alise", "alize"),
    ("nise", "nize"),
    ("ising", "izing"),
    ("ogising", "ogizing"),
    ("ehaviour", "ehavior"),
    ("programme", "program"),
];

/// What a word's ending becomes as a word of its own. A genitive's is dropped.
const ENDINGS: [(&str, &str); 7] = [
    ("n't", "not"),
    ("'m", "am"),
    ("'ll", "will"),
    ("'d", "would"),
    ("'ve", "have"),
    ("'re", "are"),
    ("'s", ""),
];

/// Short forms, those of text messages among them.
const WHOLE: [(&str, &str); 90] = [
    ("won't", "will not"),
    ("can't", "can not"),
    ("cannot", "can not"),
    ("shan't", "will not"),
    ("ain't", "is not"),
    ("let's", "let us"),
    ("it's", "it is"),
    ("that's", "that is"),
    ("there's", "there is"),
    ("here's", "here is"),
    ("what's", "what is"),
    ("who's", "who is"),
    ("where's", "where is"),
    ("how's", "how is"),
    ("he's", "he is"),
    ("she's", "she is"),
    ("y'all", "you"),
    ("gonna", "going to"),
    ("wanna", "want to"),
    ("gotta", "have to"),
    ("gimme", "give me"),
    ("lemme", "let me"),
    ("dunno", "do not know"),
    ("idk", "i do not know"),
    ("dont", "do not"),
    ("didnt", "did not"),
    ("doesnt", "does not"),
    ("cant", "can not"),
    ("wont", "will not"),
    ("wasnt", "was not"),
    ("werent", "were not"),
    ("isnt", "is not"),
    ("aint", "is not"),
    ("arent", "are not"),
    ("couldnt", "could not"),
    ("shouldnt", "should not"),
    ("wouldnt", "would not"),
    ("havent", "have not"),
    ("hasnt", "has not"),
    ("im", "i am"),
    ("ive", "i have"),
    ("ill", "i will"),
    ("youre", "you are"),
    ("youve", "you have"),
    ("youll", "you will"),
    ("theyre", "they are"),
    ("thats", "that is"),
    ("theres", "there is"),
    ("whats", "what is"),
    ("whos", "who is"),
    ("hows", "how is"),
    ("lets", "let us"),
    ("u", "you"),
    ("ur", "your"),
    ("urs", "yours"),
    ("urself", "yourself"),
    ("r", "are"),
    ("ya", "you"),
    ("yer", "your"),
    ("n", "and"),
    ("w", "with"),
    ("b4", "before"),
    ("bc", "because"),
    ("cos", "because"),
    ("cuz", "because"),
    ("coz", "because"),
    ("cause", "because"),
    ("tho", "though"),
    ("pls", "please"),
    ("plz", "please"),
    ("sry", "sorry"),
    ("soz", "sorry"),
    ("thx", "thanks"),
    ("ta", "thanks"),
    ("ty", "thanks"),
    ("ppl", "people"),
    ("abt", "about"),
    ("msg", "message"),
    ("msgs", "messages"),
    ("txt", "text"),
    ("tmrw", "tomorrow"),
    ("tmr", "tomorrow"),
    ("rn", "right now"),
    ("appt", "appointment"),
    ("sesh", "session"),
    ("smth", "something"),
    ("terp", "interpreter"),
    ("nvm", "never mind"),
    ("k", "ok"),
    ("okay", "ok"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        tokens(text).iter().map(|token| token.word.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_sentence_is_read_in_its_normal_form() {
        for (text, read) in [
            ("I won't ask, you don't have to.", "i will not ask , you do not have to ."),
            ("It\u{2019}s on Tuesday at 10", "it is on DAY at NUM"),
            ("pls dont reply, im ok", "please do not reply , i am ok"),
            ("I apologise for Ada's form\u{2026}", "i apologize for ada form ."),
            ("Two weeks \u{2014} no more", "NUM weeks , no more"),
            ("well-meant", "well meant"),
            ("\u{1f642} ok", "ok"),
            ("", ""),
        ] {
            assert_eq!(words(text), read, "{text}");
        }
    }

    #[test]
    fn every_word_knows_its_bytes() {
        let text = "\u{201c}No\u{201d}, it\u{2019}s \u{e9}t\u{e9}.";
        for token in tokens(text) {
            let read = &text[token.bytes.clone()];
            let known = matches!(read, "No" | "," | "it\u{2019}s" | "\u{e9}t\u{e9}" | ".");
            assert!(known, "{read} {token:?}");
        }
    }

    #[test]
    fn a_negation_reaches_to_the_end_of_its_clause() {
        for (text, negated) in [
            ("You do not have to explain, ask me.", "have to explain"),
            ("I will never ask but you may tell me", "ask"),
            ("No reply is needed; none at all.", "reply is needed at all"),
            ("Please explain.", ""),
        ] {
            let all = tokens(text);
            let found: Vec<_> = all.iter().filter(|t| t.negated).map(|t| t.word.as_str()).collect();
            assert_eq!(found.join(" "), negated, "{text}");
        }
    }

    #[test]
    fn what_is_quoted_is_known() {
        for (text, quoted) in [
            ("I said 'men are strong' and it was wrong.", "men are strong"),
            ("\u{201c}Just a joke\u{201d} was my line.", "just a joke"),
            ("The clients' names aren't mine.", ""),
        ] {
            let all = tokens(text);
            let found: Vec<_> = all.iter().filter(|t| t.quoted).map(|t| t.word.as_str()).collect();
            assert_eq!(found.join(" "), quoted, "{text}");
        }
    }
}

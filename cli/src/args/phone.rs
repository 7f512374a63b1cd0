//! `attune phone`: the client's commands.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What the client can do.
#[derive(Debug, Subcommand)]
pub(crate) enum PhoneCommand {
    /// Make a new, empty phone.
    Init,
    /// Mark a moment. It stays on this phone.
    Flag,
    /// Undo a mark: the moment is erased.
    Undo {
        /// The moment; the newest without it.
        moment: Option<String>,
    },
    /// List moments, newest first.
    List {
        /// Only those before this moment: the next page.
        #[arg(long, value_name = "MOMENT")]
        before: Option<String>,
        /// How many.
        #[arg(long, value_name = "N", default_value_t = 20)]
        #[arg(value_parser = clap::value_parser!(u32).range(1..=500))]
        limit: u32,
    },
    /// Keep own words with a moment, from standard input or a file. They stay on this phone.
    Note {
        /// The moment, or `last`.
        moment: String,
        /// A file with the words. Empty words remove what is there.
        #[arg(long, value_name = "FILE")]
        text_file: Option<PathBuf>,
    },
    /// Keep a hint at where it was. It stays on this phone.
    Point {
        /// The moment, or `last`.
        moment: String,
        /// `Said`, `LeftOut`, `Plan`, `Place`, or `none`.
        pointer: String,
    },
    /// Say for how many days moments are kept.
    KeepFor {
        /// A number of days from 1, or `off`: until they are erased.
        days: String,
    },
    /// Link with a therapist or a front desk.
    Pair {
        /// The link or the eight words. A code is a secret while it counts, and arguments can be
        /// seen by others on this machine: leave it out, or write -, to type it instead.
        code: Vec<String>,
        /// The relay's address, which comes with eight words.
        #[arg(long, value_name = "ORIGIN")]
        relay: Option<String>,
        /// The name they see. Without it they see none.
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
    },
    /// Show the four words to compare in the room.
    Words {
        /// Which practice; not needed when there is one.
        practice: Option<String>,
    },
    /// Say that the four words match, or that they do not.
    Confirm {
        /// Which practice; not needed when there is one.
        practice: Option<String>,
        /// They do not match: the link is cut at once.
        #[arg(long)]
        differ: bool,
    },
    /// List who this phone is linked with.
    Practices,
    /// List what can be picked, and who it would go to.
    Options {
        /// The moment it would be for; it is only checked that it is there.
        #[arg(long, value_name = "MOMENT")]
        moment: Option<String>,
    },
    /// Show exactly what would be shared, and with whom. Nothing is sent.
    Preview(PickArgs),
    /// Share exactly what was previewed. At a terminal, a moment and an option can be given
    /// instead: then the preview is shown and a yes is asked for.
    Share(ShareArgs),
    /// Show where choices stand.
    Status {
        /// One moment or one case; all choices without it.
        #[arg(value_name = "MOMENT|CASE")]
        of: Option<String>,
    },
    /// Take a choice back.
    TakeBack {
        /// Which choice.
        case: String,
    },
    /// Read the notes that came.
    Notes,
    /// Read the drafts that practices put to you: of a changed plan, or of a line for your file.
    Proposals,
    /// Say something to a draft, or take it back. Nothing has to be said, and the last word counts.
    Answer {
        /// Which draft.
        proposal: String,
        /// `looks-right`, `change-it`, `leave-it`, or `nothing`.
        answer: String,
        /// A file with what is to be changed, with `change-it` alone; else it is read from standard
        /// input, and may be empty.
        #[arg(long, value_name = "FILE")]
        words_file: Option<PathBuf>,
    },
    /// Erase a draft from this phone, with what was said to it.
    EraseProposal {
        /// Which draft.
        proposal: String,
    },
    /// Read what a practice says of how it works, and what you told it about yourself.
    About {
        /// Which practice; not needed when there is one.
        practice: Option<String>,
    },
    /// Share words about yourself with a practice, from standard input or a file, after a yes. Empty
    /// ones take back what was shared.
    AboutMe {
        /// Which practice; not needed when there is one.
        practice: Option<String>,
        /// A file with the words.
        #[arg(long, value_name = "FILE")]
        text_file: Option<PathBuf>,
        /// Do not ask before it is shared. With --json nothing is asked either.
        #[arg(long)]
        yes: bool,
    },
    /// Connect once with every practice's relay.
    Sync,
    /// Cut the link with a practice, at once. Open choices and notes of it go.
    Unpair {
        /// Which practice; not needed when there is one.
        practice: Option<String>,
    },
    /// Save a copy: encrypted under a passphrase, or readable.
    Export {
        /// The file to write; it must not be there yet.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Write JSON that anybody can read.
        #[arg(long)]
        readable: bool,
        /// A file whose first line is the copy's passphrase. Else `ATTUNE_COPY_PASSPHRASE` is taken,
        /// else it is asked.
        #[arg(long, value_name = "FILE", conflicts_with = "readable")]
        copy_passphrase_file: Option<PathBuf>,
    },
    /// Bring back an encrypted copy into an empty folder.
    Import {
        /// The copy.
        from: PathBuf,
        /// A file whose first line is the copy's passphrase. Else `ATTUNE_COPY_PASSPHRASE` is taken,
        /// else it is asked.
        #[arg(long, value_name = "FILE")]
        copy_passphrase_file: Option<PathBuf>,
    },
    /// After a copy was brought back: list the choices that wait for a word.
    Restored,
    /// After a copy was brought back: say that a choice still counts. `take-back` drops it.
    ConfirmRestored {
        /// Which choice.
        case: String,
    },
    /// Erase one thing from this phone, or everything.
    Erase(EraseArgs),
    /// Show who to call now. The lists are on this machine; nothing is asked of anybody.
    HelpNow {
        /// The country, as two letters.
        #[arg(long, value_name = "XX")]
        region: Option<String>,
        /// Now, Outside (people who do not work for the clinic), or Provider (others to see).
        #[arg(long, value_name = "LIST", default_value = "Now")]
        list: String,
    },
}

/// A pick: for which moment, which option, to whom, with what.
#[derive(Debug, Args)]
pub(crate) struct PickArgs {
    /// The moment, `last`, or `none`. It stays on this phone.
    pub(crate) moment: String,
    /// The option, as `attune phone options` names it.
    pub(crate) option: String,
    #[command(flatten)]
    pub(crate) switches: Switches,
}

/// What to share.
#[derive(Debug, Args)]
pub(crate) struct ShareArgs {
    /// The preview, 64 digits and letters; or a moment.
    #[arg(value_name = "PREVIEW|MOMENT")]
    pub(crate) target: String,
    /// The option, after a moment.
    #[arg(value_name = "OPTION")]
    pub(crate) option: Option<String>,
    #[command(flatten)]
    pub(crate) switches: Switches,
}

/// What goes with a choice, and to whom.
#[derive(Debug, Args)]
pub(crate) struct Switches {
    /// Which practice; not needed when one offers the option.
    #[arg(long, requires = "option", value_name = "PRACTICE")]
    pub(crate) practice: Option<String>,
    /// Share the moment's pointer.
    #[arg(long, requires = "option")]
    pub(crate) with_pointer: bool,
    /// Share the moment's own words.
    #[arg(long, requires = "option")]
    pub(crate) with_words: bool,
    /// The last day on which it counts.
    #[arg(long, requires = "option", value_name = "YYYY-MM-DD")]
    pub(crate) until: Option<String>,
    /// The choice that this one takes the place of.
    #[arg(long, requires = "option", value_name = "CASE")]
    pub(crate) replaces: Option<String>,
}

/// What to erase; one of them.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct What {
    /// One moment.
    #[arg(long, value_name = "MOMENT")]
    pub(crate) moment: Option<String>,
    /// Every moment.
    #[arg(long)]
    pub(crate) moments: bool,
    /// One choice that is over.
    #[arg(long, value_name = "CASE")]
    pub(crate) choice: Option<String>,
    /// One note that came.
    #[arg(long, value_name = "NOTE")]
    pub(crate) note: Option<String>,
    /// Everything: the key first, then the rest. It cannot be undone.
    #[arg(long)]
    pub(crate) all: bool,
}

/// What to erase, and whether to ask.
#[derive(Debug, Args)]
pub(crate) struct EraseArgs {
    #[command(flatten)]
    pub(crate) what: What,
    /// Do not ask before everything is erased.
    #[arg(long)]
    pub(crate) yes: bool,
}

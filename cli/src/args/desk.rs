//! `attune desk`: the commands of a therapist or of a front desk.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What the desk can do.
#[derive(Debug, Subcommand)]
pub(crate) enum DeskCommand {
    /// Make a new desk, and say what its invitations show.
    Init(Box<DeskInit>),
    /// Open the desk's page on this machine, for a browser. The passphrase is asked there.
    Serve(ServeArgs),
    /// Keep the relay's grant, from standard input or a file.
    Grant {
        /// A file with the grant, as `attune relay grant add` printed it.
        #[arg(long, value_name = "FILE")]
        grant_file: Option<PathBuf>,
    },
    /// Move to another relay, step by step, at the next syncs.
    Relay {
        /// Its address, such as `https://relay.example.org`
        origin: String,
    },
    /// Make a code for one client, and bring it to the relay.
    Invite(InviteArgs),
    /// List the clients.
    Clients,
    /// Show the four words to compare in the room.
    Words {
        /// Which client.
        client: String,
    },
    /// Say that the four words match, or that they do not.
    Confirm {
        /// Which client.
        client: String,
        /// They do not match: the link is cut at once.
        #[arg(long)]
        differ: bool,
    },
    /// Say on which day the next session with a client is.
    NextSession {
        /// Which client.
        client: String,
        /// YYYY-MM-DD, or none.
        date: String,
    },
    /// Connect once for every client.
    Sync,
    /// List what is open, the soonest due first.
    Inbox,
    /// Open a card and read it. The client is told that it was opened.
    Open {
        /// Which card.
        case: String,
    },
    /// Send a note on an open card, from standard input or a file.
    Reply {
        /// Which card.
        case: String,
        /// A file with the note.
        #[arg(long, value_name = "FILE")]
        text_file: Option<PathBuf>,
    },
    /// Mark an open card as done, without a note.
    Done {
        /// Which card.
        case: String,
    },
    /// Put a text to a client, from standard input or a file. Nothing has to be said to it.
    Propose {
        /// Which client.
        client: String,
        /// `plan-draft` or `file-line`.
        kind: String,
        /// A file with the text.
        #[arg(long, value_name = "FILE")]
        text_file: Option<PathBuf>,
        /// An open one that this takes the place of: a changed wording is a new one.
        #[arg(long, value_name = "PROPOSAL")]
        replaces: Option<String>,
    },
    /// List what was put to clients, and what they say to it.
    Proposals,
    /// Be done with one: the client is not asked any more.
    CloseProposal {
        /// Which one.
        proposal: String,
    },
    /// Tell clients how this practice works, from standard input or a file. An empty text takes it
    /// back.
    About {
        /// A file with the text.
        #[arg(long, value_name = "FILE")]
        text_file: Option<PathBuf>,
        /// Only show what is told now.
        #[arg(long, conflicts_with = "text_file")]
        show: bool,
    },
    /// Read what a client told about themselves.
    AboutClient {
        /// Which client.
        client: String,
    },
    /// Cut the link with a client. Its cards go.
    Unpair {
        /// Which client.
        client: String,
    },
}

/// A new desk, as its invitations show it.
#[derive(Debug, Args)]
pub(crate) struct DeskInit {
    /// The name that clients see.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,
    /// Therapist or Coordinator.
    #[arg(long, value_name = "ROLE")]
    pub(crate) role: String,
    /// The relay's address, such as `https://relay.example.org`
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) relay: String,
    /// The options offered, with commas between. Those that every practice offers are added. All of
    /// the role's without it.
    #[arg(long, value_name = "OPTION,...", value_delimiter = ',')]
    pub(crate) offer: Option<Vec<String>>,
    /// Attest that a choice has no fee.
    #[arg(long)]
    pub(crate) no_fee: bool,
    /// Attest that the client keeps the time slot.
    #[arg(long)]
    pub(crate) keeps_slot: bool,
    /// Attest that the client does not go back on a wait list.
    #[arg(long)]
    pub(crate) keeps_place: bool,
    /// Attest that a choice does not count as a missed visit.
    #[arg(long)]
    pub(crate) no_missed_visit: bool,
    /// Who answers when the practice is late.
    #[arg(long, value_name = "NAME", default_value = "")]
    pub(crate) backup: String,
    /// What leaves the practice (records, insurers, courts), in its own words.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) leaves_practice: String,
    /// Who introduces this practice, when the code is not the clinic's own.
    #[arg(long, value_name = "NAME")]
    pub(crate) introduced_by: Option<String>,
    /// The days on which the practice works.
    #[arg(long, value_name = "DAY,...", value_delimiter = ',')]
    #[arg(default_value = "mon,tue,wed,thu,fri")]
    pub(crate) working_days: Vec<String>,
    /// Working days for a note, when fewer than 3.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    pub(crate) note_days: Option<u8>,
    /// Working days for another provider, when fewer than 2.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    pub(crate) provider_days: Option<u8>,
    /// Days for a quiet repair, when fewer than 7.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    pub(crate) repair_days: Option<u8>,
    /// A file with the relay's grant.
    #[arg(long, value_name = "FILE")]
    pub(crate) grant_file: Option<PathBuf>,
}

/// How the page is opened.
#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// Ask the system to open a browser.
    #[arg(long)]
    pub(crate) open: bool,
    /// The port on 127.0.0.1; 0 takes a free one.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) port: u16,
}

/// How a code is given.
#[derive(Debug, Args)]
pub(crate) struct InviteArgs {
    /// Eight words to read aloud, in place of a link.
    #[arg(long)]
    pub(crate) words: bool,
    /// It is sent, not shown in the room: it counts for 72 hours, not for 10 minutes.
    #[arg(long)]
    pub(crate) sent: bool,
}

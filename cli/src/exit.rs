//! How a command ends: the exit statuses, the names of errors, and which belongs to which.

use std::process::ExitCode;

/// An exit status. Scripts may rely on the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Anything else.
    Other = 1,
    /// The command line is wrong.
    Usage = 2,
    /// There is nothing there, or something is there already.
    Place = 3,
    /// The passphrase is wrong or missing, or the key is.
    Key = 4,
    /// The data is damaged, or a newer version made it.
    Data = 5,
    /// Another program has the data open.
    Busy = 6,
    /// Not found, not ready, or refused by a rule.
    Refused = 7,
    /// A relay was not reached. What was asked for is kept and goes with a later sync.
    Relay = 8,
    /// The disk is full, or the system refused a file.
    Disk = 9,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident => $exit:ident,)*) => {
        /// The name of an error, for scripts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Name {
            $($(#[$doc])* $name,)*
        }

        impl Name {
            /// Every name, in the order of the documentation.
            #[cfg(test)]
            pub(crate) const ALL: &[Self] = &[$(Self::$name,)*];

            /// The name as it is printed.
            pub(crate) const fn text(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)*
                }
            }

            /// The exit status that goes with it.
            pub(crate) const fn exit(self) -> Exit {
                match self {
                    $(Self::$name => Exit::$exit,)*
                }
            }
        }
    };
}

names! {
    /// A fault of this program.
    Internal => Other,
    /// The system gave no random bytes.
    NoRandomness => Other,
    /// The relay's program ended with an error.
    RelayFailed => Other,
    /// The desk's page could not be opened, or went down.
    PageFailed => Other,
    /// The command line cannot be read.
    Usage => Usage,
    /// There is no data in the folder.
    NoData => Place,
    /// There is data in the folder already.
    DataThere => Place,
    /// The file is there already.
    FileThere => Place,
    /// The folder holds the other side's data.
    OtherSide => Place,
    /// The passphrase is not the one that was set.
    WrongPassphrase => Key,
    /// No passphrase was given, or it cannot be used.
    NoPassphrase => Key,
    /// The key to the data is not there.
    KeyMissing => Key,
    /// The key belongs to other data.
    KeyUnfit => Key,
    /// The data or the copy is not as it was written.
    Damaged => Data,
    /// A newer version made it.
    Newer => Data,
    /// Somebody else has it open.
    Busy => Busy,
    /// Nothing has that name.
    NotFound => Refused,
    /// The pairing is not ready for that, or it has ended.
    NotReady => Refused,
    /// The practice does not offer the option.
    NotOffered => Refused,
    /// It belongs to the other role of a practice.
    OtherRole => Refused,
    /// The four words have not been compared.
    NotCompared => Refused,
    /// Nothing was previewed under that name, or it changed since.
    NotPreviewed => Refused,
    /// It was answered or taken back, or it ended.
    TooLate => Refused,
    /// Too many choices are open, or too much is on its way.
    TooMany => Refused,
    /// A text is over its limit.
    TooLong => Refused,
    /// A text is empty.
    Empty => Refused,
    /// The option allows no note.
    NoteNotAllowed => Refused,
    /// The note has a sentence that cannot be sent.
    NoteBlocked => Refused,
    /// A number is outside of what may be set.
    OutOfRange => Refused,
    /// The day is over.
    PastDay => Refused,
    /// It is not a pairing code.
    BadCode => Refused,
    /// The practice's card breaks a rule.
    BadCard => Refused,
    /// It is not a relay's address, or none was given.
    BadRelay => Refused,
    /// It is not a grant, or no such grant is there.
    BadGrant => Refused,
    /// A yes was asked for and not given.
    NotConfirmed => Refused,
    /// A relay was not reached.
    RelayNotReached => Relay,
    /// A relay was looked at and found bad.
    RelayUnsound => Other,
    /// There is no room left.
    DiskFull => Disk,
    /// The system refused a file.
    File => Disk,
}

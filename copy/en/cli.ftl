### What the terminal adds: prompts, results, and errors that say what to do.
###
### Voice: as for the client. An error says what is the matter, that nothing is lost where that is so,
### and the command that helps.

## Prompts

ask-passphrase = Passphrase:
ask-passphrase-new = New passphrase (four or more words are good):
ask-passphrase-again = The same passphrase once more:
ask-copy-passphrase = Passphrase of the copy:
# $question (String): a question that is answered by yes or no.
ask-yes = { $question } Type yes to go on:
# What is typed for a yes.
ask-yes-word = yes
ask-nothing-done = Nothing was done.
ask-code = The link or the eight words:
ask-text = Type the text. End it with Ctrl-D on a line of its own.
ask-share = Share this?
# $dir (String): a folder.
ask-erase-all = This erases all that is in { $dir }, and cannot be undone.

## Results

# $dir (String): a folder.
made-phone = A new phone is in { $dir }.
# $dir (String): a folder.
made-desk = A new desk is in { $dir }.
# $path (String): a file.
wrote-file = Written to { $path }.
nothing-open = Nothing is open.
next-pick = To pick what would help: attune phone options
next-preview = To see what would be shared: attune phone preview MOMENT OPTION
# $preview (String): the name of what was shown, 64 digits and letters.
next-share = To share exactly this: attune phone share { $preview }
next-sync = To connect: attune phone sync
next-desk-sync = To send it: attune desk sync
next-words = To compare words: attune phone words
next-desk-words = To compare words: attune desk words CLIENT
next-confirm = If they match: attune phone confirm. If not: attune phone confirm --differ
next-desk-confirm = If they match: attune desk confirm CLIENT. If not: attune desk confirm CLIENT --differ
next-restored = To see them: attune phone restored
next-still-counts = If one still counts: attune phone confirm-restored CASE
next-drop = If not: attune phone take-back CASE
next-answer = To say something: attune phone answer PROPOSAL looks-right|change-it|leave-it
next-said = To see it: attune phone proposals
next-about = To see it: attune phone about PRACTICE
next-provider = See: attune phone help-now --list Provider --region XX
next-help = Get help now: attune phone help-now --region XX
next-invite = To link with a client: attune desk invite
next-after-phone = When the client has used it: attune desk sync
next-inbox = Something is open: attune desk inbox
next-open = To open it: attune desk open CASE
grant-kept = The grant is kept.
# $relay (String): its address.
relay-moved = The desk moves to { $relay }, step by step, at the next syncs.
clients-none = No client is linked.

## The desk's page

# $address (String): where it listens.
serve-at = The desk's page is at { $address }, for this machine alone.
serve-link = This link lets one browser in, once, within two minutes:
serve-opened = A browser was asked to open it.
serve-no-browser = No browser could be started. Open the link above yourself.
serve-more = For another link, press Enter. To stop, press Ctrl-C.
serve-stopped = The desk stopped. The vault is closed.

## Headings of lists

list-moment = Moment
list-option = Option
list-state = State
list-due = Due
list-practice = Practice
list-client = Client
list-case = Case
list-marked = Marked
list-recipient = To
list-note = Note
list-proposal = Proposal

## Errors: passphrases and keys

err-passphrase-wrong = The passphrase is wrong. Nothing was changed. Try again.
err-passphrase-differ = The two passphrases are not the same. Run the command again.
# For the passphrase of a copy.
err-copy-passphrase-none = No passphrase for the copy was given. Type it when you are asked, or name a file with --copy-passphrase-file, or set ATTUNE_COPY_PASSPHRASE.
err-passphrase-short = The passphrase is too short. Take four or more words; it must have 12 letters or more.
err-passphrase-none = No passphrase was given. Type it when you are asked, or name a file with --passphrase-file, or set ATTUNE_PASSPHRASE.
# $path (String): a file.
err-passphrase-file = The passphrase file { $path } cannot be read. Check its name and its permissions.

## Errors: the data folder

# $dir (String): a folder. $command (String): the command to run.
err-no-data = There is nothing in { $dir } yet. Run { $command } first.
# $dir (String): a folder.
err-data-there = There is already something in { $dir }. Choose another folder with --data.
# $dir (String): a folder.
err-data-busy = { $dir } is in use by another attune. Wait until it ends, then try again.
# $dir (String): a folder.
err-data-damaged = The data in { $dir } is damaged. Nothing was deleted. Bring back a saved copy into another folder: attune phone import
# $dir (String): a folder.
err-key-missing = The key file in { $dir } is missing. Without it nobody can open the data. Put it back, or bring back a saved copy into another folder.
# $dir (String): a folder.
err-data-newer = The data in { $dir } was made by a newer attune. Install that version, then try again.
# $dir (String): a folder.
err-database-missing = The key file in { $dir } is there and its database is not. Put it back, or bring back a saved copy into another folder.
# $dir (String): a folder.
err-key-unfit = The key file in { $dir } belongs to other data. Put the right one back.
err-engine = This build of attune has no encryption in its database. Nothing was written. Build it from a clean checkout.
# $code (Number): SQLite's own code.
err-statement = The database refused a step (code { $code }). Nothing was changed. Please report it with this code.
err-entropy = The system gave no random bytes. Nothing was written. Try again.
err-disk-full = The disk is full. Nothing is lost. Free some space, then try again.
# $path (String): a file or folder. $reason (String): what the system said.
err-file = { $path } cannot be used: { $reason }.
# $path (String): a file.
err-file-there = { $path } is already there and was left alone. Choose another name.
# $dir (String): a folder.
err-data-role = { $dir } holds the other side's data. Use --data to name the right folder.
err-copy-newer = A newer attune made this copy. Install that version, then try again.
err-copy-there = There is already a file of that name. Choose another name.
err-no-folder = No folder is known for the data. Name one with --data.
err-now = ATTUNE_NOW is not a time. Write it as 2026-03-02T09:30:00+02:00

## Errors: what was asked for

# $case (String): what was typed.
err-no-case = No case is called { $case }. See: attune phone status, or attune desk inbox
# $moment (String): what was typed.
err-no-moment = No moment is called { $moment }. See: attune phone list
# $practice (String): what was typed.
err-no-practice = No practice is called { $practice }. See: attune phone practices
# $client (String): what was typed.
err-no-client = No client is called { $client }. See: attune desk clients
err-which-practice = This phone is linked with more than one practice. Name one. See: attune phone practices
# $option (String): what was typed.
err-no-option = No option is called { $option }. See: attune phone options
# $pointer (String): what was typed. $names (String): the names that there are.
err-no-pointer = No pointer is called { $pointer }. There are: { $names }.
# $day (String): what was typed.
err-no-day = { $day } is not a day. Write it as 2026-03-06.
err-no-preview = This is not what was shown last. Nothing was sent. See it first: attune phone preview MOMENT OPTION
err-share-preview = Only what was previewed can be shared. See it first: attune phone preview MOMENT OPTION
# $case (String): what was typed.
err-no-choice = No choice is called { $case }. See: attune phone status
# $value (String): what was typed.
err-no-note = No note is called { $value }. See: attune phone notes
# $value (String): what was typed. $command (String): the command that lists them.
err-no-proposal = No proposal is called { $value }. See: { $command }
err-no-answer = The answers are looks-right, change-it, leave-it, and nothing.
err-no-kind = It is a plan-draft or a file-line.
err-words-change = Words go with change-it alone. Nothing was said.
err-about-yes = Nothing was shared. If this is what they are to get, add --yes.
err-out-of-range = That number is outside of what may be set. Nothing was changed.
err-no-days = Write a number of days from 1, or off.
err-no-weekday = Write the days as mon,tue,wed,thu,fri,sat,sun, with at least one.
err-no-role = The role is Therapist or Coordinator.
err-no-list = The lists are Now, Outside and Provider.
# $option (String): what was typed. $names (String): the names that there are.
err-no-offer = { $option } is not an option of this role. There are: { $names }.
# $command (String): the command to run.
err-not-ready = The link is not ready for that yet, or it has ended. See: { $command }
err-other-role = This is for a therapist's desk. A front desk does not have it.
err-erase-open = It is still open. Take it back first: attune phone take-back CASE
err-erase-yes = Erasing everything cannot be undone. If you are sure, add --yes.
err-card-name = The name that clients see must have 1 to 80 characters.
err-card-text = A text of the card is too long: names have 80 characters, what leaves the practice has 1,000.
err-card-offered = The options offered do not fit the role.
err-card-relays = A practice has one to four relays.
err-not-linked = This phone is not linked with anyone yet. Ask for a code, then: attune phone pair CODE

err-relay-needed = Eight words need the relay's address beside them: --relay https://relay.example.org
err-grant-bad = That is not a grant. Take it as it was printed by: attune relay grant add

err-not-compared = The four words have not been compared yet. See: attune phone words
err-nothing-there = There is nothing of that name here.

## Errors: the relay

# $relay (String): its address.
err-relay-unreachable = The relay { $relay } cannot be reached. Nothing is lost. Try again later: the same command goes on where it stopped.
# $relay (String): its address.
err-relay-denied = The relay { $relay } does not let this desk in. Ask who runs it for a grant.
# $relay (String): its address.
err-relay-grant = The relay { $relay } did not take the code. It needs a grant, or the grant is used up. Ask who runs it for one, then: attune desk grant
# $seconds (Number): how long to wait.
err-relay-slow =
    { $seconds ->
        [one] The relay asks to wait { $seconds } second. Nothing is lost.
       *[other] The relay asks to wait { $seconds } seconds. Nothing is lost.
    }
err-relay-full = The relay is full. Nothing is lost. Tell who runs it, and try again later.
err-relay-version = The relay speaks a newer protocol. Install a newer attune.
# $address (String): what was typed.
err-relay-address = { $address } is not a relay's address. Write it as https://relay.example.org
err-relay-plain = A relay without TLS is only for trials on this machine. Use https.
# $address (String): where it listens.
relay-listening = The relay listens on { $address }.
relay-open-loopback = An open relay is for trials only: it listens on this machine alone.
relay-stopped = The relay stopped. All that was accepted is stored.
relay-grant-made = The grant is below. Give it to the desk; it is shown once.

## Errors: the desk's page

# $reason (String): what the system said.
err-page = The desk's page cannot be opened: { $reason }. Another port may help: --port

## Errors: ours

# Something that should not happen; no data of a person is in it.
err-internal = Something went wrong inside attune. Nothing was sent. Please report it with the command that you ran, without any of your own words.

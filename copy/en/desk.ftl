### The desk's page: frame, lock, first run, clients, settings.
###
### Voice: as for the therapist. Read by therapists and coordinators alike.

## Every page

# $title (String): the page's own title.
page-title = { $title } · Attune
page-brand = Attune
page-skip = Go to the content
page-nav = Pages
page-tab-inbox = Open
page-tab-clients = Clients
page-tab-settings = Settings
page-lock = Lock now
# $day (String): such as "Friday, March 6". $time (String): such as "10:42".
page-moment = { $day }, { $time }

## Sync, at the foot of every page

desk-sync-now = Sync now
desk-sync-running = A sync is under way.
desk-sync-none = No sync has ended since this desk was unlocked.
# $time (String): when it ended, such as "10:42".
desk-sync-done = Last sync: { $time }.
# $time (String): when it was tried, such as "10:42".
desk-sync-unreached = Last sync: { $time }. The relay was not reached. Nothing is lost.
desk-sync-said = The sync has ended.
desk-sync-said-unreached = The relay was not reached. Nothing is lost. Try again later.
desk-sync-said-running = The sync takes long. It goes on by itself.

## Forms

form-errors = Something is missing or does not fit
form-optional = (may stay empty)
form-saved = Draft kept.
form-unsaved = The draft could not be kept. Your text is still on this page.
form-changed-elsewhere = This text was changed in another tab. From now on nothing is kept here by itself. Save to see both versions.
form-gone = This card has left. Nothing of this text is kept on the desk. Copy what you need.
# A number follows.
form-words-left = Words left:
form-save = Save
form-back = Back
form-name = Write the name that clients see: 1 to 80 characters, on one line.
form-long = This is too long, or has characters that are no text.
form-offered = The options do not fit the role.
form-offer-one = Tick at least one option.
form-relay = Write an address such as https://relay.example.org. Plain http is for a relay on this machine alone.
form-grant = This is no grant. Take it as the relay's own program printed it.
# $most (Number): days.
form-days = Write a number from 1 to { $most }, or leave it empty.
form-week = Tick at least one day.
# $least (Number): minutes. $most (Number): minutes.
form-minutes = Write a number from { $least } to { $most }.
form-day = Write a day as 2026-03-06, or leave it empty.
# $count (Number): characters.
form-passphrase-short =
    { $count ->
        [one] The passphrase must have { $count } character or more.
       *[other] The passphrase must have { $count } characters or more.
    }
form-passphrase-differ = The two passphrases are not the same. Type both again.
form-passphrase-again = Type both passphrases again. They are never kept on a page.
form-passphrase-long = The passphrase is too long.

## The way in

open-title = Open the desk
open-line = This link works once, in one browser, for two minutes.
open-button = Open the desk
open-old = This link was used or has run out. Press Enter where the desk was started, and open the new link.

## The lock

door-title = The desk is locked
door-line = The vault is closed. Your passphrase opens it.
door-passphrase = Passphrase
door-button = Unlock
door-wrong = The passphrase is wrong. Nothing was changed.
# $count (Number): seconds.
door-wait =
    { $count ->
        [one] Wait { $count } second, then try again.
       *[other] Wait { $count } seconds, then try again.
    }
door-held = You pressed a button while the desk was locked. Nothing is lost: it is kept in memory until you unlock, for half an hour at most.
door-held-over = What you had pressed or typed before the lock was kept for half an hour. It is gone, and nothing was done.
door-typed = What stood on the page is kept in memory until you unlock, for half an hour at most. Then you go on where you were.
door-go-on = Unlock and do it
door-drop = Unlock and drop it
door-locked = The desk is locked. Unlock it to go on.
away-title = This page was put away
away-line = Nobody touched the desk for a while.
away-back = Go on

## First run: which desk

start-title = Make this desk
start-line = A desk belongs to one practice. Everything that it keeps is encrypted on this computer, under your passphrase.
start-therapist = I am a therapist
start-therapist-line = Clients' choices about their sessions come to this desk.
start-coordinator = I work at the front desk
start-coordinator-line = Requests for another provider or an interpreter come to this desk. The therapist does not see them.
start-make = Make the desk
start-made = The desk is ready. Link it with a client when you meet.

## First run and settings: what invitations show

card-form-title = What your invitations show
card-form-line = Clients see this before they link with you, and on their phone from then on.
card-form-name = Name shown
card-form-name-hint = As clients know you, such as "Dr. Ada Okoye".
card-form-offer = Options offered
card-form-offer-hint = A client picks one of these. Take out only what you cannot do.
card-form-always = Always offered:
card-form-week = Days on which you work
card-form-deadlines = Shorter deadlines
card-form-deadlines-hint = Set one only if you will keep it. An empty one is the standard.
card-form-note-days = Working days for a note (standard: 3)
card-form-provider-days = Working days to offer another provider (standard: 2)
card-form-repair-days = Days for a quiet repair (standard: 7)
card-form-terms = What a choice does not cost
card-form-terms-hint = Tick only what is true for every client. What is not ticked shows as "Your clinic has not told us about this."
card-form-no-fee = There is no fee.
card-form-slot = The client keeps the time slot.
card-form-place = The client does not go back on a wait list.
card-form-visit = It does not count as a missed visit.
card-form-backup = Backup
card-form-backup-hint = Who answers when you are late. The client sees the name.
card-form-leaves = What leaves this practice
card-form-leaves-hint = Say in your own words what may go to records, insurers or courts. The client sees it before sharing.
card-form-introduced = Who introduces this practice
card-form-introduced-hint = Only when the code is not the clinic's own.
card-form-relay = Relay
card-form-relay-hint = The address that your clinic gave you, such as https://relay.example.org
card-form-grant = Grant
card-form-grant-hint = What the relay's keeper gave you so that this desk may use it.
card-form-saved = Saved. New invitations show this.

## First run and settings: the passphrase

pass-title = Passphrase
# $count (Number): characters.
pass-hint =
    { $count ->
        [one] Four or more words that you can remember, { $count } character at least. Nobody can bring it back for you.
       *[other] Four or more words that you can remember, { $count } characters at least. Nobody can bring it back for you.
    }
pass-new = New passphrase
pass-again = The same once more
pass-old = Present passphrase
pass-change = Change the passphrase
pass-changed = The passphrase is changed.

## Clients

clients-title = Clients
clients-invite = Link with a client
clients-empty = No client is linked with this desk yet.
clients-waiting = A client who has not linked yet
# $name (String): the name that the client chose.
client-named = { $name }
client-compare = Compare the four words
client-compared = The four words were compared.
client-session = Next session
client-session-hint = What is open is due by that day.
client-session-save = Keep the day
client-session-saved = The day is kept.
client-unlink = Cut the link
client-unlink-title = Cut the link?
client-unlink-line = Their cards leave this desk at once, and no note can be sent any more. Their phone is told at its next sync. To link again, you need a new code.
client-unlink-button = Cut the link
client-unlink-keep = Keep the link
client-code-open = Show the code

## Inviting

invite-live = Show it in the room: 10 minutes
invite-live-line = The client is with you and takes the code from this screen.
invite-sent = Send it: 72 hours
invite-sent-line = Send it by a way that only this client reads. Compare the four words when you meet.
invite-kind = How does it reach them?
invite-form = How is it given?
invite-as-link = A picture to scan, and a link
invite-as-words = Eight words to read aloud
invite-make = Make the code
invite-code-title = The code
invite-scan = Have the client scan this with their phone.
invite-read = Read these eight words to the client, in this order.
invite-picture = The code as a picture to scan with the client's phone
invite-link = The same as a link:
# $time (String): such as "10:42", or "Friday, March 6, 10:42".
invite-until = It counts until { $time }, and for one phone.
invite-look = See if the phone has used it
invite-gone = This code is not shown any more. Codes are shown once and not kept.
invite-not-there = The relay does not have the code yet. Sync, then show it.
invite-alarm-title = A second phone tried this code

## Comparing words

compare-title = Compare the four words
compare-wait = The words are there once the client's phone has linked.
compare-match = They match
compare-differ = They do not match
compare-changed = The words have changed since they were shown. Compare these.

## Settings

settings-title = Settings
settings-card = What your invitations show
settings-relay = Relay and grant
settings-lock = Lock and passphrase
settings-relay-title = Relay and grant
settings-relay-line = Another relay is moved to step by step, at the next syncs. Nothing is lost meanwhile.
settings-relay-save = Move to this relay
settings-relay-saved = The desk moves at the next syncs.
settings-relay-kept = Relay and grant are kept.
settings-grant-save = Keep the grant
settings-grant-saved = The grant is kept.
settings-lock-title = Lock and passphrase
settings-idle = Lock after this many minutes without a touch
settings-idle-save = Keep the minutes
settings-idle-saved = The minutes are kept.

## What can go wrong

problem-title = That did not work
problem-home = Go to what is open
problem-elsewhere-title = Not from here
problem-elsewhere = This desk answers only to its own address and its own pages. Open it by the link that it printed where it was started.
problem-session-title = This browser is not let in
problem-session = Press Enter where the desk was started, and open the link that it prints.
problem-stale = This form is from an earlier session. Nothing was done. Open the page again and send it once more.
problem-missing-title = Nothing is here
problem-missing = There is no such page, client or card. It may have left.
problem-method = This page cannot be asked for in that way.
problem-large = The form is too long. Nothing was done.
problem-slow = The form did not come in time. Nothing was done. Send it again.
problem-form = This is no form that the desk can read. Nothing was done.
problem-internal = Something went wrong inside Attune. Nothing was sent. Please report it, without any of your own words.
# $code (Number): the database's own code.
problem-statement = The database did not take a step (code { $code }). Nothing was changed. Please report it with this code.
problem-text-long = The text is too long. Nothing was sent.
problem-not-compared = The four words have changed or were not compared. Compare them once more.
problem-not-ready = The link is not ready for that yet, or it has ended.
problem-side = This folder holds a phone's data, not a desk's. Start the desk with its own folder.
problem-range = That is outside of what can be set.
problem-key = The key file is missing from the desk's folder. Without it nobody can open the vault. Put it back, or bring back a saved copy.
problem-there = There is a vault in this folder already.
problem-damaged = The vault is damaged. Nothing was deleted. Bring back a saved copy into another folder.
problem-newer = A newer Attune made this vault. Install that version.
problem-entropy = The system gave no random bytes. Nothing was written. Try again.
problem-file = The desk's folder or a file in it cannot be used. Look at its permissions.
problem-absent = There is no vault in this folder.
problem-database = The vault's database is missing from the desk's folder. Put it back, or bring back a saved copy.
problem-key-unfit = The key file in the desk's folder belongs to another vault. Put the right one back.
problem-busy = Another program has the vault open. Wait until it ends, then try again.
problem-disk = The disk is full. Nothing is lost. Free some space, then try again.

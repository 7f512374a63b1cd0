### What the client reads, on the phone or in a terminal.
###
### Voice: plain, kind, short. Common words, no figures of speech, no exclamation marks. It never
### gives praise, never reminds, never asks why, and never speaks as the therapist.
### A text of five words or more has a reading grade of 6 at most (Flesch-Kincaid).

## Home

home-title = Your space
home-mark = Mark a moment
home-mark-hint = One tap. It stays on this phone.
home-hide = Hide
# Shown where a list of moments would be.
home-empty = Nothing is marked here.
home-moments = Your moments
home-choices = Your choices
home-notes = Your notes

## Marking a moment

mark-saved = Saved. Only you can see it.
mark-saved-next = You can stop here. Or pick what you want to happen.
mark-undo = Undo
mark-undone = Undone. The moment is gone.
mark-words = Add your own words (you can skip this)
mark-words-saved = Your words are saved. They stay on this phone.
mark-words-gone = Your words are gone from this moment.
mark-words-voice = Say it out loud (you can skip this)
mark-where-title = Where was it? (you can skip this)
mark-where-said = Something that was said
mark-where-missed = Something that was left out
mark-where-plan = The plan or the task
mark-where-place = A form, the office, or the rules
mark-where-skip = I would rather not say
mark-where-gone = Where it was is gone from this moment.
# $day (String): the day it was marked, such as "Friday, March 6".
mark-on = Marked on { $day }
# $day (String): the day after which the moment is wiped.
mark-ends = It is wiped after { $day }.
mark-never-ends = It stays until you wipe it.
mark-erase = Wipe this moment
mark-erased = Wiped. It is gone from this phone.
mark-erase-all = Wipe all moments
# $count (Number): days until a moment is wiped.
mark-keep-days =
    { $count ->
        [one] Moments are wiped after { $count } day.
       *[other] Moments are wiped after { $count } days.
    }
mark-keep-always = Moments stay until you wipe them.
mark-more = Show older ones

## Picking what would help. Each choice has a title and a line below it.

pick-title = What would help now?
pick-sub = Pick one. You do not have to give a reason. You can change it later.
pick-keep = Keep it to myself
pick-keep-sub = Nothing is sent.
pick-fix = Fix it. No talk needed.
pick-fix-sub = Your therapist works out what went wrong and makes a change. You do not have to talk about it.
pick-note = Write me a short note
pick-note-sub = You get a few lines to read when you like. No reply needed.
pick-five = Five minutes, then move on
pick-five-sub = A short talk at the start of the next session. It ends at five minutes.
pick-pause = Pause this topic
pick-pause-sub = Your therapist will not bring it up. You can bring it back any time.
pick-switch = Start with something else
pick-switch-sub = The next session starts with a new topic.
pick-quiet = No calls or notes until we meet
pick-quiet-sub = The plan stays the same.
pick-other = See someone else
pick-other-sub = This goes to the front desk, not to your therapist. You do not have to say why.
# Used instead of pick-other-sub when no front desk is linked.
pick-other-sub-outside = Your phone has no link to a front desk. We can show you who else to ask.
pick-language = Use an interpreter
# Says nothing of cost: only the clinic can say that (see cost-fee).
pick-language-sub = This goes to the front desk. You can say which language in your own words.
pick-unsure = I am not sure yet
pick-unsure-sub = It stays here. We will not remind you.
pick-more = More choices
pick-change = Pick another way
pick-kept = It stays with you. Nothing is sent.
pick-until-title = Should it end on a day? (you can skip this)
# $day (String): the last day on which the choice counts.
pick-until = Until { $day }
pick-until-none = No end date
# The practice left this choice out of its link.
pick-not-offered = Your clinic does not have this choice. You can pick another one.

## "See someone else" when no front desk is linked

outside-title = Other ways to see someone else
outside-sub = This list is on your phone. No one is told that you looked.
outside-clinic = You can call the clinic and ask for the front desk. You do not have to say why.
# $place (String): a country's name.
outside-none = We do not have a list for { $place } yet. A doctor or a health line near you may know who to ask.

## Preview: exactly what will be shared, and with whom

preview-title = This is all they will get
preview-to = To: your therapist
preview-to-desk = To: the front desk
# $name (String): the name of the practice as it gave it.
preview-to-name = To: { $name }
preview-choice = Your choice
preview-where = Where it was
preview-words = Your own words
# $day (String): the last day on which the choice counts.
preview-until = It ends after { $day }.
# $name (String): the name that the client chose for this practice.
preview-name = They see this name: { $name }
preview-no-name = They see no name.
preview-when = It goes the next time this phone connects.
preview-takeback = You can take it back until it is picked up.
preview-record = After it is picked up, it may be kept in your file.
preview-notsent = Your own words stay here unless you turn this on.
preview-where-notsent = Where it was stays here unless you turn this on.
# Another practice had the choice before.
preview-takes-back = The one you shared with someone else is taken back.
preview-share-words = Share my own words
preview-share-where = Share where it was
preview-send = Share this
preview-back = Not now
# Shown when what would be sent is no longer what was shown.
preview-changed = Something changed since you saw this. Nothing was sent. Please look once more.
preview-none = There is nothing to share yet. Pick a choice first.
# What a practice says leaves it (insurers, courts, records).
preview-leaves-title = What may leave the clinic, in their own words

## What happened to a choice. It never claims more than is known.

state-held = Only here
state-queued = Not sent yet
state-uploaded = Sent
state-received = Picked up
state-opened = Opened
state-answered = Answered
state-late = Late
state-withdrawing = Taking it back
state-withdrawn = Taken back
state-expired = Ended
status-none = You have no open choices.
status-held = It is only on this phone.
status-waiting = Not sent yet. You can take it back.
# It has own words, and those go only after the four words were compared.
status-wait-words = Not sent yet. Your own words can go once you match the four words with them.
# After a restore: see restore-line.
status-wait-confirm = Not sent. Say if it still counts.
status-sent = Sent. Not picked up yet. You can still take it back.
status-unsure = We lost the link. We cannot tell yet if it was picked up.
# $day (String): the day by which the reply is due.
status-picked = Picked up. A reply is due by { $day }.
# For choices that bring no reply. $day (String): the day by which it is due.
status-picked-by = Picked up. It is due by { $day }.
status-picked-now = Picked up. It counts from now on.
status-picked-session = Picked up. It is for your next session.
status-picked-only = Picked up.
# $day (String): the day by which the reply is due.
status-opened = Someone opened it. A reply is due by { $day }.
# For choices that bring no reply. $day (String): the day by which it is due.
status-opened-by = Someone opened it. It is due by { $day }.
status-opened-now = Someone opened it. It counts from now on.
status-opened-session = Someone opened it. It is for your next session.
status-opened-only = Someone opened it.
status-done = Your note is here. Read it when you like.
status-done-quiet = They say it is done. You do not need to do anything.
status-late = No reply yet. You can wait, pick another way, or let it go.
# For choices that bring no reply.
status-late-quiet = The day has passed. You can wait, pick another way, or let it go.
status-expired = The end date has passed. Nothing will come of it.
# $day (String): the end date that the client set.
status-ends = It ends after { $day }.
# $day (String): the day the therapist's note came.
status-note-from = A note came on { $day }.
status-let-go = Let it go
# Letting go takes the choice back, and that is still to be sent.
status-let-go-done = You let it go. That goes the next time this phone connects, and nothing more.
status-too-late = It is too late for that. It was answered, taken back, or it ended.
status-erase = Wipe it from this phone
status-erased = Wiped from this phone. What was picked up may still be in your file.

## When a choice is due, in a few words

due-now = From now on
due-session = At the next session
# $day (String): the day by which it is due.
due-by = By { $day }

## Taking a choice back

takeback-button = Take it back
# Only when it is known that nobody saw it.
takeback-ok = Taken back. No one saw it.
takeback-waiting = You took it back. We are telling them. We cannot tell yet if it was picked up.
# Where it is known that it was picked up.
takeback-telling = You took it back. We are telling them.
takeback-late = It was picked up before we could stop it. We told them you took it back.
takeback-none = There is nothing to take back.

## Notes from the therapist

notes-none = You have no notes.
# $name (String): the practice that wrote it.
notes-from = From { $name }
notes-no-reply = You do not have to reply.
# The other side sends notes only after the four words were compared.
notes-wait = Notes can come once you match the four words with them.

## What it will not cost: each line only where the practice said so

cost-title = What this will not cost you
cost-fee = There is no fee for this.
cost-slot = You keep your time slot.
cost-wait = You do not go back on a wait list.
cost-visit = It does not count as a missed visit.
cost-unknown = Your clinic has not told us about this. You can ask the front desk.

## Safety. Attune is not for emergencies: said on Home, on the preview, and after sharing.

safety-line = No one reads this app day and night. If you are not safe now, get help here.
safety-button = Get help now
safety-share = This is not for an emergency. It may be days until someone sees it.
safety-list-title = Who you can call now
# $place (String): a country's name.
safety-list-place = These are for { $place }.
place-au = Australia
place-ca = Canada
place-eu = the European Union
place-gb = the United Kingdom
place-ie = Ireland
place-nz = New Zealand
place-us = the United States
# $day (String): when somebody last checked a list of phone numbers.
safety-checked = Last checked on { $day }
safety-fallback = We have no list for where you are. Call the emergency number of your country, or go to the nearest hospital.
safety-offline = This list is on your phone. You do not need to be online.
serious-line = Was it more than a mistake?
serious-sub = If someone hurt you, touched you, or scared you, you can go to people outside the clinic. See who they are.
serious-list = These people do not work for the clinic. You choose if you call them, and what you say.
serious-fallback = We have no list for where you are. A health line, a lawyer, or the police may tell you who can help.

## What stays private

privacy-title = What stays private
privacy-one = What you mark stays on this phone until you choose to share it.
privacy-two = We cannot read it. We do not track you. There are no ads.
privacy-three = If you lose this phone, your marks are gone. You can save a copy.
privacy-four = Someone who can unlock your phone may be able to open this app. You can set a code.
# What a server in the middle sees.
privacy-relay = The server in the middle holds sealed boxes. It cannot tell if there is a choice inside.

## Locking and unlocking

lock-title = Unlock to open
lock-fallback = Use my phone code
lock-code = Your code for this app
lock-code-new = Set a code for this app
lock-code-again = Type the same code once more
lock-code-differs = The two codes are not the same. Try again.
lock-code-wrong = That code did not work. You can try again.
lock-code-set = The code is set.
lock-code-off = The code is off.
lock-busy = Your space is open in another window. Close it there first.
lock-later = Your phone is still locked. Unlock it, then open this again.
# The key is gone for good; the data can no longer be read by anybody.
lock-key-gone = The key to your space is gone from this phone. No one can open what is here. You can bring back a saved copy, or start over.
lock-damaged = Your space cannot be read. It may be damaged. Nothing was wiped. You can bring back a saved copy.
lock-newer = A newer app made this. Update the app to open it.
lock-disk = The phone is full. Free some space, then try again. Nothing is lost.
lock-start-over = Start over
lock-start-over-sub = What is here is set aside, not wiped. You begin with an empty space.

## Deleting everything

delete-title = Delete all of it
delete-sub = This wipes all that this app keeps on this phone. It cannot be undone.
delete-sub2 = What was picked up may still be in your file. You can ask the clinic for it.
delete-done = All of it is gone from this phone.

## Saving a copy

copy-title = Save a copy
copy-sealed = A locked copy
copy-sealed-sub = You pick a pass phrase. No one can open the copy without it, not even us.
copy-readable = A copy you can read
copy-readable-sub = Anyone who finds this file can read it.
copy-passphrase = A pass phrase for the copy
copy-passphrase-again = Type the same pass phrase once more
copy-passphrase-short = Make it longer. Four or more words are good.
copy-passphrase-wrong = That pass phrase did not open the copy. You can try again.
copy-saved = The copy is saved.
copy-in = Bring back a copy
copy-in-done = Your copy is back.
copy-in-not-empty = There is already something here. A copy can only go into an empty space.
copy-in-bad = This file is not a copy from this app, or it is damaged. Nothing was changed.

## After a copy was brought back (also when a phone was set up from a backup)

restore-title = This phone was brought back from a copy
restore-line = This phone was brought back from a copy. Nothing is sent until you say so.
restore-sub = You may have changed your mind since then. Look at each choice and say if it still counts.
restore-keep = It still counts
restore-drop = Drop it
# A choice that this copy does not know; the practice lists it.
restore-unknown = They hold a choice from you that is not in this copy. They do not see it now. You can take it back, or pick it again.
restore-let-be = Let it be
restore-kept = It still counts. It goes the next time this phone connects.
restore-dropped = Dropped. It will not be sent.
restore-done = Done. Only what you kept is sent.
restore-none = No choice waits for your word.
# What was said to a draft, and words about oneself.
restore-said = What you said to a draft waits for your word too.
restore-about = What you shared about you waits for your word too.

## A second phone

phones-two = Two phones are using your space.
phones-two-sub = This can happen if a copy was put on a second phone. If that was not you, unlink your therapist here and ask for a new code.
phones-keep = Keep this phone
# The desk was set up anew; the client compares words once more.
phones-desk-new = Their computer is new or was set up again. Read the four words to each other once more.

## Linking this phone with a therapist or a front desk

pair-title = Link with your therapist
pair-scan = Scan the code they show you
pair-type = Or type the eight words they give you
pair-relay = The address that they gave you with the words
pair-relay-needed = Eight words need the address that came with them.
pair-word-unknown = One of the words is not on our list. Please check each word.
# $count (Number): how many words were typed.
pair-word-count =
    { $count ->
        [one] That is { $count } word. A code has eight.
       *[other] That is { $count } words. A code has eight.
    }
pair-name-title = What name should they see? (you can skip this)
# $name (String): the practice.
pair-from = This code is from { $name }.
pair-role-therapist = Your therapist
pair-role-desk = The front desk
pair-waiting = Waiting for their side. You can leave this open.
# $name (String): the practice.
pair-done = You are now linked with { $name }.
pair-introduced = This code did not come from the clinic itself.
# $introducer (String): the name of the therapist whose desk handed it on.
pair-introduced-by = { $introducer } gave you this code. It did not come from the clinic itself. They could be the one who reads it.
pair-introduced-check = To be sure, ask the front desk for their own code.
pair-used = This code was already used. Ask for a new one.
pair-used-other = A second phone tried this code. If that was not you, ask for a new code.
pair-ran-out = This code ran out. Ask for a new one.
pair-spent = This code ran out or was used. Ask for a new one.
pair-bad = This is not a code we know. Please check it, or ask for a new one.
pair-cheat = The two sides do not fit. Nothing was shared. Ask for a new code, in the room if you can.
pair-newer = Their app is newer than yours. Update this app, then try again.
# A code or link that is not whole.
pair-cut = Part of the code is missing. Please copy all of it.
pair-stage-waiting = Waiting for their side
pair-stage-active = Linked
pair-stage-ended = The link is cut
# $name (String): the practice. The other side ended the pairing.
pair-goodbye = { $name } cut the link. Your choices with them do not count any more.
status-ended = The link was cut. This does not count any more. You can wipe it.
pair-again = You are already linked with them.
pair-none = This phone is not linked with anyone yet.
pair-offers = What you can pick with them

## Comparing four words, read aloud in the same room

words-title = Do the words match?
# $name (String): who it is.
words-with = To match with { $name }
words-line = Read these four words aloud. Do they match?
words-match = They match
words-differ = They do not match
words-matched = They match. Your own words can go to them now.
words-differed = Then someone else may be on the line. The link is cut. Ask for a new code in the room.
words-later = You can match four words with them later. Until then your choices go out. Notes and your own words wait.

## Unlinking

unpair-button = Unlink
unpair-sub = The link is cut at once. Open choices are dropped. You are not asked why.
# $name (String): the practice.
unpair-done = You are no longer linked with { $name }.

## Connecting

sync-now = Connect now
sync-done = Up to date.
sync-nothing = There is nothing new.
sync-offline = We could not connect. Nothing is lost. It will go the next time.
sync-busy = The server is busy. It will go the next time.
# $minutes (Number): how long to wait.
sync-busy-minutes =
    { $minutes ->
        [one] The server is busy. Try again in { $minutes } minute.
       *[other] The server is busy. Try again in { $minutes } minutes.
    }
sync-denied = The server did not let us in. Nothing is lost. Ask your therapist if they still use this link.
sync-full = The server is full. Nothing is lost. It will go the next time.
sync-newer = The server is newer than this app. Update the app, then try again.
sync-peer-newer = Their app is newer than yours. Update this app to read what they sent.
# A number jumped beyond belief: a fault, or somebody tampers.
sync-jump = Something is wrong on their side or on the server. If this stays, ask for a new code.
sync-silent = We have not heard from their side for a while. Your choice may not have been seen.
# What came from their side cannot be opened, or is older than what was there before.
sync-odd = Something came that we cannot open. We left it alone. Nothing on this phone was changed. If this stays, cut the link and ask for a new code.
sync-server-back = The server went back in time. We sent your choice again.

## Limits

# $limit (Number): characters. $count (Number): characters typed.
limit-words = Your words are too long. You can use { $limit } characters. You have { $count }.
# $limit (Number): how many choices may be open at one time.
limit-choices = You have { $limit } open choices. Take one back or let one go first.
limit-flight = A lot is on its way now. Wait until it is picked up, then share this.
limit-share = Your words are too long to share. Make them shorter.
limit-date = That day has passed. Pick a day from now on.
# $limit (Number): characters.
limit-name = That name is too long. You can use { $limit } characters.

## Drafts the client may look at: a changed plan, or a line for the client's file

note-draft = A draft line for your file
note-plan = A draft of a changed plan
note-ok = Looks right
note-change = Change it
note-skip = Leave it
note-skip-sub = If you leave it, nothing bad comes of it.
# $answer (String): one of the three above.
note-said = You said: { $answer }
note-said-nothing = You have said nothing. You do not have to.
# The answer was given before the phone was brought back from a copy.
note-waits = You said this before this phone was brought back. It is not sent until you say it again.
note-goes = It goes the next time this phone connects. You can say something else as long as it is open.
# The practice closed it, or the link is cut.
note-over = They are done with this one. You can read it, but not answer it.
note-empty = There is no draft for you to look at.

## Notices on the lock screen. Off by default; this is the only text there is.

notify-neutral = You have an update.

## About me: a profile in the client's own words, and what a practice says of itself

about-title = About me, in my own words
about-sub = Your name, how to say it, or what you want them to know. You can skip all of it.
about-own = What you told them about you
about-own-none = You have told them nothing about you. You do not have to.
# It was shared before the phone was brought back from a copy.
about-waits = You shared this before this phone was brought back. It is not sent until you share it again.
# $name (String): the name of the practice as it gave it.
about-theirs = What { $name } says of how they work
about-theirs-none = They have not told how they work.
about-take-back = You can change it or take it back later. What they read, they have read.
about-taken = You took it back. What they read, they have read.
# Right after linking: nothing came from their app yet.
about-not-yet = Their app has not said yet that it can show this. Connect, then try again.
about-old = Their app is too old for this. Nothing was sent. Try again when they have a new one.

## Days. weekday-1 is Monday.

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
# $weekday, $month (String): as above. $day (String): the day of the month, 1 to 31.
day-line = { $weekday }, { $month } { $day }
day-today = Today
day-tomorrow = Tomorrow

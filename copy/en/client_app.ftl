### What the client reads in the phone apps alone: screens that a terminal does not have.
###
### Voice: as in client.ftl. A text that an app needs is looked for there first, and then here.
### `cargo xtask copy` writes both files into the phones' own formats.

## The app itself. Its name is no text: it is the same in every language, and stands in the apps.

# What the phone's settings call this app's notices.
app-channel = Updates
app-channel-about = It says that there is something new. It never says what.
app-version-title = Version
app-parts-title = Parts made by others
app-parts-sub = This app is built on the work of many people. Here are their names and terms.

## Buttons on many screens

button-back = Back
button-begin = Begin
button-cancel = Cancel
button-change = Change
button-close = Close
button-done = Done
button-keep = Keep it
button-next = Next
button-not-now = Not now
button-open = Open
button-pick-file = Pick a file
button-save = Save
button-search = Search
button-settings = Open the phone's settings
button-skip = Skip this
button-try-again = Try again
button-wipe = Wipe it

## What a screen reader says for pictures and switches

icon-back = Go back
icon-clear = Clear the box
icon-close = Close
icon-code-cover = Cover the code
icon-code-show = Show the code
icon-hide = Hide this app
icon-more = More
icon-new = New
icon-scan = Scan a code
icon-settings = Settings
switch-off = Off
switch-on = On
# Said of the one that is picked in a list.
switch-picked = Picked
wait-line = Please wait.

## Titles of screens

title-choice = Your choice
title-copies = Copies
title-draft = A draft for you
title-lock = Lock
title-moment = A moment
title-note = A note
title-people = Your people
title-practice = How they work
title-settings = Settings

## First run

first-title = Before you begin
first-adults = This app is for people who are 18 or older.
first-sub = There is no sign-up. We ask you nothing.

## Home

home-all-moments = See all moments
home-drafts = Drafts for you to look at
home-link = Link with someone
home-no-people = You can use this app alone. To share a choice, link with your therapist first.
home-restored = Some choices wait for your word.
home-settings = Settings

## One moment

moment-choices = What you picked for it
moment-erase-all-ask = Wipe all moments? This does not take back what you shared.
moment-erase-ask = Wipe this moment?
moment-erase-line = This cannot be undone. It does not take back what you shared.
moment-pick = Pick what would help
moment-where = Where it was
moment-words = In your own words
moment-words-change = Change your words
moment-words-erase = Wipe your words
moment-words-erase-ask = Wipe your words?
moment-words-kept = They are saved as you type.
moment-words-hint = No one can read this but you, unless you share it.
# $count (Number): how many characters may still be typed.
moment-words-left =
    { $count ->
        [one] You can type { $count } more letter.
       *[other] You can type { $count } more letters.
    }

## Picking what would help

# Above the options, where a choice that was shared is changed.
pick-change-line = What you pick takes the place of the one you shared.
# The line on a choice that says where it goes.
pick-goes-desk = Goes to the front desk
pick-goes-nowhere = Stays on this phone
pick-goes-therapist = Goes to your therapist
pick-link-first = To share this, link with your therapist first. Your moment stays saved.
pick-who-title = Who should get it?

## The last day of a choice

date-clear = No end date
date-day-less = One day earlier
date-day-more = One day later
date-line = After this day it does not count any more.
date-month-next = The next month
date-month-past = The month before
date-one-month = In one month
date-one-week = In one week
date-own = Pick a day
date-title = What is the last day?
date-two-weeks = In two weeks
date-week-less = One week earlier
date-week-more = One week later

## Before sharing

# The switch for own words cannot be turned on yet.
preview-words-wait = Your own words can go once you match the four words with them.

## After sharing

share-done = You chose to share this.
share-done-line = It goes the next time this phone connects. You can take it back until it is picked up.
share-now = Send it now
# The touch came through another app's window.
share-covered = Another app covers a part of this one. Close it, then tap once more.
# The screen is recorded, mirrored or shared: what was written is not shown.
capture-line = This screen is being recorded or shown somewhere else. So this part is covered. You can change that in the settings.
choice-change-ask = Pick another way? The new one takes the place of this one.
choice-erase-ask = Wipe it from this phone?
choice-moment = See the moment
choice-takeback-ask = Take it back?
choice-what = What you shared
choice-where-now = Where it is now

## Notes, and reading aloud

note-erase = Wipe this note
note-erase-ask = Wipe this note? This cannot be undone.
note-new = New
read-aloud = Read it aloud
read-near = People near you may hear it.
read-none = This phone has no voice for this. You can read it here.
read-stop = Stop reading

## Drafts the client may look at

draft-answer-title = What do you want to say?
draft-answered = You can change what you said as long as it is open.
draft-change-hint = They will read these words. You can skip this.
draft-change-title = What should change?
draft-erase = Wipe this draft
draft-erase-ask = Wipe this draft? This cannot be undone.
draft-send = Send my answer
draft-unsay = Say nothing

## About me

about-box = Your words about you
about-match-first = You can share this once you match the four words with them.
about-preview = They will read just this.
about-share = Share this
# It never says whether it went already: that is not known.
about-chosen = You chose to share this. It goes when this phone connects.
about-share-with = Who should read it?
about-take-back-ask = Take back what you told them about you?
about-write = Write about yourself

## People

people-add = Add a link
# Who answers when the therapist or the front desk is late.
people-backup = Who answers if they are late
# $day (String): the day on which something last came from their side or went there.
people-heard = Last reached on { $day }
people-heard-never = Not reached yet
people-match = Match four words
people-matched = You matched the four words.
people-name = The name they see
people-none = You are not linked with anyone yet. You can use this app alone.
people-relay = The server in the middle
# $name (String): the practice.
people-unlink-ask = Unlink from { $name }?
# What goes with the link, beside what unpair-sub says.
people-unlink-notes = Notes and drafts from them are wiped from this phone.
people-unlinked = You are not linked with them any more.

## Linking

link-again = Start again with a new code
link-by = How did they give it to you?
link-by-link = A link
link-by-scan = A code to scan
link-by-words = Eight words
# The label of a box: the server that came with the eight words.
link-address = The address
# The words do not match: said before the person answers.
link-differ = If they do not match, the link is cut. Nothing more is sent.
link-camera = The camera reads the code. No picture is kept.
link-camera-allow = Use the camera
link-camera-none = We cannot use a camera here. You can type the eight words.
link-camera-off = The camera is off for this app. You can turn it on in the phone's settings. Or type the eight words.
link-frame = Hold the code inside the frame.
link-paste = Type or paste the link they sent you
link-relay-unusable = We cannot use the server in this code. Ask for a new one.
link-sub = They start it. They show you a code, read you eight words, or send you a link.
link-to = Link with them
link-waiting-sub = You can leave this screen. It goes on the next time this phone connects.
# $number (Number): which of the eight words, from 1 to 8.
link-word = Word { $number } of 8
link-word-did-you-mean = Is it one of these?
link-word-unknown = This word is not on our list.
link-whole = That is all of the code.
link-words-whole = All eight words are there.

## Where to get help

# $phone (String): a phone number.
help-call = Call { $phone }
help-leaves = A call or a website leaves this app. Your phone may keep a list of calls and sites.
help-no-call = This phone cannot make calls. You can use this number on another phone.
help-pick-place = Pick where you are
help-place-any = Somewhere else
help-place-change = Change where you are
help-place-kept = This stays on this phone.
help-place-search = Search for a country
help-place-unknown = We have no list by that name.
help-site = Open the website
# $source (String): who publishes the number.
help-source = From { $source }
# There is no list of others to see, and it is not known where the person is.
help-none-here = We do not have a list for where you are yet. A doctor or a health line near you may know who to ask.
language-search = Search for a language
language-unknown = We have no language by that name.

## Settings: the lock

set-code = A code for this app
set-code-change = Change the code
set-code-forgot = If you forget the code, no one can open your space. Not even us.
set-code-off = Turn the code off
set-code-off-ask = Turn the code off? Then anyone who can unlock your phone can open this app.
set-code-sub = You type it when you open this app. A longer code is harder to guess.
# A switch below a code or a pass phrase.
set-code-see = Show what I type
set-touch = Open with finger or face
set-touch-changed = The fingers or faces on this phone have changed. Use your code. Then you can turn this on again.
set-touch-needs-code = Set a code first.
set-touch-none = This phone has no finger or face set up.
set-touch-sub = Any finger or face that opens this phone can open this app. Your code works too.
set-lock = Lock by itself
# $count (Number): minutes out of use until it locks.
set-lock-minutes =
    { $count ->
        [one] After { $count } minute
       *[other] After { $count } minutes
    }
set-lock-screen = When the screen goes off
set-lock-sub = This app locks by itself some time after you leave it.
set-lock-at-once = When you leave this app
# On a phone that stops apps soon after they are left; shown where a code is set, above the times.
set-lock-phone = With a code, it locks ten seconds after you leave it, or sooner. This phone does not let it wait.

## Settings: what others can see

set-notify = Tell me when there is an update
set-notify-ask = Your phone will ask if this app may show notices. A notice says "You have an update." and no more.
set-notify-denied = Your phone does not let this app show notices. You can change that in the phone's settings.
set-notify-sub = It says "You have an update." and no more. It does not show while the phone is locked.
set-screen = Block pictures of the screen
set-screen-off-ask = Let pictures be taken? Other apps may then see what is on the screen.
set-screen-off-yes = Yes, let them be taken
set-screen-sub = Other apps on this phone cannot take a picture of what you see here.
set-seen-title = What others can see
# On a phone where an app is told that the screen is recorded, and cannot block pictures of it.
set-capture = Cover notes while the screen is recorded
set-capture-off-ask = Do not cover them? A recording of the screen may then show your notes.
set-capture-off-yes = Yes, do not cover them
set-capture-sub = Your notes are covered then, and so is what you are about to share. This also holds while the screen is shown on another one.
# On that phone, instead of set-notify-sub: no app can keep a notice off the locked screen.
set-notify-sub-lock = It says "You have an update." and no more. It can show while the phone is locked. You can change that in the phone's settings.
set-shots = Pictures of the screen
set-shots-sub = This phone does not let an app block them. A picture that you take is kept with your photos.

## Settings: looking for updates

set-look = Look for updates
# Shown where a code is set: without it the data cannot be opened.
set-look-code = While a code is set, this app can look only when it is open.
set-look-asked = Only when I ask
# $day (String): a day, such as "Friday, March 6".
set-look-last = Last looked on { $day }
set-look-never = Not looked yet
# On a phone that decides itself when an app may look.
set-look-phone = Your phone may look less often than you set here.
set-look-now = Look now
set-look-once = By itself, once a day
set-look-sub = The time of day is left to chance. Nothing is sent until you link with someone.
set-look-twice = By itself, twice a day
set-look-running = Looking for updates
set-look-stop = Stop looking

## Settings: text, language, moments

set-app-title = This app
set-keep = How long moments stay
set-keep-always = Until I wipe them
set-keep-ask = Moments that are older than this are wiped. This cannot be undone.
set-keep-yes = Yes, change it
# $count (Number): days until a moment is wiped.
set-keep-days =
    { $count ->
        [one] For { $count } day
       *[other] For { $count } days
    }
set-keep-sub = Older ones are wiped. What you shared is not.
set-language = Language
set-language-sub = It is the same as on your phone.
set-data-title = What is on this phone
set-copy-in = A copy can only come back into an empty space. That is a new phone, or this one after you delete all of it.
set-text = Text size
set-text-sub = It is the same as on your phone.

## Copies

copy-again = Make the copy again
copy-differs = The two are not the same. Try again.
copy-elsewhere = If you save it online, those who run that place hold the file too.
copy-in-ask = Bring back this copy?
copy-in-pick = Pick the copy
copy-in-passphrase = The pass phrase of the copy
copy-in-sub = It goes into an empty space. Nothing is sent until you say so.
copy-in-working = Bringing back your copy
copy-not-saved = The copy was not saved. Nothing else was changed.
copy-readable-ask = Save a copy that anyone can read?
copy-sealed-lost = If you lose the pass phrase, no one can open the copy.
copy-sealed-save = Save a locked copy
copy-readable-save = Save a copy you can read
copy-where = Next, your phone asks where to put it.
copy-working = Making your copy

## Deleting all

delete-ask = Delete all of it?
delete-copies = Copies that you saved elsewhere stay there.
# The key went first, so that what is left cannot be read.
delete-left = Some files are left. Their key is gone, so no one can read them. You can try again.
delete-no = Keep it
delete-shared = This does not take back what you shared. You can take it back first.
delete-yes = Yes, delete all of it

## Opening the space, and when it does not open

open-code-forgot = I forgot the code
open-code-forgot-line = No one can get the code back. You can bring back a saved copy, or start over.
open-key-gone-title = The key is gone
open-damaged-title = We cannot read your space
open-fault = Something went wrong when we opened it. Nothing was wiped. You can try again.
open-fault-title = Your space did not open
open-disk-title = The phone is full
open-later-title = Your phone is locked
open-newer-title = This app is too old
open-other-title = Your space is open elsewhere
open-start-over-ask = Start over with an empty space?
open-touch = Use finger or face
# The heading of the system's own prompt for a finger or a face.
open-touch-title = Open your space
open-touch-code = Use my code
open-working = Opening your space

## A phone that was brought back, or a second one

restore-look = Look at them
restore-nothing = Nothing is sent until you say so.
restore-decide-later = Decide later
restore-drop-ask = Drop it? It will not be sent.
phones-new = Their side is new

## When something did not work: what is true, and what to do

fail-gone = This is not here any more.
fail-inside = Something went wrong in this app. Nothing was sent, and nothing is lost. You can try again.
fail-no-app = No app on this phone can open that.
fail-not-matched = Match the four words with them first.
fail-not-ready = The link is not ready for that. Look for updates, then try again.
fail-not-saved = Your phone did not let us save this. Nothing was changed. You can try again.
fail-not-usable = We cannot use that. Please check it.
fail-too-long = That is too long. Make it shorter.
fail-too-many = You cannot have more open choices now. Take one back or let one go first.
fail-unreadable = We cannot read this. It may be damaged. Nothing was wiped.
fail-title = That did not work
fail-wrong-side = This file is from a clinic's computer. It cannot go on a phone.

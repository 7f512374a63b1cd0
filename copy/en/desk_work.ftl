### The desk's page: cards, worksheet, editor, what comes after.
###
### Voice: as for the therapist. Read by therapists and coordinators alike.

## What is open

page-tab-work = My work
page-tab-proposals = Plans
inbox-open = Open the card
inbox-again = Go on with the card
inbox-telling = When you open a card, the client is told that it was opened.
# $name (String): the backup that the practice named.
inbox-late-backup = This is late. Do it today. If you cannot, { $name } steps in.

## A card

card-closed-line = This card has not been opened yet.
card-set-session = Note the day
card-next-title = What to do next
card-to-sheet = Start with the worksheet
card-to-note = Go on with the note
card-note-too = The client did not ask for a note. A short one is possible, and it closes the card.
card-quiet-next = There is nothing to write. Mark it done when you have met.
card-offer = Make an offer
card-book = Tell what is booked
card-to-message = Go on with the message
card-mark-done = Mark it done
card-done-title = Mark it done?
card-done-line = The card leaves this list, and the client is told that it is done. No note is sent.
card-done-keep = Not yet
card-done-change = What you changed
card-done-change-line = This goes to your own list of corrections. It stays on this desk and names no client.
card-done-from = From when

## The worksheet

sheet-title = Worksheet
sheet-line = This is for you alone. It stays on this desk, is never sent, and goes when the case goes.
sheet-free = Write as much or as little as helps. It may stay empty.
sheet-said = What did I say, or leave out?
sheet-effect = What may it have done?
sheet-mine = What of mine was in it?
sheet-mine-hint = Place, power, habit.
sheet-change = What will I change?
sheet-consult = Whom will I consult?
sheet-consult-on = On which day?
sheet-go-on = Save and go on to the note
sheet-keep = Save and go back to the card
sheet-saved = The worksheet is kept.
sheet-back = Back to the worksheet

## The editor

write-title = The note
# $name (String): the client's chosen name.
write-to = To { $name }
write-card = Back to the card
write-impact = What I did, and what it may have done
write-impact-hint = Two sentences are enough. Speak of what you did.
write-apology = Sorry, once
write-apology-hint = One sentence, without "if" and without "but".
write-correction = What I change
write-correction-hint = Start with "I".
write-step = The next step
write-step-hint = Name a day, or say "before our next session".
write-leave = No reply is needed.
write-leave-line = This line ends every note:
write-message = The message
write-check = Save and check
write-saved = The draft is kept. What the check says stands below.
write-empty = Nothing is written yet.
write-changed = The text has changed since you read it below. Nothing was sent. Read it again, then send it.
write-not-sent = Nothing was sent. See what is marked below.
write-quiet = This client wants no calls and no notes until you meet. You can write and keep a draft. It can be sent once that is over.
write-long = This part is too long.
write-whole-long = The text is too long to travel, or too much is under way to this client. Nothing was sent.

## A text for what has left

gone-title = This card has left
gone-taken-back = The client took this choice back, or the link with them has ended.
gone-expired = The last day on which this choice holds is over.
gone-answered = This card was answered or marked done in the meantime.
gone-client = The link with this client has ended, or is not ready.
gone-item = This item is not on the desk any more.
gone-line = What you typed was not sent, and nothing of it is kept on this desk. It stands below, so that you can copy it.

## Two versions of one text

two-title = Two versions of one text
two-line = This text was changed in another tab or window after this page was opened. Nothing is lost, and nothing was sent. Both versions stand below. Copy what you need from one, and go on with the other.
two-kept = What is kept on this desk
two-typed = What you typed here
two-take-kept = Go on with what is kept
two-take-typed = Keep what I typed
two-nothing = Nothing.

## The editor: what fits the choice

write-fit-note = The client asked for a note. Use all four parts.
write-fit-fix = The client wants it put right without a talk. Say what you change, and ask for nothing.
write-fit-pause = The client asked to pause the topic. Say that it is paused. Leave the topic out of the note.
write-fit-switch = The client wants to start with something else. Say what you will open with. Leave the old topic out.
write-fit-five = The client asked for five minutes. Say how you will keep to them. The rest can wait until you meet.
write-fit-other = Offer a person and a time. Leave the choice open.
write-fit-language = Say who is booked and when, and nothing more.

## The editor: templates. Each is a start for a person who writes, and fills only what is empty.

template-title = Start from a template
template-line = A template is a start. You are the author: change whatever is not true. Only empty parts are filled.
template-which = Template
template-use = Fill the empty parts
template-filled = The empty parts are filled. Make every word your own.
template-untouched = These are still the template's words.
template-none-picked = Pick a template first.
template-known = I know which moment it was
template-known-impact = I joked about your accent last week. That may have made the room feel less safe.
template-known-apology = I am sorry I said it.
template-known-correction = I have made a note for myself, and I will not joke about how people speak.
template-known-step = I will work on this with my supervisor before we meet.
template-unknown = I do not know which moment it was
template-unknown-impact = Something I said or left out did not sit right, and that can cost trust.
template-unknown-apology = I am sorry.
template-unknown-correction = I do not know yet which moment it was. That is mine to work out.
template-unknown-step = I will look at my notes by Friday and tell you what I will change. You do not need to explain.
template-rule = A form or a rule of the clinic did it
template-rule-impact = The form you got had no place for your name as you say it. That was our fault, and it may have made you feel like you did not count.
template-rule-apology = I am sorry.
template-rule-correction = I fixed your file today.
template-rule-step = I have asked the clinic to change the form by May.
template-plan = The plan did not fit
template-plan-impact = Our old plan did not leave room for your family. That was my miss, and it may have made the work feel less like yours.
template-plan-apology = I am sorry.
template-plan-correction = I have made a new draft that does.
template-plan-step = You can look at it with me on Tuesday, change it, or leave it with me.
template-fix = Fix it, no talk
template-fix-impact = I got something wrong in our last session, and it may have made you feel less at ease with me.
template-fix-apology = I am sorry. You do not have to tell me what it was.
template-fix-correction = I am going over my notes, and I will meet with my supervisor on Wednesday.
template-fix-step = I will bring a change to our next session.
template-pause = The topic is paused
template-pause-impact = You asked to pause this topic, so it is paused.
template-pause-correction = I will not bring it up.
template-pause-step = You can bring it back on any day, in any way, or leave it. All else stays as it was.
template-switch = A new topic
template-switch-impact = We will start with a new topic on Tuesday.
template-switch-correction = I will not go back to the old topic unless you do.
template-switch-step = I will have two ideas, and you can pick one, or bring your own.
template-five = Five minutes
template-five-impact = You asked for five minutes.
template-five-correction = I will say what I did and what I will change. You can listen and say nothing.
template-five-step = I will set a timer. At five minutes we move on.

## The editor: what the check says

check-title = What the check says
check-nothing = Nothing was found. That does not mean that it is good. Read it aloud once, as the client.
check-blocks = It cannot be sent until this is changed.
check-held = The text cannot be sent yet. Change what is marked as such, then save and check again.
check-works = The check runs on this desk. It keeps nothing and tells nobody. It can miss things, and it can be wrong.
# $count (Number): words.
check-left =
    { $count ->
        [one] { $count } word is left of 120.
       *[other] { $count } words are left of 120.
    }
# $count (Number): words.
check-over =
    { $count ->
        [one] { $count } word is over 120. A note should fit one screen.
       *[other] { $count } words are over 120. A note should fit one screen.
    }
# $value (Number): a school grade.
check-grade = It reads like school grade { $value }. That is plain enough: the goal is 8 or less.
# $value (Number): a school grade.
check-grade-hard = It reads like school grade { $value }. The goal is 8 or less. Shorter sentences and plainer words help.

## The editor: preview and sending

read-title = What the client will read
read-line = This text is sent as it stands here, and nothing else.
read-send = Send this
read-send-line = It leaves at the next sync and closes the card. It cannot be called back.
read-fresh = Changed something above? Save and check first.

## My work: consultation, learning, corrections

work-title = My work
work-line = This is yours. It stays on this desk, is never sent, and names no client.
work-items-title = To consult on and to learn
work-items-empty = Nothing is noted here.
work-consultation = To consult on
work-learning = To learn
# $option (String): what the client chose, such as "Pause this topic".
work-item-of = Your own part in a card: { $option }
# $day (String): such as "Friday, March 6".
work-item-due = By { $day }
# $day (String): such as "Friday, March 6".
work-item-done = Done on { $day }
work-item-session = Before the next session
work-item-mark = Mark it done
work-item-unmark = Open it again
work-item-edit = Change it
work-item-edit-title = Change an item
work-item-remove = Erase it
work-item-what = What
work-item-by = By when
work-item-kind = What it is for
work-item-add-title = Add an item
work-item-add = Add the item
work-item-added = The item is added.
work-item-saved = The item is kept.
work-item-removed = The item is erased.
work-item-kept = An item that a card brought stays until the card goes. Mark it done.
work-corrections-title = Corrections
work-corrections-empty = No correction is noted here.
work-correction-what = What you changed
# $day (String): such as "Friday, March 6".
work-correction-from = From { $day }
work-correction-from-label = From when
work-correction-add-title = Add a correction
work-correction-add = Add the correction
work-correction-added = The correction is added.
work-correction-remove = Erase it
work-correction-removed = The correction is erased.
work-what-needed = Write what it is.
work-day-needed = Write a day, such as 2026-03-06.

## Plans and lines for the file, put to a client

proposals-title = Plans and lines for the file
proposals-line = Put a draft of a plan, or a line as it would stand in the file, to a client. They can say that it looks right, ask for a change, or leave it.
proposals-empty = Nothing is put to a client.
proposals-new-title = Put something to a client
proposals-no-client = No client is linked yet.
# $name (String): the client's chosen name.
proposals-for = For { $name }
proposals-for-nameless = For a client who gave no name
proposal-title = Put a text to a client
proposal-kind = What it is
proposal-plan = A draft of the plan
proposal-file = A line for the file
proposal-text = The text
proposal-text-hint = As the client will read it. Plain words, and what you would sign.
proposal-preview = Preview it
proposal-preview-title = What the client will read
proposal-preview-line = The client reads this, and can answer: Looks right, Change it, or Leave it.
proposal-send = Send this
proposal-change = Change the text
proposal-sent = It leaves at the next sync.
proposal-needed = Write the text first.
proposal-kind-needed = Pick what it is.
proposal-many = As much as can be open with this client is open. Close something first.
proposal-replaces = This takes the place of an earlier wording. Nobody has said anything to it yet.
proposal-quiet = This client wants no calls and no notes until you meet. Nothing can be put to them until that is over.
proposal-old-closed = The earlier wording was closed in the meantime. Nothing was sent. Send this to put it as a text of its own.
proposal-on-its-way = It leaves at the next sync.
proposal-waits-words = It waits until the four words are compared with this client.
proposal-waits-contact = This client wants no calls and no notes until you meet. It waits until then.
proposal-waits-app = It waits until the client's app is updated.
proposal-arrived = The client's phone has it. Whether it was read is not known.
proposal-closed = You are done with it.
proposal-silence = No word on it. That is neither yes nor no.
proposal-right = The client says: Looks right.
proposal-asked = The client says: Change it.
proposal-asked-how = The client says: Change it, like this:
proposal-left = The client says: Leave it. That is an answer, too.
proposal-anew = Write it anew
proposal-close = Be done with it
proposal-close-said = It is closed. The client is not asked any more.
proposal-remove = Erase it
proposal-removed = It is erased.

## About me and how I work

about-me-title = About me and how I work
about-line = A few lines that clients can read on their phone: who you are, how you work, how you like to be told that something was off.
about-who = Every client whose four words were compared gets it at a next sync. It can be changed or taken away at any time.
about-text = The text
about-text-hint = 1,200 bytes at most: about 200 words.
about-save = Give it to my clients
about-saved = It goes to your clients at the next syncs.
about-away = Take it away
about-away-said = It is taken away at the next syncs.
about-long = This is too long. It may have 1,200 bytes: about 200 words.
about-client-title = What this client says of themselves
about-client-line = They shared this for you to know. Do not quiz them on it.
about-link = About me and how I work

## How long settled cases stay

retention-title = How long settled cases stay
retention-line = A case is settled when it was answered or done, or when it ended, and the client's phone knows. After these days it goes from this desk, with its worksheet and its note.
retention-days = Days
retention-save = Keep the days
retention-saved = The days are kept.
# $least (Number): days. $most (Number): days.
retention-range = Write a number from { $least } to { $most }.
retention-file = What you keep in the client's file stays there. Attune does not touch it.

## The desk's own data

own-title = This desk's own data
own-line = All that this desk holds, for you to read, keep or print: what clients shared with it, and what was written here. No key is in it.
own-warning = It is not encrypted. Whoever has the file or the paper can read it. Keep it where you keep clients' files, or do not make it.
own-file = Save it as a file
own-print = Show it as a page to print
own-print-title = This desk's own data, to print
# $time (String): such as "Friday, March 6, 10:42".
own-made = Made on { $time }
own-practice = What invitations show
own-about = About me and how I work
own-clients = Clients
own-cases = Cards
own-items = To consult on and to learn
own-corrections = Corrections
own-proposals = Plans and lines for the file
own-nothing = Nothing.
own-key-name = Name
own-key-role = Role
own-key-offered = Offered
own-key-backup = Backup
own-key-leaves = What leaves this practice
own-key-relays = Relays
own-key-next-session = Next session
own-key-about = About
own-key-client = Client
own-key-option = Choice
own-key-pointer = What it was about
own-key-words = Own words
own-key-until = Ends after
own-key-due = Due
own-key-state = Where it is
own-key-worksheet = Worksheet
own-key-draft = Draft
own-key-note = Note
own-key-said = What I said or left out
own-key-effect = What it may have done
own-key-mine = What of mine was in it
own-key-change = What I will change
own-key-consult = Whom I will consult
own-key-consult-on = On which day
own-key-impact = What I did
own-key-apology = Sorry, once
own-key-correction = What I change
own-key-step = The next step
own-key-kind = What it is
own-key-what = What
own-key-done = Done
own-key-from = From
own-key-text = Text
own-key-answer = Answer
own-key-closed = Closed
own-yes = Yes
own-no = No
own-received = Received
own-opened = Opened
own-answered = Answered
own-therapist = Therapist
own-coordinator = Front desk
own-looks-right = Looks right
own-change-it = Change it
own-leave-it = Leave it

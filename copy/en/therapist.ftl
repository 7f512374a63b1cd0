### What the therapist reads at the desk.
###
### Voice: plain and direct. Fixed words for each choice: the card says what to do, what not to do and
### by when, and nothing about the person. It never counts, never compares, never blames.

## The list of what is open

desk-title = What is open
desk-empty = Nothing is open.
desk-synced = Up to date.
desk-offline = The relay cannot be reached. Nothing is lost. Try again later.
desk-busy = The relay asks to wait. Nothing is lost. Try again later.
desk-full = The relay is full, or this desk's grant is used up. Ask who runs it.
desk-wants-grant = The relay does not let this desk in. It may need a grant. Ask who runs it.
desk-denied = The relay does not know this link any more. Unlink and make a new code.
desk-unreadable = Something came that cannot be opened. It was left alone. Nothing was changed.
desk-peer-newer = The client's app is newer. Update this desk to read what came.
desk-jump = A number jumped beyond belief: a fault, or somebody tampers. Unlink and make a new code.
# $name (String): the client's chosen name.
desk-new-for = Something new from { $name }. Open it to read it.
desk-no-name = A client who gave no name
# Shown where the desk opens: what this program is not.
desk-not-watched = This desk is not for emergencies. It only knows what came at the last sync.

## The card: frame

# $name (String): the client's chosen name.
card-from = From { $name }
card-due-now = From now on
card-due-session = At the next session
# $day (String): such as "Friday, March 6".
card-due-by = By { $day }
card-do-title = Do
card-do-not-title = Do not
card-where-said = It was about something that was said.
card-where-missed = It was about something that was left out.
card-where-plan = It was about the plan or the task.
card-where-place = It was about a form, the office, or the rules.
card-words-title = In the client's own words
# $day (String): the last day on which the choice counts.
card-until = It ends after { $day }.
card-opened = You opened this.
# $day (String): the day of the next session, as the desk was told.
card-next-session = Next session: { $day }
next-session-unknown = The next session has no day.
card-consult = Talk your own part over with somebody you consult, before the next session.
card-file = What you keep of this in the file, the client may read.
card-taken-back = The client took this back. Drop it. Do not ask about it.
card-ended = This ended before it could be done. There is nothing to do.
card-late = This is late. Do it today.
# $name (String): the backup that the practice named.
card-late-backup = This is late. If you cannot do it today, { $name } steps in.
card-answered = Answered. There is nothing more to do.
card-done = Done. There is nothing more to do.

## The card: what not to do, whatever the choice is

card-do-not-why = Do not ask why.
card-do-not-call = Do not call unless you are asked to.
card-do-not-others = Do not bring in others.

## The card: Pause

card-pause = Pause this topic
card-pause-do-1 = Leave the topic alone from now on.
card-pause-do-2 = If the client brings it up, go along with it.
card-pause-do-not-1 = { card-do-not-why }
card-pause-do-not-2 = { card-do-not-call }
card-pause-do-not-3 = { card-do-not-others }
card-pause-do-not-4 = Do not raise the topic, and do not hint at it.

## The card: SwitchTopic

card-switch = Start with something else
card-switch-do-1 = Prepare two new topics.
card-switch-do-2 = Open the next session with one of them. The client may bring another.
card-switch-do-not-1 = { card-do-not-why }
card-switch-do-not-2 = { card-do-not-call }
card-switch-do-not-3 = { card-do-not-others }
card-switch-do-not-4 = Do not go back to the old topic unless the client does.

## The card: WrittenFollowUp

card-note = Write a short note
card-note-do-1 = Say what you did and what it may have done.
card-note-do-2 = Say sorry once, in one sentence.
card-note-do-3 = Say what you will change, as "I".
card-note-do-4 = Name a step and a date. Say that no reply is needed.
card-note-do-not-1 = { card-do-not-why }
card-note-do-not-2 = { card-do-not-call }
card-note-do-not-3 = { card-do-not-others }
card-note-do-not-4 = Do not ask for an answer, for thanks or to be forgiven.
card-note-do-not-5 = Do not explain what you meant.

## The card: RepairQuietly

card-fix = Fix it. No talk needed.
card-fix-do-1 = Go over the last session and your notes. Find what went wrong.
card-fix-do-2 = Correct it, and write down what you changed and from when.
card-fix-do-3 = Mark it done when it is done.
card-fix-do-not-1 = { card-do-not-why }
card-fix-do-not-2 = { card-do-not-call }
card-fix-do-not-3 = { card-do-not-others }
card-fix-do-not-4 = Do not raise it with the client.

## The card: BriefCheckIn

card-five = Five minutes, then move on
card-five-do-1 = Start the next session with it, on time.
card-five-do-2 = Speak first: what you did, and what you will change.
card-five-do-3 = Set a timer. Stop at five minutes and move on.
card-five-do-not-1 = { card-do-not-why }
card-five-do-not-2 = { card-do-not-call }
card-five-do-not-3 = { card-do-not-others }
card-five-do-not-4 = Do not go over the five minutes. The client may say nothing.

## The card: NoContact. No note can be sent while it is open.

card-quiet = No calls or notes until we meet
card-quiet-do-1 = Keep the plan and the next session as they are.
card-quiet-do-2 = Wait until you meet.
card-quiet-do-not-1 = { card-do-not-why }
card-quiet-do-not-2 = Do not call.
card-quiet-do-not-3 = Do not write. No note can be sent.
card-quiet-do-not-4 = { card-do-not-others }

## Answering

reply-sent = The note is ready. It goes at the next sync.
reply-quiet = This client asked for no calls and no notes. No note can be sent.
reply-wait = The four words have not been compared with this client. The note waits until they are.
# $limit (Number): bytes.
reply-too-long = The note is too long. It may have { $limit } bytes.
reply-empty = The note is empty. Nothing was sent.
reply-blocked = The note was not sent. This cannot be sent to a client:
reply-blocked-next = Nothing is lost: the card is still open. Change these sentences, then send it again.
reply-taken-back = The client took this back. No note is sent.
reply-not-asked = This choice asks for no note. Mark it done instead.
reply-too-late = It was answered or taken back, or it ended. No note is sent.
# $count (Number): words.
reply-count =
    { $count ->
        [one] The note has { $count } word.
       *[other] The note has { $count } words.
    }
# $value (Number): a school grade.
reply-grade = Its reading grade is { $value }.
# $limit (Number): words.
reply-long = A note of { $limit } words fits one screen. This one is longer.
# $limit (Number): a school grade.
reply-hard = Plain words are easier to take in. A reading grade of { $limit } or less is good.
opened-told = The client is told that it was opened.
done-told = The client is told that it is done.

## What is put to a client in writing: a changed plan, or a line for the file

put-plan = A draft of a changed plan
put-file = A draft line for the file
# $name (String): the client's chosen name.
put-for = For { $name }
put-on-its-way = It goes at the next sync.
put-waits-words = The four words have not been compared with this client. It waits until they are.
put-waits-contact = This client wants no calls and no notes until you meet. It waits until then.
put-waits-app = The client's app cannot show it yet. It waits until the app was updated.
put-arrived = It is on the client's phone. That does not say that they read it.
put-closed = You are done with it. The client is not asked any more.
put-looks-right = The client says that it looks right.
put-change-it = The client wants it changed.
put-leave-it = The client leaves it. Let it be.
put-silence = The client may say nothing to it. That is neither yes nor no, and nothing follows from it.
put-none = Nothing was put to a client.
put-empty = The text is empty. Nothing was kept.
# $limit (Number): bytes.
put-too-long = The text is too long. It may have { $limit } bytes. Nothing was kept.
# $limit (Number): how many may be open with one client.
put-many = With this client { $limit } are open. Close one first.

## How the practice works, told to clients, and what a client told about themselves

told-title = What your clients read of how you work
told-none = Clients read nothing of how you work.
told-goes = Each client whose four words were compared gets it at a next sync.
# $limit (Number): bytes.
told-too-long = The text is too long. It may have { $limit } bytes. Nothing was changed.
told-by-client-none = This client told nothing about themselves. They do not have to.

## Inviting a client

invite-title = Link with a client
invite-show = Show this code to the client, or read the eight words to them.
# $count (Number): minutes.
invite-minutes =
    { $count ->
        [one] It counts for { $count } minute.
       *[other] It counts for { $count } minutes.
    }
# $count (Number): hours.
invite-hours =
    { $count ->
        [one] It counts for { $count } hour.
       *[other] It counts for { $count } hours.
    }
invite-claimed = A phone used the code. Compare the four words now.
invite-second = A second phone tried this code. If it was not the client, unlink and make a new code.
invite-ran-out = The code ran out before a phone used it. Make a new one.
invite-none = No code is open.
invite-words-relay = Give this address with the words:
invite-link-once = The code is shown once. It is not kept.
stage-waiting = Waiting for the phone
stage-active = Linked
stage-ended = The link is cut

## Comparing four words, read aloud in the same room

desk-words-line = Read these four words with the client. Do they match?
desk-words-matched = They match. Notes can be sent to this client now.
desk-words-differ = They do not match. Somebody else may be on the line. The link is cut. Make a new code in the room.
desk-words-later = Until the words are compared, choices come in and no note goes out.

## A client's phone that changed, left, or is there twice

client-new-phone = This client's phone is new or was brought back from a copy. Compare the four words once more. Notes wait until then.
client-two-phones = Two phones use this client's link. Do not send notes. Ask the client at the next session which phone is theirs.
client-left = The client cut the link. Their open choices are gone. Do not ask about it.
client-unlinked = The link is cut. The client's phone will be told at its next sync.
client-silent = Nothing came from this client's phone for a while. That says nothing about the client.

## The burden check: why a sentence is shown. Each says what the sentence may ask of the client, and never that the rest is good.

burden-teach = This asks the client to explain or to teach you. Find it out elsewhere.
burden-soothe = This asks to be comforted, forgiven or thanked, or says sorry too much. Say sorry once, and ask for nothing.
burden-intent = This defends what you did or says what you meant. Say what it did instead.
burden-minimise = This makes it smaller, or says sorry only if. Say it as it was.
burden-interpret = This reads the client: a pattern, a cause, a symptom. Speak of what you did.
burden-pressure = This presses for a reply, a meeting, speed or staying. Leave it to the client.
burden-penalty = This names a cost, a record or an authority as what follows. It cannot be sent like this.
burden-task = This gives the client work to do. Do the work yourself.
burden-watch = This has the client look out for the next time. That is yours to do.
burden-group = This speaks of the client as one of a group, or shows what you know of it. Speak of this one person.
burden-shared = This shares out what was yours, or hides who did it. Say "I".
burden-override = This goes against what the client chose, or puts it off. It cannot be sent like this.

## The note as a whole: what is missing, or should not be there

note-not-allowed = The client asked for no notes until you meet. None can be sent.
note-impact-late = The first two sentences do not say what it may have done to the client.
note-apology-again = This says sorry once more. One sentence is enough.
note-no-correction = Nothing says what you change yourself. Say it as "I".
note-no-date = Nothing says by when. Name a day, or "before our next session".
note-question-again = This is a second question. One is the most.
note-question-open = This cannot be answered with yes or no.
note-question-held = There is a question, and nothing says that the client may leave it.
note-too-long = From here on, the note is longer than 120 words.
note-no-leave = Nothing says that no reply is needed.
note-identity = The client did not use this word in what they shared with you.
note-third-party = This brings in somebody else.
note-guarantee = Nobody can know this. Say what you will do.

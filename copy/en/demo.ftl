### The narration of `attune demo`: numbered scenes, and on the left who can see a line.
###
### Voice: the one of the README, plain and short. Each line is a claim that the demo checks against
### the stores before it prints it.

## Frame

demo-title = Attune, all of it on this machine: a phone, two desks, and a relay between them.
demo-how = Sam marks a moment in therapy that did not sit right, and picks what would help. Dr Ada Lind does the rest. On the left: who can see it. Each line was checked before it was printed.
# $count (Number): lines whose claims were checked.
demo-end = All { $count } lines were checked against the stores, and are true.
# $count (Number): lines that were found false.
demo-end-false =
    { $count ->
        [one] { $count } line is not true. It is marked above.
       *[other] { $count } lines are not true. They are marked above.
    }
# $seconds (String): how long it took.
demo-gone = It took { $seconds } seconds. The folders it used are gone. Next: attune phone --help
# $line (String): the line that is not true, with its scene and who would see it.
demo-false = Not true here: scene { $line }
# In front of a line whose check failed.
demo-not-so = NOT TRUE:
# $reason (String): what went wrong; no data of a person is in it.
demo-broke-off = The demo could not go on: { $reason }.

## Names in the story

demo-name-client = Sam
demo-name-therapist = Dr Ada Lind
demo-name-front = Front desk

## Who can see a line: the left column

demo-who-client = Sam
demo-who-therapist = Dr Lind
demo-who-coordinator = front desk
demo-who-relay = relay
demo-who-nobody = nobody else

## What the phone says

# $line (String): what is on the screen.
demo-phone = The phone says: "{ $line }"

## Scene 1: linking

demo-scene-link = Sam links the phone
# $words (String): eight words.
demo-link-code = Her desk shows eight words, and Sam types them: { $words }. The two are linked now.
# $words (String): four words.
demo-link-words-phone = Four words to compare: { $words }
# $words (String): four words.
demo-link-words-desk = Four words to compare: { $words }. The same, so nobody is in between.
demo-link-front = It has its own link with Sam. Dr Lind's desk has no part in it.

## Scene 2: marking a moment

demo-scene-mark = Sam marks a moment
# $line (String): what the phone says.
demo-mark-saved = One tap. The phone says: "{ $line }"
demo-own-words = She laughed when I said how we mourn.
# $words (String): the client's own words.
demo-mark-words = Sam adds a few words: "{ $words }"
demo-mark-private = Nothing left the phone. The words are in no desk and no relay, and even on the phone no file can be read without its key.

## Scene 3: picking what would help

demo-scene-pick = Sam looks at what would help
# $names (String): the titles of the options.
demo-pick-offers = { $names }
demo-pick-nothing = Nobody learns that Sam is looking.

## Scene 4: preview

demo-scene-preview = Sam picks one, and sees all that they will get
# $title (String): a part of the preview. $value (String): what it holds.
demo-preview-field = { $title }: { $value }
demo-preview-nothing = Looking at it sent nothing.

## Scene 5: share

demo-scene-share = Sam taps "Share this"
demo-share-same = Only what was shown can go out: both have the same fingerprint.
demo-share-waits = It waits on the phone for the next sync.

## Scene 6: sync

demo-scene-sync = The phone connects
# $count (String): requests. $bytes (String): bytes of each.
demo-sync-frames = { $count } requests of { $bytes } bytes, and answers of the same size. They were just like that before, when Sam had shared nothing.
demo-sync-nobody = No desk has it yet.

## Scene 7: what the relay holds

demo-scene-relay = What the relay holds
# $count (String): rows.
demo-relay-rows = { $count } boxes, two for each link. Each is a row of five columns. Here is one that the phone just filled:
# $value (String): the start of the column, in hex.
demo-relay-lane = lane_id   { $value }  a random name
# $value (String): a number.
demo-relay-ver = ver       { $value }  the version in the box
# $value (String): a number.
demo-relay-read = read_ver  { $value }  the version that was read last
# $value (String): a number of days. $day (String): the same as a date.
demo-relay-day = day       { $value }  { $day }
# $value (String): the start of the column, in hex. $bytes (String): its length.
demo-relay-body = body      { $value }  { $bytes } sealed bytes
# $case (String): the start of the lane's id, in hex. $value (String): the start of its body, in hex.
demo-relay-other = The phone filled one more, for the other link: { $case }, body { $value }
demo-relay-alike = One of the two has Sam's choice in it, the other has nothing. They look the same.
demo-relay-blind = Not in any byte of its files: the choice, Sam's words, Dr Lind's name.

## Scene 8: what the therapist reads

demo-scene-card = Her desk connects, and Dr Lind reads
# $client (String): the name that the client chose. $title (String): the card's title. $due (String): when it is due.
demo-card-head = From { $client }: { $title }. { $due }.
# $title (String): "Do" or "Do not". $line (String): what to do, or not to do.
demo-card-list = { $title }: { $line }
demo-card-same = This is what Sam saw before sharing, field by field, and nothing more.
# $words (String): the client's own words.
demo-card-private = Still Sam's alone: "{ $words }", and when it was.

## Scene 9: the note back

demo-scene-note = The note back
demo-note-opens = She opens it.
demo-note = I laughed when you told me how your family mourns. That may have felt like I was laughing at them. I am sorry. I will stop and listen when you speak of home, and I will talk this over with a colleague before our next session. No reply is needed.
# $line (String): the note.
demo-note-writes = She writes: "{ $line }"
# $name (String): who wrote it.
demo-note-here = The note from { $name } is there, word for word.
demo-note-relay = It passed on one more sealed box. The note is in no byte of its files.

## Scene 10: a choice taken back before receipt

demo-scene-back = Sam takes a choice back, in time
# $title (String): the option's title.
demo-back-shared = Another day: Sam shares "{ $title }". The phone connects, so the relay has it.
demo-back-relay = The next sync looks like all the others.
# $line (String): what the desk says.
demo-back-desk = Her desk connects: "{ $line }" No row of it has a trace that there ever was one.

## Scene 11: see someone else

demo-scene-other = Sam asks to see someone else
# $title (String): the option's title. $line (String): the line below it.
demo-other-preview = { $title }: "{ $line }"
# $line (String): what the desk says.
demo-other-therapist = Her desk has just connected too: "{ $line }" No row of it has a trace of this.

## Scene 12: a lost answer

demo-scene-lost = An answer is lost on the way
# $title (String): the option's title.
demo-lost-answer = Sam shares "{ $title }". The relay stores it, but the phone never hears of it.
demo-lost-once = The card is there once, after five more syncs on either side.

## Scene 13: a killed phone

demo-scene-killed = The phone is killed in the middle of a sync
# $title (String): the option's title.
demo-killed-shared = Sam shares "{ $title }". It is sent, and the phone's process is killed (SIGKILL).
demo-killed-opened = The phone opens again: the moment, the note and every choice are there.
demo-killed-once = The card is there once.

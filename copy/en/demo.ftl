### The narration of `attune demo`: numbered scenes, and on the left who can see a line.
###
### Voice: the one of the README, plain and short. Each line is a claim that the demo checks against
### the stores before it prints it.

## Frame

demo-title = Attune on this machine: one phone, two desks, and a relay between them.
demo-how = Sam marks a moment in therapy that went wrong, and picks what would help. Dr Ada Lind does the rest. The name on the left is who can see the line. Each line was checked before it was printed.
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
demo-own-words = I felt small, and I nearly left.
# $words (String): the client's own words.
demo-mark-words = Sam adds a few words: "{ $words }"
demo-mark-private = Nothing left the phone. No desk and no relay has the words, and no file on the phone has them in the clear.

## Scene 3: picking what would help

demo-scene-pick = Sam looks at what would help
# $count (String): how many options. $names (String): their titles.
demo-pick-offers = { $count } choices, and none is picked in advance: { $names }
demo-pick-nothing = Looking sends nothing.

## Scene 4: preview

demo-scene-preview = Sam picks one: "This is all they will get"
# $title (String): a part of the preview. $value (String): what it holds.
demo-preview-field = { $title }: { $value }
demo-preview-nothing = A preview sends nothing.

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
demo-relay-lane = lane_id   { $value }  a name that tells nothing
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
demo-relay-blind = Nowhere in its files: the choice, Sam's words, Dr Lind's name.

## Scene 8: what the therapist reads

demo-scene-card = Her desk connects, and Dr Lind reads
# $client (String): the name that the client chose. $title (String): the card's title. $due (String): when it is due.
demo-card-head = { $due }, for { $client }: { $title }
# $title (String): the heading "Do". $line (String): what to do.
demo-card-list = { $title }: { $line }
demo-card-same = This is what Sam saw before sharing, field by field, and nothing more.
# $words (String): the client's own words.
demo-card-private = Still Sam's alone: "{ $words }", and when it was.

## Scene 9: the note back

demo-scene-note = The note back
demo-note-opens = She opens it.
demo-note = I laughed when you told me how your family mourns. It made something that matters look small. I am sorry. I will listen when you speak of home, and I will talk this over with a colleague before our next session. No reply is needed.
# $line (String): the note.
demo-note-writes = She goes over the session by herself, and writes: "{ $line }"
# $name (String): who wrote it.
demo-note-here = The note from { $name } is there, word for word.
demo-note-relay = It passed on sealed boxes. The note is nowhere in its files.

## Scene 10: a choice taken back before receipt

demo-scene-back = Sam takes a choice back, in time
# $title (String): the option's title.
demo-back-shared = Later, Sam shares "{ $title }". The phone connects, and the relay has it.
demo-back-relay = The phone connects again. It looks like every other time.
# $line (String): what the desk says.
demo-back-desk = Her desk connects: "{ $line }" It has no trace that there ever was a choice.

## Scene 11: see someone else

demo-scene-other = Sam asks to see someone else
# $title (String): the option's title. $line (String): the line below it.
demo-other-preview = { $title }: "{ $line }"
# $line (String): what the desk says.
demo-other-therapist = Her desk connected too: "{ $line }" It has no trace of this.

## Scene 12: a lost answer

demo-scene-lost = An answer is lost on the way
# $title (String): the option's title.
demo-lost-answer = Sam shares "{ $title }". The relay has it, but its answer never reaches the phone.
demo-lost-once = There is one card, however often both sides connect.

## Scene 13: a killed phone

demo-scene-killed = The phone is killed in the middle of a sync
# $title (String): the option's title.
demo-killed-shared = Sam shares "{ $title }", and the phone is killed (SIGKILL) once that is sent.
demo-killed-opened = The phone opens again: the moment, the note and every choice are there.
demo-killed-once = Again one card. Nothing was lost, and nothing happened twice.

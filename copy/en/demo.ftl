### The narration of `attune demo`: numbered scenes, and after each line who sees it.
###
### Voice: the one of the README. Each line is a claim that the demo checks against the stores
### before it prints it.

## Frame

demo-title = Attune on this machine: a relay, two desks and a phone, all in temporary folders.
# $count (Number): lines whose claims were checked.
demo-end = All { $count } lines were checked against the stores and are true.
# $line (String): the line that is not true.
demo-false = This is not true here: { $line }
# In front of a line whose check failed.
demo-not-so = NOT SO:
demo-practice-therapist = Dr. Ada Okoye
demo-practice-desk = Riverside front desk
demo-client-name = Sam

## Who sees a line

demo-who-client = phone
demo-who-therapist = therapist
demo-who-coordinator = front desk
demo-who-relay = relay
demo-who-all = everybody
demo-who-nobody = nobody else

## Scene 1: pairing

demo-scene-pair = Link the phone
demo-pair-invite = The therapist's desk shows a code of eight words.
# $words (String): four words.
demo-pair-words = Phone and desk show the same four words: { $words }.
demo-pair-desk = The front desk has a link of its own, from the clinic's own code.

## Scene 2: marking a moment

demo-scene-flag = Mark a moment
demo-flag-saved = One tap. The moment is saved on the phone, in an encrypted file.
demo-flag-private = Nothing about it is on the relay or on a desk.
demo-flag-words = Sam adds own words. They stay on the phone.

## Scene 3: choosing

demo-scene-choose = Pick what would help
# $count (Number): options shown.
demo-choose-options = { $count } choices, Keep first, nothing picked in advance.
# $title (String): the option's title.
demo-choose-picked = Sam picks: { $title }.

## Scene 4: preview and share

demo-scene-share = See it, then share it
# $name (String): the practice.
demo-preview-to = The preview names who gets it: { $name }.
demo-preview-content = The preview shows all of it: the choice, and nothing else.
demo-share-same = What was shared is, byte for byte, what was shown.
demo-share-queued = It is on the phone, not sent yet, and can be taken back.

## Scene 5: sync

demo-scene-sync = Connect
# $bytes (Number): bytes of a frame.
demo-sync-frames = The phone sends frames of { $bytes } bytes. A choice and nothing at all look the same.
demo-sync-uploaded = The relay has it. The phone says "Sent", not "delivered".
demo-sync-received = The therapist's desk took it in and said so. The phone says "Picked up".

## Scene 6: what the relay holds

demo-scene-relay = What the relay holds
# $count (Number): lanes.
demo-relay-lanes = { $count } lanes of the same size, and nothing else about anybody.
# $column (String): a column's name. $value (String): its start, in hex.
demo-relay-column = { $column }: { $value }
demo-relay-blind = No name, no choice, no word of Sam's is in the relay's file.

## Scene 7: what the therapist reads

demo-scene-card = What the therapist reads
# $title (String): the card's title.
demo-card-title = The card: { $title }
# $due (String): when it is due.
demo-card-due = Due: { $due }
# $line (String): one line of the list.
demo-card-do = Do: { $line }
# $line (String): one line of the list.
demo-card-do-not = Not: { $line }
demo-card-nothing-else = The desk has no moment, no words of Sam's, and no reason.
demo-card-opened = The therapist opens it. The phone says "Opened".

## Scene 8: the note back

demo-scene-note = The note back
demo-note-text = I joked about your accent last week. That may have made the room feel less safe. I am sorry I said it. I will not joke about how people speak, and I will work on this before our next session. No reply is needed.
demo-note-arrived = The note is on the phone: "Answered".

## Scene 9: a choice taken back before receipt

demo-scene-takeback = Taken back in time
demo-takeback-shared = Sam shares a second choice and takes it back before the desk looks.
demo-takeback-unseen = The desk never learns that there was one.
demo-takeback-phone = The phone may say "No one saw it", because that is known.

## Scene 10: see someone else

demo-scene-other = See someone else
demo-other-desk = The request is at the front desk.
demo-other-therapist = The therapist's desk has nothing of it, in no table and no envelope.

## Scene 11: a lost answer and a killed phone

demo-scene-faults = A lost answer and a killed phone
demo-faults-lost = The relay's answer is lost on the way. The phone asks again and sends the same bytes.
demo-faults-killed = The phone is killed in the middle of a sync. It opens again with all that was saved.
demo-faults-once = The choice is at the desk once, not twice.

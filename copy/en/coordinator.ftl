### What the coordinator (the front desk) reads.
###
### Voice: as for the therapist. The front desk learns the request and nothing of what led to it.

## Frame

front-title = What is open at the front desk
front-empty = Nothing is open.
front-only = You see this. The therapist does not.

## What not to do, whatever the request is

front-do-not-why = Do not ask why.
front-do-not-therapist = Do not tell the therapist unless the client says yes to it.
front-do-not-call = Do not call unless you are asked to.

## The card: RequestProvider

card-other = See someone else
card-other-do-1 = Offer a named person and a time.
card-other-do-2 = Keep the client's place and time slot until they answer.
card-other-do-3 = Say that they can say yes, ask for another person, or stay.
card-other-do-not-1 = { front-do-not-why }
card-other-do-not-2 = { front-do-not-therapist }
card-other-do-not-3 = { front-do-not-call }
card-other-do-not-4 = Do not send the client back to the therapist to talk it over.

## The card: Interpreter

card-language = Book an interpreter
card-language-do-1 = Book an interpreter before the next session.
card-language-do-2 = If the client named a language, book that one. Else ask which one, and nothing more.
card-language-do-3 = Tell the client when it is booked.
card-language-do-not-1 = { front-do-not-why }
card-language-do-not-2 = { front-do-not-therapist }
card-language-do-not-3 = { front-do-not-call }
card-language-do-not-4 = Do not ask family or friends to interpret.

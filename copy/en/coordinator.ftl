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

## Offering a person and a time

offer-title = Make an offer
offer-line = Write who and when. The page puts it into a message that you can still change. It asks for no reason, and neither should you.
offer-first = The offer
offer-second = A second offer
offer-second-hint = It may stay empty.
offer-person = Who
offer-person-hint = A person by name.
offer-day = Day
offer-time = Time
offer-time-hint = Such as 10:00.
offer-place = Where, or how
offer-place-hint = Such as "room 4" or "by video".
offer-make = Put it into a message
offer-anew = Fill in the form again
offer-anew-line = This takes the place of the message as it stands now.
offer-person-needed = Write a person's name.
offer-day-needed = Write a day, such as 2026-03-06.
offer-time-needed = Write a time, such as 10:00.
offer-second-whole = A second offer needs a person, a day and a time.
offer-made = The message is made from what you wrote. Change it as you like, then send it.

## The message of an offer. The client reads it.

offer-says-open = You asked to see someone else.
# $person (String): a name. $day (String): such as "Friday, March 6". $time (String): such as "10:00".
offer-says = { $person } has a time on { $day } at { $time }.
# $person (String): a name. $day (String): such as "Friday, March 6". $time (String): such as "10:00". $place (String): such as "room 4".
offer-says-place = { $person } has a time on { $day } at { $time } ({ $place }).
# $person (String): a name. $day (String): such as "Friday, March 6". $time (String): such as "10:00".
offer-says-or = Or { $person } has a time on { $day } at { $time }.
# $person (String): a name. $day (String): such as "Friday, March 6". $time (String): such as "10:00". $place (String): such as "room 4".
offer-says-or-place = Or { $person } has a time on { $day } at { $time } ({ $place }).
offer-says-slot = Your time slot stays the same.
offer-says-free = We did not ask why, and no one will. You can say yes, ask for a different person, or stay as you are.

## Booking an interpreter

book-title = Tell what is booked
book-line = Book first, then write who and when. The page puts it into a message that you can still change.
book-person = Person or service
book-language = Language
book-language-hint = Only if the client named one.
book-day = Day of the session

## The message of a booking. The client reads it.

# $person (String): a person or a service. $day (String): such as "Friday, March 6". $time (String): such as "10:00".
book-says = An interpreter is booked for { $day } at { $time }: { $person }.
# $language (String): as the client named it.
book-says-language = The language is { $language }.
book-says-free = You can ask for another one at any time. No reply is needed.

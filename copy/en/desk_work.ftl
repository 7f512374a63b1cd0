### The desk's page: cards, worksheet, editor, what comes after.
###
### Voice: as for the therapist. Read by therapists and coordinators alike.

## Every card

work-title = Work on a card

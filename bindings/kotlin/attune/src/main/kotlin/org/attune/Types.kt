/*
 * What the library's records and enums are called here. They are immutable, compare by what they hold, and their text
 * form is the type's name alone: nothing of a person is in a log by accident.
 */
package org.attune

import java.time.OffsetDateTime
import java.time.ZoneOffset

/** Which moment. Ids grow with time and are never used twice. */
public typealias MisattunementId = org.attune.ffi.MisattunementId

/** Which paired practice. */
public typealias PracticeId = org.attune.ffi.PracticeId

/** Which shared choice. */
public typealias CaseId = org.attune.ffi.CaseId

/** Which note. */
public typealias FollowUpId = org.attune.ffi.FollowUpId

/** Which plan draft or line for the file. */
public typealias ProposalId = org.attune.ffi.ProposalId

/** Which preview: only the newest one can be shared, once. */
public typealias PreviewId = org.attune.ffi.PreviewId

/** A moment that the person marked. It stays on the phone. */
public typealias Misattunement = org.attune.ffi.Misattunement

/** What a practice attested that a choice will not cost. `false` is "not told". */
public typealias AttestedTerms = org.attune.ffi.AttestedTerms

/** What a practice said of itself in its invitation. */
public typealias PracticeCard = org.attune.ffi.PracticeCard

/** How a pairing fares. */
public typealias Health = org.attune.ffi.Health

/** A paired therapist or front desk. */
public typealias Practice = org.attune.ffi.Practice

/** An option as it is offered, and who it goes to. */
public typealias Offer = org.attune.ffi.Offer

/** What the person picked; [AttuneVault.preview] makes of it what would be sent. */
public typealias RepairChoice = org.attune.ffi.RepairChoice

/** Exactly what a share would send, and to whom. */
public typealias Preview = org.attune.ffi.Preview

/** A shared choice, as the phone shows it. */
public typealias Choice = org.attune.ffi.Choice

/** A note from a practice. */
public typealias FollowUp = org.attune.ffi.FollowUp

/** A plan draft or a line for the file. */
public typealias Proposal = org.attune.ffi.Proposal

/** What the person says of themselves to one practice. */
public typealias OwnAbout = org.attune.ffi.OwnAbout

/** A choice that waits for the person's word after a copy was brought back. */
public typealias Restored = org.attune.ffi.Restored

/** Somebody who can be reached outside of a practice. */
public typealias HelpEntry = org.attune.ffi.HelpEntry

/** What a pairing code is, checked while it is typed. */
public typealias CodeCheck = org.attune.ffi.CodeCheck

/** What the library holds its input to. */
public typealias Limits = org.attune.ffi.Limits

/** How the person wants it repaired. */
public typealias RepairOption = org.attune.ffi.RepairOption

/** An optional hint at what it was about. */
public typealias Pointer = org.attune.ffi.PointerHint

/** Who a practice is. */
public typealias PracticeRole = org.attune.ffi.PracticeRole

/** How far a pairing has come. */
public typealias PairingStage = org.attune.ffi.PairingStage

/** Where a choice stands; never more than is known. */
public typealias ChoiceState = org.attune.ffi.ChoiceState

/** The one line on where a choice stands: each has a text of its own, and those that name a day mean the choice's `due`. */
public typealias StatusLine = org.attune.ffi.StatusLine

/** Why a shared choice stays on the phone for now. */
public typealias WaitsFor = org.attune.ffi.WaitsFor

/** What troubled the last sync of a pairing. */
public typealias Trouble = org.attune.ffi.Trouble

/** What there is to say of the link with a practice. */
public typealias PracticeNotice = org.attune.ffi.PracticeNotice

/** What a practice puts to the person. */
public typealias ProposalKind = org.attune.ffi.ProposalKind

/** What the person says to it. */
public typealias ProposalAnswer = org.attune.ffi.ProposalAnswer

/** Why no words about oneself can be shared with a practice now. */
public typealias AboutWaitsFor = org.attune.ffi.AboutWaitsFor

/** Which list of help. */
public typealias HelpKind = org.attune.ffi.HelpKind

/** How a pairing code reads. */
public typealias CodeReading = org.attune.ffi.CodeReading

/** Whether a vault is in a folder. */
public typealias VaultPresence = org.attune.ffi.VaultPresence

/** When it was marked, in the zone in which the phone was then. */
public val Misattunement.markedAtLocal: OffsetDateTime
    get() = markedAt.atOffset(ZoneOffset.ofTotalSeconds(utcOffsetMinutes * 60))

/** This option for that practice, with nothing else shared: every switch is off until the person turns it on. */
public fun RepairChoice(
    option: RepairOption,
    practice: PracticeId,
    moment: MisattunementId? = null,
): RepairChoice = RepairChoice(option, practice, moment, withPointer = false, withWords = false, until = null, replaces = null)

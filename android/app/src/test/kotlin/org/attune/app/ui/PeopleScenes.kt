package org.attune.app.ui

import android.content.Context
import android.view.View
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import java.time.Instant
import java.time.LocalDate
import org.attune.AttestedTerms
import org.attune.CaseId
import org.attune.Choice
import org.attune.ChoiceState
import org.attune.CodeCheck
import org.attune.CodeReading
import org.attune.Health
import org.attune.HelpEntry
import org.attune.HelpKind
import org.attune.MisattunementId
import org.attune.OwnAbout
import org.attune.PairingStage
import org.attune.Pointer
import org.attune.Practice
import org.attune.PracticeCard
import org.attune.PracticeId
import org.attune.PracticeNotice
import org.attune.PracticeRole
import org.attune.Proposal
import org.attune.ProposalAnswer
import org.attune.ProposalId
import org.attune.ProposalKind
import org.attune.RepairOption
import org.attune.Restored
import org.attune.StatusLine
import org.attune.Trouble
import org.attune.WaitsFor
import org.attune.app.model.AboutMeState
import org.attune.app.model.AutoLock
import org.attune.app.model.BringBackState
import org.attune.app.model.CompareState
import org.attune.app.model.DeleteAllState
import org.attune.app.model.HelpState
import org.attune.app.model.JoinState
import org.attune.app.model.PasscodeState
import org.attune.app.model.PracticeState
import org.attune.app.model.PracticesState
import org.attune.app.model.ProposalState
import org.attune.app.model.ProposalsState
import org.attune.app.model.RestoredState
import org.attune.app.model.SaveCopyState
import org.attune.app.model.Settings
import org.attune.app.model.SettingsState
import org.attune.app.model.Viewfinder
import org.attune.app.picture.Variant

private val ABOVE = Frame(onHide = {}, onBack = {}, onHelp = {})

private fun full(content: @Composable () -> Unit) = Scene(ABOVE, Variant.entries, content)

/** One that differs little from another, which is drawn in all of them. */
private fun plain(content: @Composable () -> Unit) = Scene(ABOVE, listOf(Variant.LIGHT), content)

/** Screens of people, drafts, help, settings and copies as somebody may meet them. Nobody in them is real. */
val PEOPLE_SCENES: Map<String, Scene> = linkedMapOf(
    "people-none" to plain { PracticesContent(PracticesState(read = true)) {} },
    "people" to full { PracticesContent(PracticesState(true, listOf(ADA, DESK.but(stage = PairingStage.WAITING, card = null)))) {} },
    "practice" to full { PracticeContent(PracticeState(ADA, HOW, OwnAbout(ABOUT, waits = false))) {} },
    "practice-unmatched" to plain { PracticeContent(PracticeState(ADA.but(compared = false))) {} },
    "practice-newcomer" to plain { PracticeContent(PracticeState(ADA.but(PracticeNotice.NEWCOMER, compared = false), HOW)) {} },
    "practice-two-phones" to plain { PracticeContent(PracticeState(ADA.but(PracticeNotice.TWO_PHONES), HOW)) {} },
    "practice-introduced" to plain { PracticeContent(PracticeState(DESK)) {} },
    "practice-waiting" to plain { PracticeContent(PracticeState(WAITING, looking = true)) {} },
    "practice-ended" to plain {
        PracticeContent(PracticeState(ADA.but(PracticeNotice.GOODBYE, stage = PairingStage.ENDED, trouble = Trouble.GOODBYE))) {}
    },
    "about-me" to full { AboutMeContent(AboutMeState(ADA, null, ABOUT, read = true, compared = true)) {} },
    "about-me-shared" to plain { AboutMeContent(AboutMeState(ADA, OwnAbout(ABOUT, false), ABOUT, read = true, compared = true)) {} },
    "about-me-waits" to plain { AboutMeContent(AboutMeState(ADA, OwnAbout(ABOUT, true), ABOUT, read = true, compared = true)) {} },
    "about-me-unmatched" to plain { AboutMeContent(AboutMeState(ADA.but(compared = false), read = true)) {} },
    "join-words" to full { JoinContent(typed("anchor basin cedar dawn ea", CodeReading.WORD_COUNT, listOf("eager", "eagle", "earth", "easel"))) {} },
    "join-words-unknown" to plain { JoinContent(typed("anchor basin cedarr dawn eagle fern glass harbor", CodeReading.UNKNOWN_WORD, at = 3)) {} },
    "join-words-whole" to plain { JoinContent(typed("anchor basin cedar dawn eagle fern glass harbor", CodeReading.WORDS)) {} },
    "join-link" to plain { JoinContent(JoinState(JoinState.By.LINK, LINK.dropLast(20), check = CodeCheck(CodeReading.NOT_WHOLE, null, null))) {} },
    "join-link-whole" to plain {
        JoinContent(JoinState(JoinState.By.LINK, LINK, name = "Sam", check = CodeCheck(CodeReading.LINK, "https://relay.example.org", null))) {}
    },
    "join-scan" to plain {
        CompositionLocalProvider(LocalViewfinder provides CAMERA) { JoinContent(JoinState(JoinState.By.SCAN)) {} }
    },
    "join-no-camera" to plain { JoinContent(JoinState(JoinState.By.SCAN)) {} },
    "join-waiting" to plain { JoinContent(JoinState(practice = WAITING)) {} },
    "join-linked" to full { JoinContent(JoinState(practice = ADA.but(compared = false))) {} },
    "join-spent" to plain {
        JoinContent(JoinState(practice = WAITING.but(PracticeNotice.CODE_SPENT, PairingStage.ENDED, trouble = Trouble.CODE_SPENT))) {}
    },
    "compare" to full { CompareContent(CompareState(ADA, listOf("orbit", "velvet", "hammer", "lagoon"))) {} },
    "drafts" to plain { ProposalsContent(ProposalsState(true, listOf(PLAN, LINE.but(answer = ProposalAnswer.LOOKS_RIGHT)))) {} },
    "drafts-none" to plain { ProposalsContent(ProposalsState(read = true)) {} },
    "draft" to full { ProposalContent(ProposalState(PLAN)) {} },
    "draft-change" to plain { ProposalContent(ProposalState(LINE, "Please leave out my brother.", changing = true)) {} },
    "draft-change-unmatched" to plain { ProposalContent(ProposalState(LINE, changing = true, compared = false)) {} },
    "draft-answered" to plain { ProposalContent(ProposalState(PLAN.but(answer = ProposalAnswer.CHANGE_IT, words = "Less homework, please."))) {} },
    "draft-waits" to plain { ProposalContent(ProposalState(PLAN.but(answer = ProposalAnswer.LOOKS_RIGHT, waits = true))) {} },
    "draft-closed" to plain { ProposalContent(ProposalState(LINE.but(open = false))) {} },
    "restored" to full { RestoredContent(RestoredState(true, RESTORED, drafts = true, about = true)) {} },
    "restored-over" to plain { RestoredContent(RestoredState(read = true)) {} },
    "help" to full { HelpContent(HelpState(HelpKind.NOW, "US", HELP, PLACES)) {} },
    "help-none" to plain { HelpContent(HelpState(HelpKind.NOW, "", emptyList(), PLACES)) {} },
    "serious" to full { SeriousContent(HelpState(HelpKind.OUTSIDE, "US", SERIOUS, PLACES)) {} },
    "outside" to plain { OutsideContent(HelpState(HelpKind.PROVIDER, "BR", emptyList(), PLACES)) {} },
    "privacy" to full { PrivacyContent() },
    "settings" to full { SettingsContent(SettingsState(Settings(), read = true)) {} },
    "settings-code" to plain {
        val settings = Settings(AutoLock.AT_ONCE, screenshots = true, notifications = true)
        SettingsContent(SettingsState(settings, hasCode = true, canFinger = true, hasFinger = true, days = 45, read = true)) {}
    },
    "passcode" to full { PasscodeContent(PasscodeState(canFinger = true, read = true)) {} },
    "passcode-change" to plain { PasscodeContent(PasscodeState(hasCode = true, differs = true, read = true)) {} },
    "save-copy" to full { SaveCopyContent(SaveCopyState()) {} },
    "save-copy-short" to plain { SaveCopyContent(SaveCopyState(short = true)) {} },
    "save-copy-saved" to plain { SaveCopyContent(SaveCopyState(saved = true)) {} },
    "bring-back" to plain { BringBackContent(BringBackState()) {} },
    "bring-back-wrong" to full { BringBackContent(BringBackState("content://picked", wrong = true)) {} },
    "delete-all" to full { DeleteAllContent(DeleteAllState()) {} },
    "delete-all-left" to plain { DeleteAllContent(DeleteAllState(failed = true)) {} },
)

/** One that the app may not use yet. */
private val CAMERA = object : Viewfinder {
    override val isThere = true

    override fun open(context: Context, read: (String) -> Unit, failed: () -> Unit) = View(context)
}

private const val HOW = "I work with plans that we change together. You can stop any exercise. I use notes on paper in the session."
private const val ABOUT = "My name is Samira, like \"sa-MEE-ra\". Please ask before you talk about my family."
private const val LINK = "attune://relay.example.org/#AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA"

private val REACHED: Instant = Instant.parse("2026-11-20T09:30:00Z")
private val CHECKED: LocalDate = LocalDate.parse("2026-11-22")
private val PLACES = listOf("AU", "CA", "DE", "FR", "GB", "IE", "NZ", "US")

private fun health(trouble: Trouble = Trouble.NONE, compared: Boolean = true, reachedAt: Instant? = REACHED) =
    Health(trouble, compared, newcomer = false, twoPhones = false, secondClaim = false, reachedAt = reachedAt)

private val ADA = Practice(
    id = PracticeId(1),
    stage = PairingStage.ACTIVE,
    card = PracticeCard(
        role = PracticeRole.THERAPIST,
        name = "Dr. Ada Okoye",
        offered = listOf(
            RepairOption.KEEP, RepairOption.PAUSE, RepairOption.SWITCH_TOPIC, RepairOption.WRITTEN_FOLLOW_UP,
            RepairOption.REPAIR_QUIETLY, RepairOption.BRIEF_CHECK_IN, RepairOption.NO_CONTACT,
        ),
        terms = AttestedTerms(noFee = true, keepsSlot = true, keepsPlace = true, noMissedVisit = false),
        backup = "Maria Lind, on weekdays",
        leavesPractice = "We send a bill with dates to your insurer. A court can ask for your file.",
        introducedBy = null,
    ),
    relay = "https://relay.example.org",
    chosenName = "Sam",
    health = health(),
    notice = null,
)

private val DESK = Practice(
    id = PracticeId(2),
    stage = PairingStage.ACTIVE,
    card = PracticeCard(
        role = PracticeRole.COORDINATOR,
        name = "Front desk, Hill Street",
        offered = listOf(RepairOption.REQUEST_PROVIDER, RepairOption.INTERPRETER),
        terms = AttestedTerms(noFee = false, keepsSlot = false, keepsPlace = false, noMissedVisit = false),
        backup = "",
        leavesPractice = "",
        introducedBy = "Dr. Ada Okoye",
    ),
    relay = "https://relay.example.org",
    chosenName = null,
    health = health(compared = false),
    notice = null,
)

private val WAITING = Practice(PracticeId(3), PairingStage.WAITING, null, "https://relay.example.org", null, health(compared = false, reachedAt = null), null)

private fun Practice.but(
    notice: PracticeNotice? = this.notice,
    stage: PairingStage = this.stage,
    card: PracticeCard? = this.card,
    compared: Boolean = health.compared,
    trouble: Trouble = health.trouble,
) = Practice(id, stage, card, relay, chosenName, health(trouble, compared, health.reachedAt), notice)

private fun typed(code: String, reading: CodeReading, completions: List<String> = emptyList(), at: Int? = null) =
    JoinState(JoinState.By.WORDS, code, check = CodeCheck(reading, null, at?.toUInt()), completions = completions)

internal val PLAN = Proposal(
    id = ProposalId("0".repeat(32)),
    practice = ADA.id,
    sender = "Dr. Ada Okoye",
    kind = ProposalKind.PLAN_DRAFT,
    text = "From now on we leave the breathing exercise out. We start each session with what you want to talk about.",
    storedAt = REACHED,
    open = true,
    answer = null,
    words = null,
    waits = false,
)

private val LINE = Proposal(
    id = ProposalId("1".repeat(32)),
    practice = ADA.id,
    sender = "Dr. Ada Okoye",
    kind = ProposalKind.FILE_LINE,
    text = "The therapist brought up a topic too early and takes it out of the plan.",
    storedAt = REACHED,
    open = true,
    answer = null,
    words = null,
    waits = false,
)

internal fun Proposal.but(
    open: Boolean = this.open,
    answer: ProposalAnswer? = this.answer,
    words: String? = this.words,
    waits: Boolean = this.waits,
) = Proposal(id, practice, sender, kind, text, storedAt, open, answer, words, waits)

internal val RESTORED = listOf(
    Restored(
        caseId = CaseId("2".repeat(32)),
        practice = ADA.id,
        choice = Choice(
            caseId = CaseId("2".repeat(32)),
            moment = MisattunementId(4),
            practice = ADA.id,
            recipient = "Dr. Ada Okoye",
            option = RepairOption.PAUSE,
            pointer = Pointer.SAID,
            words = "I do not want to talk about my work for now.",
            until = LocalDate.parse("2026-12-18"),
            state = ChoiceState.QUEUED,
            status = StatusLine.WAITS_FOR_CONFIRMATION,
            due = null,
            waitsFor = WaitsFor.CONFIRMATION,
            unsure = false,
            ended = false,
            hasNote = false,
            open = true,
            canTakeBack = true,
            canChange = false,
            canLetGo = false,
            canErase = false,
        ),
    ),
    Restored(CaseId("3".repeat(32)), DESK.id, null),
)

private val HELP = listOf(
    HelpEntry("US", "Emergency services", "911", null, "https://www.911.gov", CHECKED),
    HelpEntry("US", "988 Suicide & Crisis Lifeline (call or text)", "988", "https://988lifeline.org", "https://988lifeline.org", CHECKED),
)

private val SERIOUS = listOf(
    HelpEntry("US", "RAINN, National Sexual Assault Hotline", "1-800-656-4673", "https://www.rainn.org", "https://www.rainn.org", CHECKED),
)

package org.attune.app.model

import org.attune.AttuneVault
import org.attune.Proposal
import org.attune.ProposalAnswer
import org.attune.ProposalId

/** Plan drafts and lines for the file. */
class ProposalsState(val read: Boolean = false, val proposals: List<Proposal> = emptyList())

/** What a person does with the list. */
sealed interface ProposalsEvent {
    class Open(val proposal: ProposalId) : ProposalsEvent
}

/** What practices put to the person, newest first. Nothing has to be said to any of it. */
class ProposalsModel(here: Here) : Holder<ProposalsState, ProposalsEvent>(here, ProposalsState()) {
    init {
        watch({ proposals() }) { _, found -> ProposalsState(true, found) }
    }

    override fun on(event: ProposalsEvent) {
        when (event) {
            is ProposalsEvent.Open -> here.go(Route.Proposal(event.proposal))
        }
    }
}

/** One of them. */
class ProposalState(
    val proposal: Proposal? = null,
    /** How it is to be changed, as it is typed, kept in the vault meanwhile. It leaves only with *Send*. */
    val words: String = "",
    /** *Change it* was pressed: the field for words is there. */
    val changing: Boolean = false,
    /** The four words were compared, without which no words of the person's can leave. */
    val compared: Boolean = true,
)

/** What a person does with it. */
sealed interface ProposalEvent {
    data object LooksRight : ProposalEvent
    data object ChangeIt : ProposalEvent
    class Words(val text: String) : ProposalEvent

    /** *Change it* with the words typed, or with none. */
    data object SendChange : ProposalEvent
    data object LeaveIt : ProposalEvent

    /** What was said is taken back. */
    data object SayNothing : ProposalEvent
    data object Compare : ProposalEvent
    data object Erase : ProposalEvent
}

/** A plan draft or a line for the file. */
class ProposalModel(here: Here, private val id: ProposalId) : Holder<ProposalState, ProposalEvent>(here, ProposalState()) {
    private val draft = Draft(here) { keepProposalDraft(id, it) }
    private var typed = false

    init {
        watch({
            val proposal = proposal(id)
            // What is over cannot be answered: nothing is offered to be written on.
            val kept = if (proposal.open) proposalDraft(id) else null
            Triple(proposal, kept, practice(proposal.practice).health.compared)
        }) { state, (found, kept, compared) ->
            val isDraft = state.proposal == null && kept != null
            val words = if (typed) state.words else kept.takeIf { isDraft } ?: found.words.orEmpty()
            typed = typed || isDraft
            ProposalState(found, words, state.changing || isDraft, compared)
        }
    }

    override fun on(event: ProposalEvent) {
        when (event) {
            ProposalEvent.LooksRight -> say(ProposalAnswer.LOOKS_RIGHT)
            ProposalEvent.ChangeIt -> show { ProposalState(it.proposal, it.words, changing = true, it.compared) }
            is ProposalEvent.Words -> words(event.text)
            ProposalEvent.SendChange -> say(ProposalAnswer.CHANGE_IT, state.value.words)
            ProposalEvent.LeaveIt -> say(ProposalAnswer.LEAVE_IT)
            ProposalEvent.SayNothing -> say(null)
            ProposalEvent.Compare -> state.value.proposal?.let { here.go(Route.Compare(it.practice)) }
            ProposalEvent.Erase -> leaving(Notice.ERASED) { eraseProposal(id) }
        }
    }

    private fun words(text: String) {
        if (state.value.proposal == null) return
        // What is over the limit is not taken: the words before stay, in the field too.
        if (text.encodeToByteArray().size > AttuneVault.limits().sharedWordsBytes.toInt()) return here.say(Notice.WORDS_TOO_LONG)
        typed = true
        show { ProposalState(it.proposal, text, it.changing, it.compared) }
        draft.set(text)
    }

    /** With the answer goes what was typed, in the vault and in the field: the next words begin from what was said. */
    private fun say(answer: ProposalAnswer?, words: String? = null) = once {
        here.session.write {
            draft.settle()
            answerProposal(id, answer, words)
        }
        typed = false
        show { ProposalState(it.proposal, words.orEmpty(), changing = false, it.compared) }
    }
}

package org.attune.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import org.attune.CodeReading
import org.attune.PairingStage
import org.attune.Practice
import org.attune.PracticeCard
import org.attune.ProposalAnswer
import org.attune.ProposalKind
import org.attune.app.R
import org.attune.app.model.JoinState

/** How far a pairing has come. */
@Composable
fun PairingStage.text(): String = stringResource(
    when (this) {
        PairingStage.WAITING -> R.string.pair_stage_waiting
        PairingStage.ACTIVE -> R.string.pair_stage_active
        PairingStage.ENDED -> R.string.pair_stage_ended
    },
)

/** The line below a practice's name: who it is, and how far the pairing has come. */
@Composable
fun Practice.standing(card: PracticeCard): String = listOf(card.role.text(), stage.text()).joinToString(" · ")

/** What a practice put to the person. */
@Composable
fun ProposalKind.title(): String = stringResource(
    when (this) {
        ProposalKind.PLAN_DRAFT -> R.string.note_plan
        ProposalKind.FILE_LINE -> R.string.note_draft
    },
)

/** What the person can say to it. */
@Composable
fun ProposalAnswer.text(): String = stringResource(
    when (this) {
        ProposalAnswer.LOOKS_RIGHT -> R.string.note_ok
        ProposalAnswer.CHANGE_IT -> R.string.note_change
        ProposalAnswer.LEAVE_IT -> R.string.note_skip
    },
)

/** What is said of a code while it is typed. Nothing is wrong with one that is not whole yet. */
@Composable
fun JoinState.checkLines(): List<String> {
    val check = check ?: return emptyList()
    val words = code.split(NO_LETTER).count { it.isNotEmpty() }
    return when (check.reading) {
        CodeReading.LINK -> listOf(stringResource(R.string.link_whole))
        CodeReading.WORDS -> listOfNotNull(
            stringResource(R.string.link_words_whole),
            stringResource(R.string.pair_relay_needed).takeIf { relay.isBlank() },
        )
        CodeReading.NOT_OURS -> listOf(stringResource(R.string.pair_bad))
        CodeReading.RELAY_UNUSABLE -> listOf(stringResource(R.string.link_relay_unusable))
        CodeReading.NEWER_NEEDED -> listOf(stringResource(R.string.pair_newer))
        CodeReading.NOT_WHOLE -> listOf(stringResource(R.string.pair_cut))
        CodeReading.WORD_COUNT ->
            if (words < CODE_WORDS) listOf(stringResource(R.string.link_word, maxOf(words, 1)))
            else listOf(pluralStringResource(R.plurals.pair_word_count, words, words))
        CodeReading.UNKNOWN_WORD -> unknownWord(check.word?.toInt(), words)
    }
}

/** A last word that is still being typed is not told to be wrong. */
@Composable
private fun JoinState.unknownWord(at: Int?, words: Int): List<String> = when {
    at == null -> listOf(stringResource(R.string.pair_word_unknown))
    at == words && completions.isNotEmpty() -> listOf(stringResource(R.string.link_word, at))
    else -> listOf(stringResource(R.string.link_word, at), stringResource(R.string.link_word_unknown))
}

private const val CODE_WORDS = 8

private val NO_LETTER = Regex("[^\\p{L}]+")

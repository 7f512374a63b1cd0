package org.attune.app.ui

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.TextRange
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.input.TextFieldValue
import androidx.compose.ui.unit.dp
import org.attune.CodeReading
import org.attune.PairingStage
import org.attune.Practice
import org.attune.app.R
import org.attune.app.model.JoinEvent
import org.attune.app.model.JoinState

/** Linking this phone: a code scanned, a link, or eight words; then what is true of it. */
@Composable
fun JoinContent(state: JoinState, onEvent: (JoinEvent) -> Unit) {
    val practice = state.practice
    if (practice == null) Begin(state, onEvent) else Begun(practice, state.looking, onEvent)
}

@Composable
private fun Begin(state: JoinState, onEvent: (JoinEvent) -> Unit) {
    Page(
        stringResource(R.string.pair_title),
        first = {
            if (state.by != JoinState.By.SCAN) {
                MainButton(stringResource(R.string.link_to), { onEvent(JoinEvent.Join) }, enabled = state.isWhole && !state.looking)
            }
        },
    ) {
        Line(stringResource(R.string.link_sub))
        Part(stringResource(R.string.link_by))
        Column(Modifier.selectableGroup()) {
            JoinState.By.entries.forEach { by -> PickLine(by.text(), by == state.by, { onEvent(JoinEvent.By(by)) }) }
        }
        when (state.by) {
            JoinState.By.SCAN -> Scan { onEvent(JoinEvent.Scanned(it)) }
            JoinState.By.LINK -> Link(state, onEvent)
            JoinState.By.WORDS -> Words(state, onEvent)
        }
        if (state.by != JoinState.By.SCAN) {
            Line(stringResource(R.string.pair_name_title))
            WordsField(state.name, { onEvent(JoinEvent.Name(it)) }, stringResource(R.string.people_name), lines = 1)
        }
    }
}

@Composable
private fun JoinState.By.text(): String = stringResource(
    when (this) {
        JoinState.By.SCAN -> R.string.link_by_scan
        JoinState.By.LINK -> R.string.link_by_link
        JoinState.By.WORDS -> R.string.link_by_words
    },
)

@Composable
private fun Link(state: JoinState, onEvent: (JoinEvent) -> Unit) {
    CodeField(state.code, { onEvent(JoinEvent.Code(it)) }, stringResource(R.string.link_by_link), KeyboardType.Uri)
    Said {
        state.checkLines().forEach { Line(it) }
        state.check?.relay?.let { Sub(stringResource(R.string.people_relay) + ": " + leftToRight(it)) }
    }
}

@Composable
private fun Words(state: JoinState, onEvent: (JoinEvent) -> Unit) {
    CodeField(state.code, { onEvent(JoinEvent.Code(it)) }, stringResource(R.string.link_by_words), KeyboardType.Ascii)
    Said { state.checkLines().forEach { Line(it) } }
    if (state.completions.isNotEmpty()) {
        Sub(stringResource(R.string.link_word_did_you_mean))
        FlowRow(Modifier.fillMaxWidth(), horizontalArrangement = Arrangement.spacedBy(8.dp)) {
            for (word in state.completions) {
                OutlinedButton({ onEvent(JoinEvent.Complete(word)) }, Modifier.heightIn(min = 48.dp), shape = MaterialTheme.shapes.medium) {
                    Text(word, style = MaterialTheme.typography.labelLarge)
                }
            }
        }
    }
    if (state.check?.reading != CodeReading.LINK) {
        Line(stringResource(R.string.pair_relay))
        WordsField(state.relay, { onEvent(JoinEvent.Relay(it)) }, stringResource(R.string.link_address), lines = 1, type = KeyboardType.Uri)
    }
}

/** After a word was completed the cursor stands behind it. What is typed here is a key, and in no saved state. */
@Composable
private fun CodeField(text: String, onChange: (String) -> Unit, label: String, type: KeyboardType) {
    var field by remember { mutableStateOf(TextFieldValue(text, TextRange(text.length))) }
    val shown = if (field.text == text) field else TextFieldValue(text, TextRange(text.length))
    OutlinedTextField(
        shown,
        {
            val before = shown.text
            field = it
            if (it.text != before) onChange(it.text)
        },
        Modifier.fillMaxWidth(),
        label = { Text(label) },
        minLines = 2,
        shape = MaterialTheme.shapes.medium,
        keyboardOptions = KeyboardOptions(
            capitalization = KeyboardCapitalization.None,
            autoCorrectEnabled = false,
            keyboardType = type,
            imeAction = ImeAction.Next,
        ),
    )
}

@Composable
private fun Begun(practice: Practice, looking: Boolean, onEvent: (JoinEvent) -> Unit) {
    val card = practice.card
    val linked = practice.stage == PairingStage.ACTIVE && card != null
    Page(
        stringResource(R.string.pair_title),
        first = if (linked) ({ MainButton(stringResource(R.string.people_match), { onEvent(JoinEvent.Compare) }) }) else null,
    ) {
        Said {
            when {
                linked -> Line(stringResource(R.string.pair_done, card.name))
                practice.stage == PairingStage.ENDED && practice.notice == null -> Line(stringResource(R.string.pair_spent))
                practice.stage != PairingStage.ENDED -> Line(stringResource(R.string.pair_waiting))
            }
            practice.noticeLines().forEach { Line(it) }
            if (looking) Sub(stringResource(R.string.set_look_running))
        }
        when {
            linked -> {
                Sub(card.role.text())
                Introduced(card)
                Line(stringResource(R.string.words_later))
                Card(card)
            }
            practice.stage == PairingStage.ENDED -> OtherButton(stringResource(R.string.link_again), { onEvent(JoinEvent.Again) })
            else -> {
                Sub(stringResource(R.string.link_waiting_sub))
                OtherButton(stringResource(R.string.sync_now), { onEvent(JoinEvent.Look) }, enabled = !looking)
            }
        }
    }
}

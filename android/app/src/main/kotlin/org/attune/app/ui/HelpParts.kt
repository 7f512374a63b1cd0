package org.attune.app.ui

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.FilledTonalButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import java.util.Locale
import org.attune.HelpEntry
import org.attune.app.R
import org.attune.app.model.HelpEvent
import org.attune.app.model.HelpState

/** A list of help: whose it is, that a call leaves the app, everybody on it, and another country. [none] is said where there is no list. */
@Composable
fun HelpList(state: HelpState, none: String, onEvent: (HelpEvent) -> Unit) {
    val context = LocalContext.current
    var trouble by remember { mutableStateOf<Int?>(null) }
    if (state.entries.isEmpty()) {
        Line(none)
    } else {
        Line(stringResource(R.string.safety_list_place, placeName(state.entries.first().region)))
        Sub(stringResource(R.string.help_leaves))
    }
    Said { trouble?.let { Line(stringResource(it)) } }
    for (entry in state.entries) {
        Entry(
            entry,
            onCall = { number -> trouble = if (context.dial(number)) null else R.string.help_no_call },
            onOpen = { page -> trouble = if (context.browse(page)) null else R.string.fail_no_app },
        )
    }
    Places(state, onEvent)
    Sub(stringResource(R.string.safety_offline))
}

@Composable
private fun Entry(entry: HelpEntry, onCall: (String) -> Unit, onOpen: (String) -> Unit) {
    Surface(
        Modifier.fillMaxWidth(),
        shape = MaterialTheme.shapes.medium,
        color = MaterialTheme.colorScheme.surfaceVariant,
        contentColor = MaterialTheme.colorScheme.onSurface,
    ) {
        Column(Modifier.padding(16.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
            Text(entry.name, Modifier.semantics { heading() }, style = MaterialTheme.typography.titleMedium)
            entry.phone?.let { number -> CallButton(stringResource(R.string.help_call, leftToRight(number))) { onCall(number) } }
            entry.site?.let { page -> OtherButton(stringResource(R.string.help_site), { onOpen(page) }) }
            Column {
                Sub(stringResource(R.string.help_source, leftToRight(entry.source)))
                Sub(stringResource(R.string.safety_checked, entry.checked.text()))
            }
        }
    }
}

/** As large as a screen's first button: whoever needs it may not see well just now. */
@Composable
private fun CallButton(text: String, onClick: () -> Unit) {
    FilledTonalButton(onClick, Modifier.fillMaxWidth().heightIn(min = 64.dp), shape = MaterialTheme.shapes.large) {
        Text(text, textAlign = TextAlign.Center, style = MaterialTheme.typography.titleLarge)
    }
}

/** Another country: those with a list, or any that is searched for. */
@Composable
private fun Places(state: HelpState, onEvent: (HelpEvent) -> Unit) {
    var open by rememberSaveable { mutableStateOf(false) }
    if (!open) {
        val text = if (state.country.isEmpty()) R.string.help_pick_place else R.string.help_place_change
        OtherButton(stringResource(text), { open = true })
        return
    }
    var search by remember { mutableStateOf("") }
    val pick = { country: String ->
        open = false
        search = ""
        onEvent(HelpEvent.Country(country))
    }
    val found = countries(state.places, search)
    Part(stringResource(R.string.help_pick_place))
    Sub(stringResource(R.string.help_place_kept))
    WordsField(search, { search = it }, stringResource(R.string.help_place_search), lines = 1)
    Said { if (found.isEmpty()) Line(stringResource(R.string.help_place_unknown)) }
    Column(Modifier.fillMaxWidth()) {
        for ((code, name) in found) PickLine(name, code == state.country, { pick(code) })
        PickLine(stringResource(R.string.help_place_any), state.country.isEmpty(), { pick("") })
    }
}

/** Codes and names by the alphabet of the app's language: [listed] ones, or all that hold what is searched for. */
@Composable
private fun countries(listed: List<String>, search: String): List<Pair<String, String>> {
    val locale = locale()
    val all = remember(locale) {
        val order = java.text.Collator.getInstance(locale)
        Locale.getISOCountries().map { it to nameOf(it, locale) }.sortedWith { one, other -> order.compare(one.second, other.second) }
    }
    val words = search.trim()
    return if (words.isEmpty()) {
        all.filter { it.first in listed }
    } else {
        all.filter { (_, name) -> name.contains(words, ignoreCase = true) }.take(MOST)
    }
}

private fun nameOf(code: String, locale: Locale): String = Locale.Builder().setRegion(code).build().getDisplayCountry(locale)

/** A country's name inside a sentence. */
@Composable
fun placeName(region: String): String = when (region) {
    "AU" -> stringResource(R.string.place_au)
    "CA" -> stringResource(R.string.place_ca)
    "EU" -> stringResource(R.string.place_eu)
    "GB" -> stringResource(R.string.place_gb)
    "IE" -> stringResource(R.string.place_ie)
    "NZ" -> stringResource(R.string.place_nz)
    "US" -> stringResource(R.string.place_us)
    else -> nameOf(region, locale())
}

private const val MOST = 8

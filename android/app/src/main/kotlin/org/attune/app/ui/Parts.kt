package org.attune.app.ui

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.toggleable
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.Button
import androidx.compose.material3.ButtonDefaults
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.RadioButton
import androidx.compose.material3.Surface
import androidx.compose.material3.Switch
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp

/** The one thing that a screen is for. A screen has one at most. */
@Composable
fun MainButton(text: String, onClick: () -> Unit, modifier: Modifier = Modifier, enabled: Boolean = true) {
    Button(onClick, modifier.fillMaxWidth().heightIn(min = 60.dp), enabled, shape = MaterialTheme.shapes.large, contentPadding = ROOMY) {
        Text(text, textAlign = TextAlign.Center, style = MaterialTheme.typography.labelLarge)
    }
}

/** Something else that can be done. */
@Composable
fun OtherButton(text: String, onClick: () -> Unit, modifier: Modifier = Modifier, enabled: Boolean = true) {
    OutlinedButton(
        onClick, modifier.fillMaxWidth().heightIn(min = 52.dp), enabled, shape = MaterialTheme.shapes.large,
        colors = ButtonDefaults.outlinedButtonColors(contentColor = MaterialTheme.colorScheme.primary),
        border = BorderStroke(1.dp, MaterialTheme.colorScheme.outline), contentPadding = ROOMY,
    ) {
        Text(text, textAlign = TextAlign.Center, style = MaterialTheme.typography.labelLarge)
    }
}

/** Something that is rarely wanted, or leads away. */
@Composable
fun QuietButton(text: String, onClick: () -> Unit, modifier: Modifier = Modifier, enabled: Boolean = true) {
    TextButton(
        onClick, modifier.fillMaxWidth().heightIn(min = 48.dp), enabled,
        shape = MaterialTheme.shapes.small, contentPadding = PaddingValues(vertical = 12.dp),
    ) {
        Text(text, Modifier.fillMaxWidth(), textAlign = TextAlign.Start, style = MaterialTheme.typography.labelLarge)
    }
}

/** A line of text. */
@Composable
fun Line(text: String, modifier: Modifier = Modifier) {
    Text(text, modifier, style = MaterialTheme.typography.bodyLarge)
}

/** A line that explains another. */
@Composable
fun Sub(text: String, modifier: Modifier = Modifier) {
    Text(text, modifier, color = MaterialTheme.colorScheme.onSurfaceVariant, style = MaterialTheme.typography.bodyMedium)
}

/** A thing that is told, under its name. */
@Composable
fun Told(name: String, text: String, modifier: Modifier = Modifier) {
    Column(modifier.fillMaxWidth().semantics(mergeDescendants = true) {}, verticalArrangement = Arrangement.spacedBy(2.dp)) {
        Sub(name)
        Line(text, Modifier.fillMaxWidth())
    }
}

/** The name of a part of a screen. */
@Composable
fun Part(text: String, modifier: Modifier = Modifier) {
    Text(text, modifier.padding(top = 12.dp).semantics { heading() }, style = MaterialTheme.typography.titleMedium)
}

/** Lines that belong together, on a ground of their own. */
@Composable
fun Block(modifier: Modifier = Modifier, content: @Composable () -> Unit) {
    Surface(
        modifier.fillMaxWidth(),
        shape = MaterialTheme.shapes.medium,
        color = MaterialTheme.colorScheme.surfaceVariant,
        contentColor = MaterialTheme.colorScheme.onSurface,
    ) {
        Column(Modifier.padding(16.dp), verticalArrangement = Arrangement.spacedBy(10.dp)) { content() }
    }
}

/** A thing that can be opened or picked: a title, a line below it, and [more] below that. All of them look alike. */
@Composable
fun Item(title: String, sub: String?, onClick: () -> Unit, modifier: Modifier = Modifier, more: String? = null) {
    Surface(
        onClick, modifier.fillMaxWidth().heightIn(min = 56.dp).semantics { role = Role.Button },
        shape = MaterialTheme.shapes.medium,
        color = MaterialTheme.colorScheme.surfaceVariant,
        contentColor = MaterialTheme.colorScheme.onSurface,
    ) {
        Column(Modifier.padding(16.dp, 14.dp), verticalArrangement = Arrangement.spacedBy(4.dp)) {
            Text(title, style = MaterialTheme.typography.titleMedium)
            if (sub != null) Sub(sub)
            if (more != null) Sub(more)
        }
    }
}

/** Something that is on or off. The whole line can be pressed. */
@Composable
fun SwitchLine(text: String, sub: String?, on: Boolean, onChange: (Boolean) -> Unit, modifier: Modifier = Modifier, enabled: Boolean = true) {
    Row(
        modifier.fillMaxWidth().heightIn(min = 56.dp).toggleable(on, enabled, Role.Switch, onValueChange = onChange).padding(vertical = 6.dp),
        horizontalArrangement = Arrangement.spacedBy(16.dp),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        Column(Modifier.weight(1f), verticalArrangement = Arrangement.spacedBy(2.dp)) {
            Line(text)
            if (sub != null) Sub(sub)
        }
        Switch(on, onCheckedChange = null, enabled = enabled)
    }
}

/** One of several that exclude each other. The whole line can be pressed. */
@Composable
fun PickLine(text: String, picked: Boolean, onPick: () -> Unit, modifier: Modifier = Modifier) {
    Row(
        modifier.fillMaxWidth().heightIn(min = 52.dp).selectable(picked, role = Role.RadioButton, onClick = onPick),
        horizontalArrangement = Arrangement.spacedBy(12.dp),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        RadioButton(picked, onClick = null)
        Line(text, Modifier.weight(1f))
    }
}

/** Where own words are typed. The keyboard is asked to learn nothing from it. */
@Composable
fun WordsField(
    text: String,
    onChange: (String) -> Unit,
    label: String,
    modifier: Modifier = Modifier,
    lines: Int = 3,
    type: KeyboardType = KeyboardType.Text,
) {
    OutlinedTextField(
        text, onChange, modifier.fillMaxWidth(),
        label = { Text(label) },
        minLines = lines,
        singleLine = lines == 1,
        shape = MaterialTheme.shapes.medium,
        keyboardOptions = KeyboardOptions(
            capitalization = if (type == KeyboardType.Text && lines > 1) KeyboardCapitalization.Sentences else KeyboardCapitalization.None,
            keyboardType = type,
            autoCorrectEnabled = lines > 1,
        ),
    )
}

private val ROOMY = PaddingValues(horizontal = 20.dp, vertical = 14.dp)

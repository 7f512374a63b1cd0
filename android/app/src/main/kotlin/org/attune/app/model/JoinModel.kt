package org.attune.app.model

import org.attune.AttuneVault
import org.attune.CodeCheck
import org.attune.CodeReading
import org.attune.PairingStage
import org.attune.Practice
import org.attune.PracticeId

/** How a pairing is begun. */
class JoinState(
    val by: By = By.WORDS,
    /** The link, or the words as far as they were typed. */
    val code: String = "",
    /** The address that came with eight words. */
    val relay: String = "",
    /** The name that they should see; none if left empty. */
    val name: String = "",
    /** What can be said of the code so far; none before anything was typed. */
    val check: CodeCheck? = null,
    /** Words of the list that begin as the last one does. */
    val completions: List<String> = emptyList(),
    /** The pairing, once it was begun here. */
    val practice: Practice? = null,
    val looking: Boolean = false,
) {
    /** It can be tried. */
    val isWhole: Boolean
        get() = when (check?.reading) {
            CodeReading.LINK -> true
            CodeReading.WORDS -> relay.isNotBlank()
            else -> false
        }

    enum class By { SCAN, LINK, WORDS }

    fun with(
        by: By = this.by,
        code: String = this.code,
        relay: String = this.relay,
        name: String = this.name,
        check: CodeCheck? = this.check,
        completions: List<String> = this.completions,
        practice: Practice? = this.practice,
        looking: Boolean = this.looking,
    ) = JoinState(by, code, relay, name, check, completions, practice, looking)
}

/** What a person does there. */
sealed interface JoinEvent {
    class By(val by: JoinState.By) : JoinEvent
    class Code(val text: String) : JoinEvent

    /** The word that is being typed is this one. */
    class Complete(val word: String) : JoinEvent

    /** The camera read this. */
    class Scanned(val text: String) : JoinEvent
    class Relay(val text: String) : JoinEvent
    class Name(val text: String) : JoinEvent
    data object Join : JoinEvent
    data object Look : JoinEvent
    data object Compare : JoinEvent

    /** This code led nowhere: another one. */
    data object Again : JoinEvent
}

/**
 * Pairing: a link scanned or typed, or eight words. What is typed here is a key for a short while, and is kept nowhere until it is
 * used.
 */
class JoinModel(here: Here) : Holder<JoinState, JoinEvent>(here, JoinState()) {
    private var joined: PracticeId? = null

    init {
        watch({ joined?.let { practice(it) } }) { state, found -> state.with(practice = found) }
        here.takeLink()?.let(::scanned)
    }

    override fun on(event: JoinEvent) {
        when (event) {
            is JoinEvent.By -> show { it.with(by = event.by) }
            is JoinEvent.Code -> code(event.text)
            is JoinEvent.Complete -> code(completed(state.value.code, event.word))
            is JoinEvent.Scanned -> scanned(event.text)
            is JoinEvent.Relay -> show { it.with(relay = event.text) }
            is JoinEvent.Name -> name(event.text)
            JoinEvent.Join -> join()
            JoinEvent.Look -> once { look() }
            JoinEvent.Compare -> joined?.let { here.become(Route.Compare(it)) }
            JoinEvent.Again -> {
                joined = null
                show { JoinState(by = it.by) }
            }
        }
    }

    private fun code(text: String) {
        val last = text.substringAfterLast(' ')
        val completions = if (last.length < 2 || '/' in text) emptyList() else AttuneVault.completeWord(last).take(SHOWN)
        show {
            it.with(
                code = text,
                check = text.ifBlank { null }?.let(AttuneVault::checkCode),
                completions = completions.filterNot { word -> word == last },
            )
        }
    }

    private fun scanned(text: String) {
        if (state.value.practice != null || AttuneVault.checkCode(text).reading != CodeReading.LINK) return
        code(text)
        show { it.with(by = JoinState.By.LINK) }
    }

    private fun name(text: String) {
        if (text.codePointCount(0, text.length) <= AttuneVault.limits().chosenNameChars.toInt()) show { it.with(name = text) }
    }

    private fun join() = once {
        val typed = state.value
        val relay = typed.relay.trim().takeIf { typed.check?.reading == CodeReading.WORDS }
        val id = here.session.write { join(typed.code.trim(), relay, typed.name.trim().ifEmpty { null }) }
        joined = id
        val practice = here.session.read { practice(id) }
        show { JoinState(by = it.by, practice = practice) }
        look()
    }

    /** Two looks at most: the answer of the other side may be there already. */
    private suspend fun look() {
        show { it.with(looking = true) }
        try {
            here.session.read { sync(here.phone.transport) }
            if (state.value.practice?.stage == PairingStage.WAITING) here.session.read { sync(here.phone.transport) }
        } finally {
            show { it.with(looking = false) }
        }
    }

    private companion object {
        const val SHOWN = 4
    }
}

private fun completed(code: String, word: String): String = code.dropLast(code.substringAfterLast(' ').length) + word + " "

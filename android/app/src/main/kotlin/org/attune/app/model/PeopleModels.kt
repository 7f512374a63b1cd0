package org.attune.app.model

import org.attune.AttuneException
import org.attune.AttuneVault
import org.attune.OwnAbout
import org.attune.PairingStage
import org.attune.Practice
import org.attune.PracticeId
import org.attune.Why

/** The people this phone is paired with. */
class PracticesState(val read: Boolean = false, val practices: List<Practice> = emptyList())

/** What a person does with the list. */
sealed interface PracticesEvent {
    class Open(val practice: PracticeId) : PracticesEvent
    data object Join : PracticesEvent
}

/** Everybody, the oldest pairing first. */
class PracticesModel(here: Here) : Holder<PracticesState, PracticesEvent>(here, PracticesState()) {
    init {
        watch({ practices() }) { _, found -> PracticesState(true, found) }
    }

    override fun on(event: PracticesEvent) {
        when (event) {
            is PracticesEvent.Open -> here.go(Route.Practice(event.practice))
            PracticesEvent.Join -> here.go(Route.Join)
        }
    }
}

/** One practice: its card, how the link fares, and what each says of themselves. */
class PracticeState(
    val practice: Practice? = null,
    /** What it says of itself and how it works. */
    val about: String? = null,
    val aboutMe: OwnAbout? = null,
    val looking: Boolean = false,
)

/** What a person does with it. */
sealed interface PracticeEvent {
    /** Ends the pairing, at once. */
    data object Unpair : PracticeEvent
    data object Compare : PracticeEvent
    data object AboutMe : PracticeEvent

    /** *Connect now*. */
    data object Look : PracticeEvent

    /** A new code, after this one was spent or the link was cut. */
    data object Join : PracticeEvent
}

/** One of them. */
class PracticeModel(here: Here, private val id: PracticeId) : Holder<PracticeState, PracticeEvent>(here, PracticeState()) {
    init {
        watch({ PracticeState(practice(id), aboutPractice(id), aboutMe(id)) }) { before, found ->
            PracticeState(found.practice, found.about, found.aboutMe, before.looking)
        }
    }

    override fun on(event: PracticeEvent) {
        when (event) {
            PracticeEvent.Unpair -> leaving(Notice.UNPAIRED) { unpair(id) }
            PracticeEvent.Compare -> here.go(Route.Compare(id))
            PracticeEvent.AboutMe -> here.go(Route.AboutMe(id))
            PracticeEvent.Look -> once {
                looking(true)
                try {
                    here.session.read { sync(here.phone.transport) }
                } finally {
                    looking(false)
                }
            }
            PracticeEvent.Join -> here.go(Route.Join)
        }
    }

    private fun looking(now: Boolean) = show { PracticeState(it.practice, it.about, it.aboutMe, now) }
}

/** The four words to compare. */
class CompareState(val practice: Practice? = null, val words: List<String> = emptyList())

/** What a person does with them. */
sealed interface CompareEvent {
    data object Match : CompareEvent

    /** They are not the same: the link is cut. */
    data object Differ : CompareEvent
    data object Later : CompareEvent
}

/** Comparing four words, read aloud in the same room. */
class CompareModel(here: Here, private val id: PracticeId) : Holder<CompareState, CompareEvent>(here, CompareState()) {
    init {
        watch({ CompareState(practice(id), wordsOf(id)) }) { _, found -> found }
    }

    override fun on(event: CompareEvent) {
        when (event) {
            CompareEvent.Match -> state.value.words.let { shown -> leaving(Notice.MATCHED) { confirmWords(id, shown) } }
            CompareEvent.Differ -> leaving(Notice.CUT, here::home) { unpair(id) }
            CompareEvent.Later -> here.back()
        }
    }
}

/** None before both sides have answered. */
private fun AttuneVault.wordsOf(id: PracticeId): List<String> = try {
    comparisonWords(id)
} catch (early: AttuneException.Declined) {
    if (early.why == Why.NOT_READY) emptyList() else throw early
}

/** What the person says of themselves to one practice. */
class AboutMeState(
    val practice: Practice? = null,
    val shared: OwnAbout? = null,
    /** As it is typed, kept in the vault meanwhile. It leaves only with *Share this*. */
    val text: String = "",
    val read: Boolean = false,
    /** The four words were compared, without which nothing of it can be shared. */
    val compared: Boolean = false,
)

/** What a person does with it. */
sealed interface AboutMeEvent {
    class Text(val text: String) : AboutMeEvent
    data object Share : AboutMeEvent
    data object TakeBack : AboutMeEvent
    data object Compare : AboutMeEvent
}

/** About me, in my own words. */
class AboutMeModel(here: Here, private val id: PracticeId) : Holder<AboutMeState, AboutMeEvent>(here, AboutMeState()) {
    private val draft = Draft(here) { keepAboutMeDraft(id, it) }

    init {
        watch({ Triple(practice(id), aboutMe(id), aboutMeDraft(id)) }) { before, (practice, own, kept) ->
            val text = if (before.read) before.text else kept ?: own?.text.orEmpty()
            AboutMeState(practice, own, text, read = true, compared = practice.health.compared)
        }
    }

    override fun on(event: AboutMeEvent) {
        when (event) {
            is AboutMeEvent.Text -> text(event.text)
            AboutMeEvent.Share -> share(state.value.text) {}
            AboutMeEvent.TakeBack -> share("") { typed("") }
            AboutMeEvent.Compare -> here.go(Route.Compare(id))
        }
    }

    private fun text(text: String) {
        if (text.encodeToByteArray().size > AttuneVault.limits().aboutBytes.toInt()) return here.say(Notice.WORDS_TOO_LONG)
        typed(text)
        draft.set(text)
    }

    private fun typed(text: String) = show { AboutMeState(it.practice, it.shared, text, it.read, it.compared) }

    private fun share(text: String, then: () -> Unit) = once {
        here.session.write {
            draft.settle()
            shareAboutMe(id, text)
        }
        then()
    }
}

/** Whether the pairing still stands. */
val Practice.isLinked: Boolean get() = stage == PairingStage.ACTIVE

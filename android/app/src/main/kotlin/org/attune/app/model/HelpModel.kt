package org.attune.app.model

import java.util.Locale
import org.attune.AttuneVault
import org.attune.HelpEntry
import org.attune.HelpKind

/** A list of people to turn to. */
class HelpState(
    val kind: HelpKind,
    /** ISO 3166, two letters; empty if none is known. */
    val country: String,
    /** Empty where there is no list: the general line is shown then. */
    val entries: List<HelpEntry>,
    /** The countries that have a list of this kind, by their codes. */
    val places: List<String> = emptyList(),
)

/** What a person does with it. */
sealed interface HelpEvent {
    /** Another country's list; kept for the next time. */
    class Country(val country: String) : HelpEvent

    /** The other list: those outside the clinic. */
    data object Serious : HelpEvent
}

/** Help lists: on the phone, without a network, whether or not the vault is open. No one is told that they were looked at. */
class HelpModel(here: Here, private val kind: HelpKind) : Holder<HelpState, HelpEvent>(here, listOf(kind, here.country())) {
    override fun on(event: HelpEvent) {
        when (event) {
            is HelpEvent.Country -> {
                here.on(AppEvent.Set(here.phone.settings.read().copy(country = event.country)))
                show { listOf(kind, event.country) }
            }
            HelpEvent.Serious -> here.go(Route.Serious)
        }
    }
}

private fun Here.country(): String = phone.settings.read().country ?: phone.country()

private fun listOf(kind: HelpKind, country: String) = HelpState(kind, country, AttuneVault.help(kind, country), placesOf(kind))

private fun placesOf(kind: HelpKind): List<String> =
    places.getOrPut(kind) { Locale.getISOCountries().filter { AttuneVault.help(kind, it).isNotEmpty() } }

/** The lists never change while the app runs. */
private val places = mutableMapOf<HelpKind, List<String>>()

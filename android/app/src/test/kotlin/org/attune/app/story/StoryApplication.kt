package org.attune.app.story

import org.attune.app.AttuneApplication
import org.attune.app.model.Phone
import org.attune.app.model.TestAloud
import org.attune.app.model.TestDocuments
import org.attune.app.platform.HttpTransport
import org.attune.trial.TrialClock

/** The app's own process, but for the time, the voice, and where the system's picker puts a document. */
internal class StoryApplication : AttuneApplication() {
    val clock = TrialClock()
    val aloud = TestAloud()
    val documents = TestDocuments()

    override fun equip(): Phone = super.equip().let {
        Phone(
            it.keys, HttpTransport(loopback = true), it.settings, it.looking, aloud, it.finger, documents, it.time, clock, { "DE" }, it.wait,
        )
    }
}

package org.attune.trial

import java.nio.file.Files
import java.nio.file.Path
import kotlinx.coroutines.runBlocking
import org.attune.AttuneVault
import org.attune.CaseId
import org.attune.ChoiceState
import org.attune.MisattunementId
import org.attune.PracticeId
import org.attune.RepairChoice
import org.attune.RepairOption
import org.attune.Transport

/** A phone, a therapist's desk, a front desk and a relay, paired, with the words compared; for one test. */
internal class World private constructor(val root: Path, template: Template) : AutoCloseable {
    val clock = TrialClock()
    val store = TrialKeyStore(template.key)
    val relay = Relay(root.resolve("relay"), template.port)
    val desk = Desk(root.resolve("desk"), clock)
    val front = Desk(root.resolve("front"), clock)
    val therapist: PracticeId = template.therapist
    val coordinator: PracticeId = template.coordinator
    var phone: AttuneVault = open()
        private set

    /** The phone's folder. */
    val folder: Path get() = root.resolve("phone")

    /** Opens the phone's vault. */
    fun open(): AttuneVault = runBlocking { AttuneVault.open(folder, store, clock = clock, pauses = TrialPauses()) }

    /** The phone connects once. */
    fun syncPhone(transport: Transport = HttpTransport) = runBlocking { phone.sync(transport) }

    /** Goes on with another vault as the phone. The one before is closed. */
    fun goOnWith(other: AttuneVault) {
        phone.close()
        phone = other
    }

    /** Phone, desk, and the phone again. */
    fun syncAll() {
        syncPhone()
        desk.sync()
        syncPhone()
    }

    /** Who an option goes to. */
    fun recipient(option: RepairOption): PracticeId = when (option) {
        RepairOption.REQUEST_PROVIDER, RepairOption.INTERPRETER -> coordinator
        else -> therapist
    }

    /** Previews an option with every switch off, and shares it. */
    fun share(option: RepairOption, moment: MisattunementId? = null): CaseId =
        share(RepairChoice(option, recipient(option), moment))

    /** Previews a choice and shares it. */
    fun share(choice: RepairChoice): CaseId = phone.share(phone.preview(choice).id)

    /** Where a choice stands. */
    fun state(case: CaseId): ChoiceState = phone.choice(case).state

    override fun close() {
        phone.close()
        relay.close()
        root.toFile().deleteRecursively()
    }

    companion object {
        /** The therapist's name on the card. */
        const val THERAPIST = "Dr Ada Lind"

        /** The front desk's name on the card. */
        const val FRONT_DESK = "The front desk"

        /** The name that the client chose. */
        const val CLIENT = "Sam"

        /** A world of its own, as it was after pairing. One at a time: the relay has one address. */
        fun paired(): World {
            val template = Template.made
            val root = Files.createTempDirectory("attune-world")
            template.root.toFile().copyRecursively(root.toFile(), overwrite = true)
            return World(root, template)
        }
    }
}

/** The folders of a paired world, made once in a process and copied for every test. */
internal class Template private constructor() {
    val root: Path = Files.createTempDirectory("attune-template")
    val key: ByteArray = ByteArray(32) { (it * 7 + 1).toByte() }
    val port: Int
    val therapist: PracticeId
    val coordinator: PracticeId

    init {
        Runtime.getRuntime().addShutdownHook(Thread { root.toFile().deleteRecursively() })
        val clock = TrialClock()
        val relay = Relay(Files.createDirectories(root.resolve("relay")))
        port = relay.port
        val phone = runBlocking {
            AttuneVault.create(root.resolve("phone"), TrialKeyStore(key), clock = clock, pauses = TrialPauses())
        }
        val desk = Desk(root.resolve("desk"), clock).also { it.init(World.THERAPIST, "Therapist", relay.origin) }
        val front = Desk(root.resolve("front"), clock).also { it.init(World.FRONT_DESK, "Coordinator", relay.origin) }
        therapist = phone.join(desk.invite().text("code"), chosenName = World.CLIENT)
        coordinator = phone.join(front.invite().text("code"), chosenName = World.CLIENT)
        meet(phone, desk, front)
        for ((practice, of) in listOf(therapist to desk, coordinator to front)) {
            check(phone.comparisonWords(practice) == of.words("1"))
            phone.confirmWords(practice, phone.comparisonWords(practice))
            of.confirm("1")
        }
        // Until the lanes that the codes led to are closed.
        meet(phone, desk, front)
        phone.close()
        relay.close()
    }

    companion object {
        val made: Template by lazy { Template() }

        /** The syncs of a pairing after the code was entered. */
        fun meet(phone: AttuneVault, vararg desks: Desk) = runBlocking {
            repeat(2) {
                phone.sync(HttpTransport)
                desks.forEach { it.sync() }
            }
            phone.sync(HttpTransport)
        }
    }
}

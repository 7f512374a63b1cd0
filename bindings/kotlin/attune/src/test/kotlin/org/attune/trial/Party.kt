package org.attune.trial

import java.io.BufferedReader
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.Paths
import java.util.concurrent.TimeUnit

/** A process of its own that says what it did, line by line, and can be killed at any moment. */
internal class Party private constructor(private val process: Process, private val errors: Path) : AutoCloseable {
    private val output: BufferedReader = process.inputReader()

    /** Its next line, without the end; null when it has said all. */
    fun line(): String? = output.readLine()

    /** Ends it by SIGKILL, and answers what it had said but nobody had heard. */
    fun kill(): List<String> {
        // Not by the process itself, which would close what it still has to say.
        process.toHandle().destroyForcibly()
        val rest = output.readText()
        process.waitFor()
        // A line without its end was cut off: it was not acknowledged.
        return rest.substringBeforeLast('\n', "").lines().filter { it.isNotEmpty() }
    }

    /** Waits for its end. */
    fun finish(): Ended {
        process.outputStream.close()
        val said = output.readText()
        return Ended(process.waitFor(), said, Files.readString(errors))
    }

    /** What it wrote to standard error so far. */
    fun errors(): String = Files.readString(errors)

    override fun close() {
        process.destroyForcibly()
        process.waitFor(1, TimeUnit.MINUTES)
    }

    /** How a process ended. */
    class Ended(val status: Int, val output: String, val errors: String)

    companion object {
        /** The command line of the checkout. */
        val attune: String = System.getenv("ATTUNE_BIN") ?: error("ATTUNE_BIN is not set: the attune to start")

        /** Starts a program. Its standard error goes to a file in [scratch]. */
        fun start(scratch: Path, command: List<String>, variables: Map<String, String> = emptyMap()): Party {
            val errors = Files.createTempFile(scratch, "errors", ".txt")
            val builder = ProcessBuilder(command).redirectError(errors.toFile())
            builder.environment().putAll(variables)
            return Party(builder.start(), errors)
        }

        /** Starts a `main` of the tests in a JVM of its own. */
        fun startJvm(scratch: Path, main: String, vararg arguments: String): Party {
            val java = Paths.get(System.getProperty("java.home"), "bin", "java").toString()
            val options = listOf(
                "-Xshare:auto", "-XX:TieredStopAtLevel=1",
                "-Djna.library.path=${System.getProperty("jna.library.path")}",
                // A killed JVM leaves behind what JNA unpacked.
                "-Djna.tmpdir=$scratch",
                "-cp", System.getProperty("java.class.path"),
            )
            return start(scratch, listOf(java) + options + main + arguments)
        }
    }
}

// The real `attune`: as a process that goes on, or as a command that ends.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const program = process.env.ATTUNE_BIN;

/** Whatever is still running when a test file ends, however it ends. */
const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

function start(args, env) {
  assert.ok(program, "ATTUNE_BIN names the attune to test: `cargo xtask test browser` sets it");
  const child = spawn(program, args, { env: { PATH: process.env.PATH, ...env } });
  running.add(child);
  child.on("close", () => running.delete(child));
  return child;
}

/** A process that says when it is ready, and goes on until it is stopped. */
export class Service {
  /** Starts it, and waits for its ready line: one document of JSON. */
  static async start(args, env) {
    const child = start(args, env);
    const errors = [];
    child.stderr.setEncoding("utf8").on("data", (text) => errors.push(text));
    child.stdin.on("error", () => {});
    const closed = new Promise((resolve) => child.on("close", resolve));
    const lines = createInterface({ input: child.stdout });
    const ready = await new Promise((resolve, reject) => {
      lines.once("line", resolve);
      closed.then((code) => reject(new Error(`${args.join(" ")} ended (${code}): ${errors.join("")}`)));
    });
    const said = [ready];
    lines.on("line", (line) => said.push(line));
    return new Service(child, closed, JSON.parse(ready), { lines, said, errors });
  }

  constructor(child, closed, ready, { lines, said, errors }) {
    this.child = child;
    this.closed = closed;
    this.ready = ready;
    this.lines = lines;
    this.said = said;
    this.errors = errors;
  }

  /** Presses Enter at its terminal, and waits for what it says to that. */
  async enter() {
    const before = this.said.length;
    this.child.stdin.write("\n");
    while (this.said.length === before) await new Promise((resolve) => this.lines.once("line", resolve));
    return JSON.parse(this.said.at(-1));
  }

  /** All that it printed, to either stream. */
  get printed() {
    return this.said.join("\n") + this.errors.join("");
  }

  /** Ends it as Ctrl-C does, and gives its exit status. */
  async stop() {
    this.child.kill("SIGINT");
    return this.closed;
  }
}

/** Runs a command to its end, with this on its standard input, and gives its document. */
export async function run(args, env, input = "") {
  const child = start([...args, "--json"], env);
  const heard = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"]) {
    child[stream].setEncoding("utf8").on("data", (text) => (heard[stream] += text));
  }
  // One that reads no input may be gone before it is written.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const code = await new Promise((resolve, reject) => {
    child.on("close", resolve);
    child.on("error", reject);
  });
  assert.equal(code, 0, `attune ${args.join(" ")}: ${heard.stderr}`);
  return JSON.parse(heard.stdout);
}

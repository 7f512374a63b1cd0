// A relay, desks and a phone, each in a folder of its own that is gone afterwards.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { run, Service } from "./process.mjs";

export const PHRASE = "a passphrase for trials";

/** A Monday morning in March, two hours east of UTC: what is due on which day does not depend on today. */
export const MONDAY = "2026-03-02T09:30:00+02:00";

/** The folders of one test file, and what runs on them. */
export class Parties {
  /** A relay on trial on a free port. */
  static async start() {
    const folder = await mkdtemp(join(tmpdir(), "attune-browser-"));
    const database = join(folder, "relay.db");
    const args = ["relay", "serve", "--open", "--listen", "127.0.0.1:0", "--database", database];
    const relay = await Service.start([...args, "--json"], { ATTUNE_DATA: folder });
    return new Parties(folder, relay);
  }

  constructor(folder, relay) {
    this.folder = folder;
    this.relay = relay;
    this.services = [relay];
  }

  /** The relay's address, as a desk is told it. */
  get origin() {
    return this.relay.ready.origin;
  }

  path(name) {
    return join(this.folder, name);
  }

  /** A phone of that name, made on first use. */
  async phone(name = "phone") {
    const phone = new Phone(this.path(name));
    await phone.do(["init"]);
    return phone;
  }

  /** The desk of that name; its page makes the vault if there is none. */
  async desk(name = "desk", now = MONDAY) {
    const desk = await Service.start(["desk", "serve", "--json"], environment(this.path(name), now));
    this.services.push(desk);
    return desk;
  }

  /** Ends all of it. Whatever was done, no desk complained on standard error. */
  async stop() {
    await Promise.all(this.services.map((service) => service.stop()));
    await rm(this.folder, { recursive: true });
    const desks = this.services.filter((service) => service !== this.relay);
    assert.equal(desks.map((service) => service.errors.join("")).join(""), "");
  }
}

/** A client's phone, by the command line. */
export class Phone {
  constructor(folder) {
    this.folder = folder;
    this.now = MONDAY;
  }

  /** One command, and its document. */
  do(args, input = "") {
    const env = { ...environment(this.folder, this.now), ATTUNE_PASSPHRASE: PHRASE };
    return run(["phone", ...args], env, input);
  }

  sync() {
    return this.do(["sync"]);
  }

  /** Marks a moment and shares an option for it, after the preview that a person would see. */
  async share(option, flags = [], words = "") {
    const { moment } = await this.do(["flag"]);
    const id = String(moment);
    if (words) await this.do(["note", id], words);
    if (flags.includes("--with-pointer")) await this.do(["point", id, "Said"]);
    const preview = await this.do(["preview", id, option, ...flags]);
    const choice = await this.do(["share", preview.preview]);
    return { ...choice, preview };
  }

  async state(id) {
    const { choices } = await this.do(["status", id]);
    return choices.find((choice) => choice.case === id)?.state;
  }
}

function environment(folder, now) {
  return { ATTUNE_DATA: folder, ATTUNE_NOW: now, HOME: folder };
}

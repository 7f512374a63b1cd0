// The front desk's way: in a real browser, with a therapist's desk and a phone beside.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch } from "../harness/browser.mjs";
import { Person } from "../harness/desk.mjs";
import { Parties } from "../harness/parties.mjs";
import { say } from "../harness/words.mjs";
import { open, receive } from "../harness/work.mjs";

const MINUTES = 60_000;

describe("The front desk", { timeout: 10 * MINUTES }, () => {
  let parties, browser, phone, ada, noa, shared;
  const look = (name) => noa.look(`front-${name}`);

  before(async () => {
    parties = await Parties.start();
    browser = await launch();
    phone = await parties.phone();
    ada = await Person.enter(browser, await parties.desk("desk"));
    await ada.furnish("therapist", "Dr. Ada Lind", parties.origin);
    await ada.pair(phone);
    noa = await Person.enter(browser, await parties.desk("front"));
    await noa.furnish("coordinator", "The front desk", parties.origin);
    await noa.pair(phone);
  });

  after(async () => {
    await browser?.close();
    await parties?.stop();
  });

  test("receives what goes to it, and the therapist's desk does not", async () => {
    shared = await phone.share("RequestProvider");
    await phone.sync();
    await ada.go("/");
    await ada.sync();
    await ada.reads("desk-sync-said");
    await ada.reads("desk-empty");
    await receive(noa, say("card-other"), look);
    await noa.reads("front-only");
  });

  test("says what to do, and what not", async () => {
    await open(noa, look);
    await noa.reads("card-other-do-not-2");
  });

  test("offers a person and a time, which the client reads", async () => {
    await noa.press("card-offer");
    await noa.at("offer-title");
    await noa.press("offer-make");
    await noa.reads("offer-person-needed");
    await look("offer-errors");
    await noa.type("offer-person", "Dr. Kim Sato");
    await noa.type("offer-day", "2026-03-04");
    await noa.type("offer-time", "10:00");
    await noa.press("offer-make");
    await noa.reads("offer-made");
    await look("message");
    await noa.press("read-send");
    await noa.sync();
    await noa.reads("desk-sync-said");
    await phone.sync();
    assert.equal(await phone.state(shared.case), "Answered");
    const { notes } = await phone.do(["notes"]);
    assert.equal(notes.length, 1);
    assert.ok(notes[0].text.includes("Dr. Kim Sato"), notes[0].text);
    assert.ok(notes[0].text.includes("Wednesday, March 4"), notes[0].text);
  });

  test("leaves nothing of it at the therapist's desk", async () => {
    await ada.go("/");
    await ada.sync();
    await ada.reads("desk-sync-said");
    await ada.reads("desk-empty");
    await ada.readsNot("Kim Sato");
  });

  test("had nothing wrong on any of these pages", async () => {
    await noa.leave();
    await ada.leave();
  });
});

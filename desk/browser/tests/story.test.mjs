// A therapist's whole way, from the invitation to the note that the client reads: in a real browser, with
// a real relay and a phone on the other side. Once with scripts, and once without.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch } from "../harness/browser.mjs";
import { Person } from "../harness/desk.mjs";
import { Parties } from "../harness/parties.mjs";
import { say } from "../harness/words.mjs";
import { assertHeld, NOTE, open, PENALTY, receive, reflect, send, write } from "../harness/work.mjs";

const MINUTES = 60_000;

for (const javaScriptEnabled of [true, false]) {
  describe(`A note, ${javaScriptEnabled ? "with" : "without"} scripts`, { timeout: 10 * MINUTES }, () => {
    let parties, browser, desk, phone, ada, shared;
    const look = (name) => ada.look(name);

    before(async () => {
      parties = await Parties.start();
      browser = await launch();
      desk = await parties.desk();
      phone = await parties.phone();
      ada = await Person.enter(browser, desk, { javaScriptEnabled });
      await ada.furnish("therapist", "Dr. Ada Lind", parties.origin);
      await ada.pair(phone);
    });

    after(async () => {
      await browser?.close();
      await parties?.stop();
    });

    test("is picked on the phone and comes to the desk", async () => {
      await ada.go("/");
      await ada.reads("desk-empty");
      await look("inbox-empty");
      const words = "You laughed at how I say my own name.";
      shared = await phone.share("WrittenFollowUp", ["--with-pointer", "--with-words"], words);
      await phone.sync();
      await receive(ada, say("card-note"), look);
      await phone.sync();
      assert.equal(await phone.state(shared.case), "Received");
    });

    test("is opened, and the phone is told", async () => {
      await open(ada, look);
      await ada.reads("card-where-said");
      await ada.readsText("You laughed at how I say my own name.");
      await ada.sync();
      await phone.sync();
      assert.equal(await phone.state(shared.case), "Opened");
    });

    test("is held back while it names a cost, and shown as the client will read it", async () => {
      await reflect(ada, look);
      await look("editor-empty");
      await write(ada, { ...NOTE, "write-step": `${NOTE["write-step"]} ${PENALTY}` });
      await assertHeld(ada);
      await look("editor-held");
      await write(ada, { "write-step": NOTE["write-step"] });
      for (const part of Object.values(NOTE)) await ada.readsText(part);
    });

    test("is sent, and read on the phone as it was written", async () => {
      await send(ada, look);
      await look("after");
      await ada.sync();
      await phone.sync();
      assert.equal(await phone.state(shared.case), "Answered");
      const { notes } = await phone.do(["notes"]);
      assert.equal(notes.length, 1);
      for (const part of Object.values(NOTE)) assert.ok(notes[0].text.includes(part), notes[0].text);
      assert.ok(notes[0].text.includes(say("write-leave")), notes[0].text);
    });

    test("leaves the list quietly", async () => {
      await ada.go("/");
      await ada.reads("desk-empty");
    });

    test("had nothing wrong on any of these pages", () => ada.leave());
  });
}

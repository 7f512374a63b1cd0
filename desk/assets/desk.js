// A little help for who has JavaScript. Every page works without it, and it asks nobody but this desk.
"use strict";

// How many words are left: <textarea data-words-left="120">.
const counted = (text) => text.split(/\s+/u).filter(Boolean).length;

for (const area of document.querySelectorAll("textarea[data-words-left]")) {
  const most = Number(area.dataset.wordsLeft);
  const group = area.dataset.wordsGroup;
  const areas = group
    ? [...document.querySelectorAll(`textarea[data-words-group="${CSS.escape(group)}"]`)]
    : [area];
  if (areas[areas.length - 1] !== area) continue;
  const line = document.createElement("p");
  line.className = "left";
  line.setAttribute("role", "status");
  area.after(line);
  const label = document.body.dataset.wordsLabel;
  const show = () => {
    const words = areas.reduce((sum, each) => sum + counted(each.value), 0);
    line.textContent = `${label} ${most - words}`;
  };
  for (const each of areas) each.addEventListener("input", show);
  show();
}

// What the desk says of a draft, <div id="x" data-live>: looked up again once the draft is kept.
const look = async (form) => {
  const old = form.querySelector("[data-live]");
  if (!old) return;
  try {
    const answer = await fetch(location.pathname, { credentials: "same-origin", redirect: "error" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(old.id);
    // Nobody loses the button that they are about to press.
    if (answer.ok && fresh && !old.contains(document.activeElement)) {
      old.replaceWith(document.adoptNode(fresh));
    }
  } catch {
    // What stands there says of what it speaks: the text that it was read from.
  }
};

// Drafts: <form data-autosave="/where">, sent a moment after the last letter.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const line = form.querySelector(".saved");
  let waiting;
  let changed = false;
  // One after the other: each draft says which text it follows, and the answer says what the next one does.
  let saving = Promise.resolve();
  let underWay = 0;
  // What is said when it cannot go on by itself: another tab has written there, or the card has left.
  let stopped = "";
  let leavingByButton = false;
  const send = async () => {
    const body = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body,
        credentials: "same-origin",
        redirect: "manual",
        // A desk that is locked does not take it for a button that was pressed.
        headers: { "X-Attune-Draft": "1" },
      });
      if (answer.status === 409) stopped = line?.dataset.changed || " ";
      if (answer.status === 410) stopped = line?.dataset.gone || " ";
      if (answer.status !== 204) return false;
      form.elements.base.value = answer.headers.get("X-Attune-Base") ?? "";
      return true;
    } catch {
      return false;
    }
  };
  const save = async () => {
    waiting = undefined;
    if (stopped) return;
    const kept = await send();
    if (kept && waiting === undefined) changed = false;
    if (line) line.textContent = kept ? line.dataset.saved : stopped || line.dataset.unsaved;
    if (kept && !leavingByButton) look(form);
  };
  const saveNext = () => {
    underWay += 1;
    saving = saving.then(save).finally(() => (underWay -= 1));
    return saving;
  };
  // A page that is typed on is put away, too, once its draft is kept.
  const idle = Number(document.body.dataset.idle);
  const leave = async () => {
    if (changed) await saveNext();
    if (!changed) location.replace(`/away?to=${location.pathname}`);
  };
  let leaving = idle ? setTimeout(leave, idle * 1000) : undefined;
  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(waiting);
    waiting = setTimeout(saveNext, 1500);
    if (idle) {
      clearTimeout(leaving);
      leaving = setTimeout(leave, idle * 1000);
    }
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    waiting = undefined;
    changed = false;
    leavingByButton = true;
    if (underWay === 0) return;
    // A draft is on its way: the button comes after it, with what the page knows then.
    event.preventDefault();
    saving.then(() => form.requestSubmit(event.submitter));
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}

// What is the matter with a form is read out first.
document.querySelector(".errors")?.focus();

// A page that the browser kept for its Back button may be one of before the lock: asked for anew.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

"use strict";
{
  const by = (id) => document.getElementById(id);
  const root = location.pathname.split("/").slice(0, 2).join("/") + "/"; // "/<token>/"
  const main = by("main"), said = by("said"), keys = by("keys");
  const LOST = "Nothing was saved just now: the grader does not answer. Start `grader mark` again and open the address it prints; all that was saved before is there.";
  let active = 0, touched = false, busy = false, begun = false;
  let typed = []; // keys that came while the next answer was on its way: none is lost

  const answer = () => by("answer");
  const entries = () => [...main.querySelectorAll(".entry")];
  const items = (place) => [...place.querySelectorAll(".item[data-name]")];
  const isOn = (button) => button.getAttribute("aria-pressed") === "true";
  const turn = (button, on) => button.setAttribute("aria-pressed", String(on));
  const nothing = () => main.querySelector(".nothing");
  const isRequest = () => answer()?.dataset.kind === "request";

  const tell = (text, wrong = false) => {
    said.classList.toggle("wrong", wrong);
    said.textContent = text.trim();
  };

  // ---- what is given, before it is saved ---------------------------------------------------

  const add = (entry) => {
    const given = items(entry).filter(isOn);
    const worth = given.reduce((sum, item) => sum + Number(item.dataset.worth), 0);
    const points = Math.min(Math.max(worth, 0), Number(entry.dataset.possible));
    const stands = String(+(given.length || !entry.dataset.hand ? points : Number(entry.dataset.hand)).toFixed(4));
    if (given.length || entry.dataset.hand || !isRequest() || isChanged(entry)) entry.querySelector("output").textContent = stands;
  };

  const choose = (number) => {
    const all = entries();
    if (!all.length) return;
    active = (number + all.length) % all.length;
    all.forEach((entry, at) => entry.classList.toggle("active", at === active && all.length > 1));
  };

  const toggle = (item) => {
    touched = true;
    turn(item, !isOn(item));
    if (isOn(item) && nothing()) turn(nothing(), false);
    const entry = item.closest(".entry");
    entries().forEach(add);
    if (isRequest()) addUp();
    choose(entries().indexOf(entry));
  };

  const giveNothing = () => {
    touched = true;
    turn(nothing(), !isOn(nothing()));
    if (isOn(nothing())) for (const item of items(main)) turn(item, false);
    entries().forEach(add);
  };

  const wishes = () =>
    entries().map((entry) => ({
      given: items(entry).filter(isOn).map((item) => item.dataset.name),
      comment: entry.querySelector(".comment").textContent,
    }));

  const wish = (wanted) =>
    entries().forEach((entry, at) => {
      for (const item of items(entry)) turn(item, wanted[at].given.includes(item.dataset.name));
      if ("comment" in wanted[at]) entry.querySelector(".comment").textContent = wanted[at].comment;
      add(entry);
    });

  // ---- a regrade request: only what is changed is sent ----------------------------------------

  const state = (entry) => {
    const given = items(entry).filter(isOn).map((item) => item.dataset.name);
    const points = given.length || !entry.dataset.hand ? null : Number(entry.dataset.hand);
    return { entry: Number(entry.dataset.number), given, points, comment: entry.querySelector(".comment").textContent };
  };

  const isChanged = (entry) => JSON.stringify(state(entry)) !== entry.dataset.before;

  const remember = () => {
    if (!isRequest()) return;
    for (const entry of entries()) entry.dataset.before = JSON.stringify(state(entry));
    by("sum").dataset.entries = together();
  };

  const together = () => entries().reduce((sum, entry) => sum + (Number(entry.querySelector("output").textContent) || 0), 0);

  const addUp = () => {
    const old = +Number(by("sum").dataset.old).toFixed(4); // with what no entry earns: a bonus, say
    const after = +(old + together() - Number(by("sum").dataset.entries)).toFixed(4);
    by("sum").querySelector("output").textContent = old === after ? String(old) : `${old} → ${after}`;
    return [old, after];
  };

  const override = () => {
    if (!isRequest()) return;
    const entry = entries()[active], points = by("override-points");
    by("override-on").textContent = about();
    points.max = entry.dataset.possible;
    points.value = "";
    by("override").showModal();
    points.focus();
  };

  const overridden = (value) => {
    const entry = entries()[active];
    for (const item of items(entry)) turn(item, false);
    entry.dataset.hand = String(value);
    add(entry);
    addUp();
    by("override").close();
    (by("which") || answer()).focus({ preventScroll: true });
  };

  const decide = () => {
    const [old, after] = addUp();
    const kind = old === after ? "stays" : "changed";
    by("decision").querySelector(`[value=${kind}]`).checked = true;
    by("decision-points").textContent = old === after ? `The part has ${old} as before.` : `The part: ${old} → ${after}.`;
    by("decision").showModal();
    by("decision-text").focus();
  };

  const decided = async () => {
    const kind = by("decision").querySelector("[name=kind]:checked").value, text = by("decision-text");
    by("decision").close();
    const body = { seen: answer().dataset.seen, entries: entries().filter(isChanged).map(state), kind, sentence: text.value };
    await send(`${at()}/answer`, body);
  };

  // ---- to the grader and back ---------------------------------------------------------------

  const draw = (data) => {
    if (data.at?.startsWith("request/") && !by("decision")) return location.assign(root + data.at); // of another kind
    main.innerHTML = data.html; // of our own server, everything in it escaped there
    if (data.at) history.replaceState(null, "", root + data.at);
    active = 0;
    touched = false;
    if (by("decision-text")) by("decision-text").value = "";
    remember();
    choose(0);
    tell(answer().dataset.told || "");
    (by("which") || answer()).focus({ preventScroll: true });
    scrollTo(0, 0);
  };

  const send = async (path, body) => {
    busy = true;
    try {
      const asked = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
      const got = await fetch(root + path, asked);
      if (got.ok) {
        draw(await got.json());
        return true;
      }
      tell((await got.text()) || "That was not done.", true);
    } catch {
      tell(LOST, true);
    } finally {
      busy = false;
    }
    typed = [];
    return false;
  };

  const at = () => answer().dataset.at;

  const go = () => {
    if (isRequest()) return decide();
    if (!touched && answer().dataset.open === "no") return send(`${at()}/step?by=open`);
    const given = items(main).some(isOn) || isOn(nothing()) || entries().some((entry) => entry.dataset.hand);
    if (!given) return tell("Give a rubric item first, or press 0 for no points. n goes on without marking.", true);
    return send(`${at()}/mark`, { seen: answer().dataset.seen, entries: wishes() });
  };

  const repeat = () => {
    const button = main.querySelector("[data-do=repeat]");
    if (!button) return tell("The answer before this one is another, or not marked.", true);
    wish(JSON.parse(button.dataset.given).map((given) => ({ given })));
    turn(nothing(), !items(main).some(isOn));
    touched = true;
    return tell("As the answer before: Enter saves it.");
  };

  // ---- comments and rubric items --------------------------------------------------------------

  const about = () => entries()[active].querySelector("legend").textContent;

  const comment = () => {
    by("comment-on").textContent = about();
    const saved = [...main.querySelectorAll(".saved li")].map((line) => line.textContent);
    by("comment-saved").replaceChildren(
      ...["", ...saved].map((text, number) => {
        const line = document.createElement("li"), button = document.createElement("button"), key = document.createElement("kbd");
        button.type = "button";
        key.textContent = String(number);
        button.append(key, document.createTextNode(text || "no comment"));
        button.addEventListener("click", () => commented(text));
        line.append(button);
        return line;
      }),
    );
    by("comment-text").value = entries()[active].querySelector(".comment").textContent;
    by("comment").showModal();
    by("comment-text").focus();
    begun = false;
  };

  const commented = (text) => {
    touched = true;
    entries()[active].querySelector(".comment").textContent = text.trim();
    by("comment").close();
    (by("which") || answer()).focus({ preventScroll: true });
  };

  const field = (form, label, name, value, type) => {
    const made = document.createElement("label"), input = document.createElement("input");
    input.name = name;
    input.type = type;
    input.required = true;
    input.value = value;
    if (type === "number") input.step = "any";
    else input.maxLength = 200;
    made.append(label, input);
    form.append(made);
    return input;
  };

  const row = (item) => {
    const form = document.createElement("form"), save = document.createElement("button");
    const name = item ? item.dataset.name : "";
    if (!item) field(form, "A new one: what it is given for", "name", "", "text");
    field(form, item ? `“${name}” is worth` : "It is worth", "worth", item ? item.dataset.worth : "", "number");
    save.type = "submit";
    save.textContent = item ? "Change" : "Add";
    form.append(save);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const before = wishes(), changed = touched, number = active;
      const body = { entry: active, name: item ? name : form.elements.name.value, worth: Number(form.elements.worth.value) };
      by("worths").close();
      if (await send(`${at()}/worth`, body)) {
        if (changed) wish(before); // what was given and not saved yet
        touched = changed;
        choose(number);
      }
    });
    return form;
  };

  const rubricItems = () => {
    by("worths-on").textContent = about();
    by("worths-rows").replaceChildren(row(null), ...items(entries()[active]).map(row));
    by("worths").showModal();
  };

  // ---- keys and clicks -------------------------------------------------------------------------

  const undo = () => send(`undo?at=${encodeURIComponent(at() || "")}`, {});
  const DO = {
    go, undo, comment, repeat, override,
    nothing: giveNothing,
    items: rubricItems,
    before: () => send(`${at()}/step?by=before`),
    after: () => send(`${at()}/step?by=after`),
    help: () => by("help").showModal(),
    close: () => document.querySelector("dialog[open]").close(),
  };
  const KEYS = { Enter: "go", u: "undo", c: "comment", i: "items", r: "repeat", n: "after", p: "before", o: "override", "0": "nothing", "?": "help" };
  const NOT_THERE = { request: "ir0", answer: "o" }; // keys that have nothing to do on such a page

  const press = (key) => {
    if (!entries().length) return key === "u" && answer() ? DO.undo() : undefined;
    if (key === "ArrowDown" || key === "ArrowUp") return choose(active + (key === "ArrowDown" ? 1 : -1));
    if (/^[1-9]$/.test(key)) {
      const item = items(main).find((one) => one.dataset.key === key);
      return item ? toggle(item) : tell(`There is no rubric item ${key}.`, true);
    }
    if (NOT_THERE[isRequest() ? "request" : "answer"].includes(key)) return undefined;
    return DO[KEYS[key]]();
  };

  const replay = async () => {
    while (typed.length && !busy) await press(typed.shift());
  };

  const isOurs = (key) => key in KEYS || /^([1-9]|ArrowDown|ArrowUp)$/.test(key);

  // The first key of a comment may be the digit of a saved one; what is typed after it is text.
  const inComment = (event) => {
    if (!event.target.matches("textarea")) return;
    const digit = !begun && /^\d$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey;
    const button = digit && by("comment-saved").querySelectorAll("button")[Number(event.key)];
    if (event.key.length === 1 || event.key === "Backspace") begun = true;
    if (button) button.click();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) commented(event.target.value);
    else return;
    event.preventDefault();
  };

  const inDecision = (event) => {
    if (!event.target.matches("textarea") || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    decided();
  };

  document.addEventListener("keydown", (event) => {
    const dialog = document.querySelector("dialog[open]");
    if (dialog) return dialog.id === "comment" ? inComment(event) : dialog.id === "decision" ? inDecision(event) : undefined;
    if (!answer() || event.ctrlKey || event.metaKey || event.altKey || !isOurs(event.key)) return;
    if (event.key !== "Enter" && keys && !keys.checked) return;
    if (event.target.matches("textarea, input:not([type=checkbox])")) return;
    if (event.key === "Enter" && event.target.matches("a, summary, button:not(.item)")) return; // theirs
    if (event.key.startsWith("Arrow") && event.target.matches("pre, .rubric, .wide, .changes")) return; // scrolls
    if (event.key === "Enter" && event.repeat) return event.preventDefault(); // a key held down marks nobody
    event.preventDefault();
    typed.push(event.key);
    if (!busy) replay();
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.decide) await send("decide", { conflict: button.dataset.decide, who: button.dataset.who });
    else if (button.dataset.do && !busy) await DO[button.dataset.do]();
    else if (button.dataset.name && !busy) toggle(button);
    await replay();
  });

  by("comment")?.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    commented(by("comment-text").value);
  });

  by("override")?.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    overridden(Number(by("override-points").value));
  });

  by("decision")?.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    decided();
  });

  remember();
  choose(0);
}

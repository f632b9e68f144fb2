// To the grader and back; keys and clicks.

const draw = (data) => {
  if (data.at?.startsWith("request/") && !by("decision")) return location.assign(root + data.at); // of another kind
  main.innerHTML = data.html; // of our own server, everything in it escaped there
  if (data.head && by("head")) by("head").innerHTML = data.head; // the same
  if (data.title) document.title = data.title;
  if (data.at) history.replaceState(null, "", root + data.at);
  begin();
  tell(news(), false, "look" in answer().dataset);
  if (answer().dataset.again) again(JSON.parse(answer().dataset.again));
  (by("which") || answer()).focus({ preventScroll: true });
  by("page").scrollTo(0, 0);
};

// What was saved and is taken back is shown as it was, not saved, to be changed.
const again = (wanted) => {
  wish(wanted);
  const like = JSON.parse(main.querySelector("[data-do=repeat]").dataset.given || "[]"); // it may have come from there
  entries().forEach((entry, at) => { entry.dataset.copied = like[at]?.comment === wanted[at].comment ? wanted[at].comment : ""; });
  turn(nothing(), !items(main).some(isOn));
  changed();
  tell(news());
};

const begin = () => {
  if (by("decision-text")) by("decision-text").value = answer()?.dataset.sentence || "";
  steps = [];
  warned = "";
  remember();
  saved = JSON.stringify([wishes(), isNothing()]);
  choose(0);
  points = entries().map((entry) => entry.querySelector("output").textContent);
  total();
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
    refused = got.status;
    tell((await got.text()) || "That was not done.", true);
  } catch {
    refused = 0;
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
  const onward = main.querySelector("[data-onward]");
  if (!isDirty() && onward) return location.assign(onward.href);
  if (!isDirty() && answer().dataset.open === "no") return stays();
  if (of("draft").some(Boolean) && !isSure("Enter")) {
    warn("Enter");
    return tell("A comment is typed and not taken: c shows it. Enter again leaves it out.", true);
  }
  if (!isGiven()) return tell(`Nothing is given yet. ${isKeyed() ? "Press 0 for no points; n goes on without marking." : "“No points” and “Next” are below."}`, true);
  // What the grader could not read is in few answers of a part: fingers do not know of it.
  const bare = !isNothing() && entries().find((entry) => "waits" in entry.dataset && !entry.dataset.hand && !items(entry).some(isOn));
  if (bare && !isSure("Enter")) {
    warn("Enter");
    return tell(`“${bare.querySelector("legend").textContent}” waits, and has nothing: Enter again saves it with 0.`, true);
  }
  return send(`${at()}/mark`, { seen: answer().dataset.seen, entries: wishes() });
};

const called = () => (by("which")?.textContent || "").replace(/ of .*/, "");

const stays = async () => {
  const name = called();
  if ((await send(`${at()}/step?by=open`)) && !said.textContent) tell(`${name} stays as it was.`);
};

const repeat = () => {
  const button = main.querySelector("[data-do=repeat]");
  if (button.disabled) return tell("No answer that says nearly the same is marked for this.", true);
  const wanted = JSON.parse(button.dataset.given);
  stepping(`“Fill in as ${main.querySelector(".nearest a").textContent}” is taken back.`);
  const hadComment = wishes().map((one) => one.comment);
  wish(wanted);
  wanted.forEach((one, at) => { Object.assign(entries()[at].dataset, { copied: one?.comment || "", filled: one ? "yes" : "" }); });
  const isGone = wanted.some((one, at) => one && hadComment[at] && one.comment !== hadComment[at]);
  const bare = entries().find((entry, at) => !wanted[at] && !items(entry).some(isOn));
  turn(nothing(), !bare && !items(main).some(isOn));
  changed();
  if (!isDirty()) {
    steps.pop();
    return tell(`It has the same as ${main.querySelector(".nearest a").textContent} already.`);
  }
  const told = wanted.filter((one) => one?.comment).length, too = told ? `, ${told > 1 ? "comments" : "comment"} too` : "";
  const as = `As ${main.querySelector(".nearest a").textContent}${too}`, gone = isGone ? " The comment that was here is gone: u brings all back." : "";
  if (bare) choose(entries().indexOf(bare)); // its keys are next
  if (bare) return tell(`${as}; “${bare.querySelector("legend").textContent}” is to be given yet.${gone}`);
  if (main.querySelector(".nearest .status")) return tell(`${as}. What is different touches a criterion: look at the points${told ? " and the comment" : ""}.${gone}`, false, true);
  return tell(`${as}.${gone}`);
};

// ---- keys and clicks -------------------------------------------------------------------------

// One press is one step: what was done last and is not saved yet, then what was saved last.
const undo = async () => {
  const step = steps.pop();
  if (step?.was) {
    back(step.was);
    return tell(step.told);
  }
  if (!step && isDirty() && !isRequest() && !isSure("u2")) {
    warn("u2");
    return tell(`${called()} is not saved: u again leaves it without a mark, and takes back what was saved before.`, false, true);
  }
  const was = at(), name = isDirty() && !step ? `${answer().dataset.part}, ${called().toLowerCase()}` : "";
  const sure = isSure("u") ? "&sure=yes" : "";
  if (!(await outlived(`undo?at=${encodeURIComponent(was || "")}${sure}`, {}, step?.level))) {
    warn(refused === 409 ? "u" : ""); // told of what is in another part: the next one is sure
    if (step) steps.push(step);
    return;
  }
  if (name && at() !== was) tell(`${said.textContent} ${name} has no mark now: it comes again, empty.`);
};

// Whoever leaves with something not saved is told once, and goes the second time.
const leaves = (way, how) => {
  if (!isDirty() && !of("draft").some(Boolean)) return true;
  if (isSure(way)) return true;
  warn(way);
  (by("which") || answer()).focus({ preventScroll: true }); // Enter saves, as is said: it presses nothing again
  tell(`${isRequest() ? "Not decided yet: Enter decides it" : isGiven() ? "Not saved yet: Enter saves it" : "Nothing is given now"}; ${how} goes on, and what you changed here is gone.`, true);
  return false;
};

const step = (by, key) => (leaves(key, `${key} again`) ? send(`${at()}/step?by=${by}`) : undefined);
const DO = {
  go, undo, comment, repeat, override,
  nothing: giveNothing,
  items: levels,
  before: () => step("before", "p"),
  after: () => step("after", "n"),
  help: () => {
    by("help").showModal();
    by("help").querySelector("[data-do=close]").focus(); // Space and Enter close it, and turn no keys off
  },
  close: () => {
    const dialog = document.querySelector("dialog[open]");
    if (dialog?.id === "comment") drafted();
    if (dialog?.id === "worths") unchanged();
    dialog?.close();
    // Where nothing had the keyboard before, its hidden button keeps it for a moment: the next key is none of its.
    if (dialog?.contains(document.activeElement)) (by("which") || answer())?.focus({ preventScroll: true });
  },
};
const KEYS = { Enter: "go", u: "undo", c: "comment", i: "items", r: "repeat", n: "after", p: "before", o: "override", "0": "nothing", "?": "help" };
const NOT_THERE = { request: "ir0", answer: "o" }; // keys that have nothing to do on such a page

const press = (key) => {
  if (key !== warned && key + "2" !== warned) warned = ""; // only the same key twice is sure
  if (!entries().length) return key === "u" && answer() ? DO.undo() : undefined;
  if (key === "ArrowDown" || key === "ArrowUp") {
    choose(Math.min(Math.max(active + (key === "ArrowDown" ? 1 : -1), 0), entries().length - 1));
    return entries()[active].scrollIntoView({ block: "nearest" });
  }
  if (/^[1-9]$/.test(key)) {
    const item = items(main).find((one) => one.dataset.key === key);
    return item ? toggle(item) : tell(`There is no criterion ${key}.`, true);
  }
  if (/^[a-z]$/.test(key) && !(key in KEYS)) {
    const item = items(entries()[active]).find((one) => one.dataset.key === key);
    return item ? toggle(item) : tell(`The framed criterion has no ${key}.`, true);
  }
  if (NOT_THERE[isRequest() ? "request" : "answer"].includes(key)) return undefined;
  return DO[KEYS[key]]();
};

// A key that opened a box has those after it typed there: none of them marks the answer behind it.
const replay = async () => {
  while (typed.length && !busy) {
    const key = typed.shift(), dialog = document.querySelector("dialog[open]");
    if (dialog?.id === "comment") typedIn(key);
    else if (!dialog && isOurs(key)) await press(key);
  }
};

const EDITS = /^(Backspace|Delete|Home|End|ArrowLeft|ArrowRight)$/;
const isOurs = (key) => key in KEYS || /^([1-9a-z]|ArrowDown|ArrowUp)$/.test(key);

// In the box all that is typed is text. A digit that is all of it means the saved one beside which it stands, which is
// marked then, for Enter to take; whoever goes on writing meant the digit itself. What edits or begins goes into the box.
const inComment = (event) => {
  const text = by("comment-text");
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target === text) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    commented(picked ? picked.dataset.text : text.value);
  } else if (/^\d$/.test(event.key)) {
    const button = by("comment-saved").querySelectorAll("button")[Number(event.key)];
    if (!button) return text.focus(); // the digit follows
    text.value = event.key;
    text.focus();
    pick(button);
  } else if (event.key === "Enter" && event.target === by("comment-saved")) commented(text.value);
  else if (EDITS.test(event.key) || (event.key.length === 1 && (event.key !== " " || !event.target.matches("button")))) return text.focus(); // the key follows
  else return;
  event.preventDefault();
};

// The same for keys that came before the box was open.
const typedIn = (key) => {
  const text = by("comment-text"), button = text !== document.activeElement && /^\d$/.test(key) && by("comment-saved").querySelectorAll("button")[Number(key)];
  if (key === "Enter") return commented(picked ? picked.dataset.text : text.value);
  text.focus();
  text.value = key === "Backspace" ? text.value.slice(0, -1) : button ? key : text.value + key;
  pick(button || null);
};

const inDecision = (event) => {
  if (!event.target.matches("textarea") || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  decided();
};

document.addEventListener("keydown", (event) => {
  const dialog = document.querySelector("dialog[open]");
  if (dialog) return dialog.id === "comment" ? inComment(event) : dialog.id === "decision" ? inDecision(event) : undefined;
  const first = document.querySelector("a[data-open]"); // of the parts
  if (first && event.key === "Enter" && !event.repeat && !event.target.matches("a, button, summary")) return first.click();
  const key = event.shiftKey || event.key.length > 1 ? event.key : event.key.toLowerCase(); // whatever Caps Lock says
  if (!answer() || event.ctrlKey || event.metaKey || event.altKey) return;
  const isText = typed.includes("c") && isKeyed() && (event.key.length === 1 || event.key === "Backspace"); // for the box that c opens
  if (!isText && !isOurs(key)) return;
  if (key !== "Enter" && !isKeyed()) return;
  if (event.target.matches("textarea, input:not([type=checkbox])")) return;
  if (event.key === "Enter" && event.target.matches("a, summary, button:not(.item)")) return; // theirs
  if (event.key.startsWith("Arrow") && event.target.matches("pre, .left, .wide, .changes")) return; // scrolls
  if (event.key === "Enter" && event.repeat) return event.preventDefault(); // a key held down marks nobody
  event.preventDefault();
  typed.push(isText ? event.key : key);
  if (!busy) replay();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button"), link = event.target.closest("a[href]");
  if (link && answer() && !link.matches(".skip")) {
    leaving = leaves(link.href, "the link again");
    if (!leaving) event.preventDefault();
  }
  if (!button) {
    const entry = event.target.closest(".entry");
    if (entry) choose(entries().indexOf(entry));
    return;
  }
  if (button.dataset.decide) await send("decide", { conflict: button.dataset.decide, who: button.dataset.who });
  else if (button.closest(".entry")) choose(entries().indexOf(button.closest(".entry")));
  if (button.dataset.do && !busy) {
    await DO[button.dataset.do]();
    // Who pressed it with the mouse goes on by keyboard: Enter saves, and does not press it again.
    if (event.detail && !document.querySelector("dialog[open]")) (by("which") || answer())?.focus({ preventScroll: true });
  } else if (button.dataset.name && !busy) toggle(button);
  await replay();
});

by("comment")?.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  commented(picked ? picked.dataset.text : by("comment-text").value);
});
by("comment-text")?.addEventListener("input", () => pick(meant(by("comment-text").value)));
by("comment")?.addEventListener("cancel", drafted);
by("worths")?.addEventListener("cancel", unchanged);

by("override")?.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  overridden(by("override-points").value);
});

by("decision")?.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  decided();
});

addEventListener("beforeunload", (event) => {
  if (answer() && isDirty() && !leaving) event.preventDefault(); // a window that is closed asks
});

// Whoever turned single keys off finds them off on the next page, until the window is closed.
if (keys) keys.checked = sessionStorage.getItem("keys") !== "off";
keys?.addEventListener("change", () => sessionStorage.setItem("keys", keys.checked ? "on" : "off"));

begin();
by("which")?.focus({ preventScroll: true }); // the answer has the keyboard: it scrolls by Space and Page Down

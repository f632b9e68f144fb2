// Comments and levels.

const about = () => entries()[active].querySelector("legend").textContent;

// All comments on a part that this window knows, each with the digit that it had first, until the window is closed.
const known = (more = "") => {
  const name = `comments ${root}${answer().dataset.part}`, all = JSON.parse(sessionStorage.getItem(name) || "[]");
  const there = [...main.querySelectorAll(".saved li")].map((line) => line.textContent);
  for (const text of [...there, more]) if (text && !all.includes(text)) all.push(text);
  sessionStorage.setItem(name, JSON.stringify(all));
  return all;
};

const comment = () => {
  const all = known(), text = by("comment-text");
  text.value = entries()[active].dataset.draft || entries()[active].querySelector(".comment").textContent;
  by("comment-title").textContent = `Comment on “${about()}”`;
  by("comment-saved").replaceChildren(
    ...["", ...all].map((text, number) => {
      const line = document.createElement("li"), button = document.createElement("button"), key = document.createElement("kbd");
      button.type = "button";
      button.dataset.text = text;
      key.textContent = number < 10 ? String(number) : "";
      button.append(...(number < 10 ? [key] : []), document.createTextNode(text || "no comment"));
      button.addEventListener("click", () => commented(text));
      line.append(button);
      return line;
    }),
  );
  by("comment-saved").hidden = !all.length && !text.value; // nothing to take, and nothing to take away
  by("comment-hint").hidden = by("comment-saved").hidden;
  pick(null);
  by("comment-said").textContent = "";
  by("comment").showModal();
  if (by("comment-saved").hidden) text.focus();
  else by("comment-saved").focus(); // a digit shows one; any other key goes into the box
};

// A digit that is all there is means the saved comment beside which it stands.
const meant = (text) => (/^\d$/.test(text) && !by("comment-saved").hidden && by("comment-saved").querySelectorAll("button")[Number(text)]) || null;

const pick = (button) => {
  picked = button;
  for (const one of by("comment-saved").querySelectorAll("button")) one.classList.toggle("picked", one === button);
};

// What was typed and not taken is there again when the box is opened again.
const drafted = () => {
  const entry = entries()[active], text = by("comment-text").value.trim();
  if (picked) return;
  entry.dataset.draft = text === entry.querySelector(".comment").textContent ? "" : text;
  if (entry.dataset.draft) tell("The comment is not taken; what you typed is there again with c.");
};

const commented = (written) => {
  const isSlip = /^\d$/.test(written.trim()) && !by("comment-saved").hidden && !known().includes(written.trim());
  by("comment-said").textContent = isSlip ? `There is no saved comment ${written.trim()}.` : "";
  if (isSlip) return;
  Object.assign(entries()[active].dataset, { draft: "", copied: "", written: "yes" });
  const place = entries()[active].querySelector(".comment"), text = written.trim();
  known(text);
  if (text !== place.textContent) {
    stepping(text ? "The comment is taken back. What was typed is among the saved ones: c." : "The comment is back.");
    place.textContent = text;
    changed();
    place.scrollIntoView({ block: "nearest" });
  }
  by("comment").close();
  (by("which") || answer()).focus({ preventScroll: true });
};

const field = (form, label, name, value) => {
  const made = document.createElement("label"), input = document.createElement("input");
  input.name = name;
  input.required = true;
  input.defaultValue = value;
  input.autocomplete = "off";
  input.maxLength = name === "name" ? 200 : 20;
  if (name === "worth") input.inputMode = "decimal";
  made.append(label, input);
  form.append(made);
};

const pressed = (form, text) => {
  const made = document.createElement("button");
  made.textContent = text;
  form.append(made);
  return made;
};

// "0,5" and "0.5", with a sign or without; NaN for what is no number.
const worthOf = (text) => {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  return /^[+-]?(\d{1,4}(\.\d{0,4})?|\.\d{1,4})$/.test(plain) ? Number(plain) : NaN;
};

const renamed = (was, { entry, from, to }) => ({
  ...was,
  wanted: was.wanted.map((one, at) => (at === entry ? { ...one, given: one.given.map((name) => (name === from ? to : name)) } : one)),
});

// The grader does something to a level, and what was given here and not saved yet outlives it.
const outlived = async (path, body, level = {}) => {
  const was = at(), before = snapshot(), number = active, isKept = isDirty(), drafts = of("draft");
  const kept = steps.map((step) => (step.was ? { ...step, was: renamed(step.was, level) } : step));
  if (!(await send(path, body))) return false;
  if (at() !== was || answer().dataset.again) return true;
  if (isKept) {
    const kept = renamed(before, level);
    back(kept);
    const gone = entries().flatMap((entry, at) => kept.wanted[at].given.filter((name) => !items(entry).some((item) => item.dataset.name === name)));
    if (gone.length) tell(`${said.textContent} It was given here, and is no more: look at the points.`);
  }
  entries().forEach((entry, at) => { entry.dataset.draft = drafts[at]; });
  choose(number);
  steps = kept;
  return true;
};

// A new one is given at once.
const change = async (body, isNew) => {
  const name = body.called || body.name, level = { entry: active, from: body.name, to: name };
  by("worths").close();
  if (!(await outlived(`${at()}/item`, { entry: active, ...body }, level))) return;
  steps.push({ level: { ...level, from: name, to: body.name } });
  const entry = entries()[active], item = isNew && items(entry).find((one) => one.dataset.name === name);
  if (!item || isOn(item)) return;
  const before = items(entry).filter(isOn).map((one) => one.dataset.name);
  toggle(item);
  const gone = items(entry).filter((one) => before.includes(one.dataset.name) && !isOn(one)).map((one) => `“${one.dataset.name}”`);
  const all = items(entry).filter((one) => isOn(one) && Number(one.dataset.worth) > 0).length > 1 ? "; they add up" : "";
  const instead = gone.length ? ` in place of ${gone.join(" and ")}` : "";
  tell(`${news()} It is given here${instead}: ${entry.querySelector("output").textContent} of ${Number(entry.dataset.possible)} now${all}. Enter saves it.`);
};

const row = (item) => {
  const form = document.createElement("form"), name = item ? item.dataset.name : "";
  const possible = Number(entries()[active].dataset.possible), own = item && item.dataset.kind !== "whole";
  form.dataset.level = name;
  let asked = NaN; // a worth above what is possible, which is taken when it is given twice
  if (!item || own) field(form, item ? "What it is given for" : "A new one: what it is given for", "name", name);
  field(form, item && !own ? `“${name}” is worth` : "It is worth", "worth", item ? item.dataset.worth.replace("−", "-") : "");
  pressed(form, item ? "Change" : "Add").type = "submit";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const worth = worthOf(form.elements.worth.value), text = form.elements.worth.value.trim();
    if (Number.isNaN(worth)) return void (by("worths-said").textContent = `“${text}” is not a number: write it like 0.5, 0,5 or -1.`);
    if (worth > possible && worth !== asked) {
      asked = worth;
      return void (by("worths-said").textContent = `${worth} is more than the ${possible} of this criterion, and would count as ${possible}. “${item ? "Change" : "Add"}” once more keeps it so.`);
    }
    const called = form.elements.name ? form.elements.name.value : name;
    return change({ name: item ? name : called, worth, called: item ? called : "" }, !item);
  });
  if (own && item.dataset.kind !== "half") {
    const button = pressed(form, "Remove");
    button.type = "button";
    button.setAttribute("aria-label", `Remove “${name}”`);
    button.addEventListener("click", () => change({ name, worth: null }, false));
  }
  return form;
};

const unchanged = () => {
  if ([...by("worths-rows").querySelectorAll("input")].some((one) => one.value !== one.defaultValue)) tell("Nothing of the levels was changed: Add and Change do that.");
};

const levels = () => {
  by("worths-title").textContent = `Levels of “${about()}”`;
  by("worths-said").textContent = "";
  by("worths-rows").replaceChildren(row(null), ...items(entries()[active]).map(row));
  by("worths").showModal();
};

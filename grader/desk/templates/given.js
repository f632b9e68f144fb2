// What is given on a page, before it is saved. One script with the files that `pages.py` names beside this one.

const by = (id) => document.getElementById(id);
const root = location.pathname.split("/").slice(0, 2).join("/") + "/"; // "/<token>/"
const main = by("main"), said = by("said"), keys = by("keys");
const LOST = "Nothing was saved just now: the grader does not answer. Start `grader mark` again and open the address it prints; all that was saved before is there.";
const TWICE = 400; // milliseconds between two presses of which the second is meant
const GONE = "The copied comment is gone: it was about other points. u brings both back.";
let active = 0, busy = false;
let saved = ""; // what is given, as it was when the answer was drawn
let steps = []; // what a hand did since, the last thing last: how it was before, and what to say when it is taken back
let points = []; // of each entry, then
let leaving = false;
let warned = "", warnedAt = 0; // the way on which it was said last that something is not saved, and when
let picked = null; // the saved comment whose digit is in the box, and nothing else
let refused = 0; // the status of what was refused last, 0 where the grader does not answer
let typed = []; // keys that came while the next answer was on its way: none is lost

const answer = () => by("answer");
const entries = () => [...main.querySelectorAll(".entry")];
const items = (place) => [...place.querySelectorAll(".item[data-name]")];
const isOn = (button) => button.getAttribute("aria-pressed") === "true";
const turn = (button, on) => button.setAttribute("aria-pressed", String(on));
const nothing = () => main.querySelector(".nothing");
const isKeyed = () => !keys || keys.checked;
const isRequest = () => answer()?.dataset.kind === "request";

const news = () => answer().dataset.told || "";

// `wrong`: it was not done. `look`: it was, and there is something to look at.
const tell = (text, wrong = false, look = false) => {
  said.classList.toggle("wrong", wrong);
  said.classList.toggle("look", look);
  said.textContent = text.trim();
};

const warn = (way) => {
  warned = way;
  warnedAt = Date.now();
};
// A key that is hit twice by chance is sure of nothing.
const isSure = (way) => warned === way && Date.now() - warnedAt > TWICE;

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
  all.forEach((entry, at) => entry.classList.toggle("active", at === active));
};

// ---- one step, and back --------------------------------------------------------------------------

const of = (name) => entries().map((entry) => entry.dataset[name] || "");
const snapshot = () => ({ wanted: wishes(), none: isNothing(), hands: entries().map((entry) => entry.dataset.hand), copied: of("copied"), filled: of("filled") });
const stepping = (told) => steps.push({ was: snapshot(), told });

const back = ({ wanted, none, hands, copied, filled }) => {
  entries().forEach((entry, at) => Object.assign(entry.dataset, { hand: hands[at], copied: copied[at], filled: filled[at] }));
  if (nothing()) turn(nothing(), none);
  wish(wanted);
};

// ---- what is given -------------------------------------------------------------------------------

const turnOn = (item) => {
  turn(item, true);
  if (nothing()) turn(nothing(), false);
  const rivals = { whole: ["part", "half"], half: ["whole", "part"], part: ["whole", "half"] }[item.dataset.kind] || [];
  for (const other of items(item.closest(".entry"))) if (rivals.includes(other.dataset.kind)) turn(other, false); // all of it, half, or named parts
};

// A comment that came with the points of another answer was about those: it goes with them.
const uncopied = (entry) => {
  const place = entry.querySelector(".comment"), isCopied = place.textContent !== "" && place.textContent === entry.dataset.copied;
  if (isCopied) place.textContent = "";
  return isCopied;
};

const toggle = (item) => {
  const name = `“${item.dataset.name}”`;
  stepping(isOn(item) ? `${name} is given again.` : `${name} is taken back.`);
  if (isOn(item)) turn(item, false);
  else turnOn(item);
  const entry = item.closest(".entry"), isGone = uncopied(entry);
  entry.dataset.filled = "";
  choose(entries().indexOf(entry));
  item.scrollIntoView({ block: "nearest" });
  changed();
  const stays = staying([entry]);
  if (isGone) return tell(GONE);
  if (stays || !isOn(item)) tell(isOn(item) ? stays : `${name} is off. ${stays}`, false, stays !== "");
  const worth = items(entry).filter(isOn).reduce((sum, one) => sum + Number(one.dataset.worth), 0);
  if (worth < 0) return tell(`No criterion goes below 0, and the others keep their points. ${stays}`);
  if (items(entry).filter((one) => isOn(one) && Number(one.dataset.worth) > 0).length > 1) {
    const possible = Number(entry.dataset.possible);
    return tell(worth > possible ? `They add up to ${+worth.toFixed(4)}: ${possible} of ${possible} count. ${stays}` : `They add up: ${+worth.toFixed(4)} of ${possible}. ${stays}`);
  }
};

// A comment that was there before goes on with other points; who wrote one just now knows of it.
const staying = (places) => (places.some((entry) => entry.querySelector(".comment").textContent && !entry.dataset.written) ? "The comment of before stays: c changes it." : "");

const giveNothing = () => {
  stepping(isOn(nothing()) ? "“No points” is back." : "“No points” is taken back.");
  turn(nothing(), !isOn(nothing()));
  const losing = isOn(nothing()) ? entries().filter((entry) => items(entry).some(isOn)) : []; // the others had nothing before
  for (const entry of losing) for (const item of items(entry)) turn(item, false);
  const isGone = losing.filter(uncopied).length > 0;
  nothing().scrollIntoView({ block: "nearest" });
  changed();
  if (isGone) return tell(GONE);
  const stays = staying(losing);
  if (stays) tell(stays, false, true);
};

const isGiven = () => items(main).some(isOn) || isNothing() || entries().some((entry) => entry.dataset.hand);
const isNothing = () => nothing() !== null && isOn(nothing());
const isDirty = () => (isRequest() ? entries().some(isChanged) : JSON.stringify([wishes(), isNothing()]) !== saved);

const sum = () => {
  const told = entries().map((entry) => entry.querySelector("output").textContent);
  const possible = entries().reduce((all, entry) => all + Number(entry.dataset.possible), 0);
  const points = told.reduce((all, one) => all + (Number(one) || 0), 0);
  return `${told.every((one) => one === "–") ? "–" : +points.toFixed(4)} of ${+possible.toFixed(4)}`;
};

const total = () => {
  if (!by("total")) return;
  by("total").textContent = sum();
  const enter = main.querySelector(".go span"); // it goes on to another part where there is nothing to save
  enter.textContent = isDirty() && isGiven() ? `Save ${sum()}, next` : (!isDirty() && enter.dataset.next) || "Save, next";
};

// What is given was changed by hand: points, sum, and whether that is saved.
const changed = () => {
  entries().forEach(add);
  if (!isDirty()) entries().forEach((entry, at) => { entry.querySelector("output").textContent = points[at]; });
  else if (!isRequest() && !isGiven()) for (const entry of entries()) entry.querySelector("output").textContent = "–"; // a comment alone
  if (isRequest()) addUp();
  else for (const entry of entries()) entry.classList.toggle("bare", entry.querySelector("output").textContent === "0" && !entry.dataset.filled && !isNothing() && !items(entry).some(isOn));
  if (by("unsaved")) by("unsaved").hidden = !isDirty();
  total();
  warned = "";
  if (said.textContent !== news() || answer().dataset.again) tell(""); // what came with the answer stays until something else is said
};

const wishes = () =>
  entries().map((entry) => ({
    given: items(entry).filter(isOn).map((item) => item.dataset.name),
    comment: entry.querySelector(".comment").textContent,
  }));

const wish = (wanted) => {
  entries().forEach((entry, at) => {
    if (!wanted[at]) return; // the other is not marked for that
    for (const item of items(entry)) turn(item, wanted[at].given.includes(item.dataset.name));
    entry.querySelector(".comment").textContent = wanted[at].comment;
  });
  changed();
};

// A regrade request: only what is changed is sent.

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
  by("override-said").textContent = "";
  points.value = "";
  by("override").showModal();
  points.focus();
};

const overridden = (text) => {
  const entry = entries()[active], value = worthOf(text), possible = Number(entry.dataset.possible);
  if (!(value >= 0 && value <= possible)) {
    by("override-said").textContent = `“${text.trim()}” is no number from 0 to ${possible}: write it like 0.5 or 0,5.`;
    return;
  }
  stepping("The points are taken back.");
  for (const item of items(entry)) turn(item, false);
  entry.dataset.hand = String(value);
  changed();
  by("override").close();
  (by("which") || answer()).focus({ preventScroll: true });
};

const demand = (told) => { by("decision-said").textContent = told; };

const decide = () => {
  if (by("by-hand")) return tell(by("by-hand").textContent, true);
  const [now, points] = addUp(), [first, last] = by("sum").dataset.decided.split(" ").map(Number); // it may be decided again
  const old = points === now || last === now ? first : now, after = points === now ? last : points;
  const kind = old === after ? "stays" : "changed";
  by("decision").querySelector(`[value=${kind}]`).checked = true;
  by("decision-points").textContent = old === after ? `The part has ${old} as before.` : `The part: ${old} → ${after}.`;
  demand("");
  by("decision").showModal();
  by("decision-text").focus();
};

// What cannot be taken is said in the box, and the box stays: what is typed next is still the sentence.
const decided = async () => {
  const kind = by("decision").querySelector("[name=kind]:checked").value, text = by("decision-text");
  if (!text.value.trim()) {
    text.focus();
    return demand("Write a sentence to the student first: what you looked at, and why it is so.");
  }
  by("decision").close();
  const body = { seen: answer().dataset.seen, entries: entries().filter(isChanged).map(state), kind, sentence: text.value };
  if (await send(`${at()}/answer`, body)) return;
  const told = said.textContent;
  tell("");
  decide();
  by("decision").querySelector(`[value=${kind}]`).checked = true; // as it was chosen: that is what is told
  demand(told);
};

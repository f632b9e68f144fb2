// Comments and rubric items.

const about = () => entries()[active].querySelector("legend").textContent;

const comment = () => {
  by("comment-title").textContent = `Comment on “${about()}”`;
  const known = [...main.querySelectorAll(".saved li")].map((line) => line.textContent);
  by("comment-saved").replaceChildren(
    ...["", ...known].map((text, number) => {
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
  const text = by("comment-text");
  text.value = entries()[active].querySelector(".comment").textContent;
  by("comment").showModal();
  if (text.value || !known.length) text.focus();
  else by("comment-saved").focus(); // a digit takes one; any other letter begins a new one
};

const commented = (text) => {
  entries()[active].querySelector(".comment").textContent = text.trim();
  changed();
  by("comment").close();
  (by("which") || answer()).focus({ preventScroll: true });
};

const field = (form, label, name, value) => {
  const made = document.createElement("label"), input = document.createElement("input");
  input.name = name;
  input.required = true;
  input.value = value;
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

// An item is changed, and what was given here and not saved yet outlives it; a new one is given at once.
const change = async (body, isNew) => {
  const before = wishes(), wasNothing = isNothing(), number = active;
  by("worths").close();
  if (!(await send(`${at()}/item`, { entry: number, ...body }))) return;
  const told = answer().dataset.told, name = body.called || body.name;
  wish(before.map(({ given, comment }) => ({ given: given.map((one) => (one === body.name ? name : one)), comment })));
  if (nothing()) turn(nothing(), wasNothing && !items(main).some(isOn));
  choose(number);
  const item = isNew && items(entries()[active]).find((one) => one.dataset.name === name);
  if (item && !isOn(item)) toggle(item);
  else changed();
  tell(item ? `${told} It is given here: Enter saves it.` : told);
};

const row = (item) => {
  const form = document.createElement("form"), name = item ? item.dataset.name : "";
  const possible = Number(entries()[active].dataset.possible), own = item && item.dataset.kind !== "whole";
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
      return void (by("worths-said").textContent = `${worth} is more than the ${possible} possible here, and no more than these are ever given. Enter again takes it all the same.`);
    }
    const called = form.elements.name ? form.elements.name.value : name;
    return change({ name: item ? name : called, worth, called: item ? called : "" }, !item);
  });
  if (own) {
    const button = pressed(form, "Remove");
    button.type = "button";
    button.setAttribute("aria-label", `Remove “${name}”`);
    button.addEventListener("click", () => change({ name, worth: null }, false));
  }
  return form;
};

const rubricItems = () => {
  by("worths-title").textContent = `Rubric items of “${about()}”`;
  by("worths-said").textContent = "";
  by("worths-rows").replaceChildren(row(null), ...items(entries()[active]).map(row));
  by("worths").showModal();
};

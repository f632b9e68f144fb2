"use strict";
{
  const AT_ONCE = 60; // rows that are laid out: for a thousand a browser takes a second
  const byName = new Intl.Collator("en", { numeric: true });
  const by = (id) => document.getElementById(id);
  const hide = by("hide"), find = by("find"), show = by("show"), students = by("students");

  const button = (place, name, onClick) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = name;
    made.append(...place.childNodes);
    made.addEventListener("click", onClick);
    place.append(made);
    return made;
  };

  // ---- sort: a click on a column's head, again for the other way ---------------------------

  const keyOf = (cell, kind) => {
    if (kind === "number") return parseFloat(cell.dataset.v ?? cell.textContent);
    const who = cell.querySelector(".who");
    return who ? (hide.checked ? who.dataset.n : who.querySelector("bdi").textContent) : cell.textContent;
  };

  const compare = (a, b, kind, way) => {
    if (kind === "text") return way * byName.compare(a, b);
    if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b); // nothing comes last
    return way * (a - b);
  };

  const sorted = (rows, head, way) => {
    const kind = head.dataset.sort;
    const keyed = rows.map((row) => [keyOf(row.cells[head.cellIndex], kind), row]);
    keyed.sort(([a], [b]) => compare(a, b, kind, way));
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
    return keyed.map(([, row]) => row);
  };

  const sortable = (table, sort) => {
    for (const head of table.tHead.querySelectorAll("[data-sort]")) {
      button(head, "sort", () => sort(head, head.getAttribute("aria-sort") === "ascending" ? -1 : 1));
    }
  };

  for (const table of document.querySelectorAll("[data-sortable]")) {
    const body = table.tBodies[0];
    if (table !== students) {
      sortable(table, (head, way) => body.replaceChildren(...sorted([...body.rows], head, way)));
    }
  }

  // ---- a student's signs are drawn: right fills its place, partly right less of it, … ------------

  const KINDS = { "✓": ["right", 8], "◐": ["partly", 11], "✗": ["wrong", 14], "○": ["missing", 15.5], "…": ["waiting", 8], "!": ["fault", 8] };
  const svg = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  const draw = (cell) => {
    const lines = {};
    let x = 0;
    for (const sign of cell.textContent) {
      if (sign in KINDS) {
        const [kind, middle] = KINDS[sign];
        lines[kind] = `${lines[kind] || ""}M${x} ${middle}h6`;
      }
      x += sign === " " ? 3 : 8;
    }
    const strip = svg("svg", { class: "drawn strip", viewBox: `0 0 ${x} 16`, width: x, height: 16, "aria-hidden": true });
    for (const [kind, line] of Object.entries(lines)) strip.append(svg("path", { class: kind, d: line }));
    cell.replaceChildren(strip);
    cell.classList.remove("signs");
    cell.classList.add("drawing");
  };

  // ---- the students: those that hold the text and the tag, in their order, the first of them ----

  const body = students.tBodies[0];
  let rows = [...body.rows];
  let atOnce = AT_ONCE;
  const known = new Map(rows.map((row) => [
    row,
    {
      tags: new Set(row.dataset.t.split(" ")),
      text: [...row.querySelectorAll("bdi")].map((name) => name.textContent).join(" ").toLowerCase(),
    },
  ]));

  const lay = () => {
    const text = find.value.trim().toLowerCase();
    const found = rows.filter((row) => {
      const { tags, text: own } = known.get(row);
      return own.includes(text) && (!show.value || tags.has(show.value));
    });
    const first = found.slice(0, atOnce);
    for (const row of first) for (const cell of row.querySelectorAll(".signs")) draw(cell);
    body.replaceChildren(...first);
    const all = rows.length === 1 ? "1 student" : `${rows.length} students`;
    const more = found.length > atOnce;
    by("shown").textContent = `${found.length} of ${all}${more ? `; the first ${atOnce} are shown` : ""}.`;
    by("rest").hidden = !more;
  };

  const sortStudents = (head, way) => {
    rows = sorted(rows, head, way);
    lay();
  };

  const showTag = (tag) => {
    find.value = "";
    show.value = tag;
    lay();
    by("marks").scrollIntoView();
    show.focus({ preventScroll: true });
  };

  const showAll = () => {
    atOnce = Infinity;
    lay();
  };

  for (const place of document.querySelectorAll("[data-filter]")) {
    const made = button(place, "link", () => showTag(place.dataset.filter));
    if (place.dataset.says) {
      const says = document.createElement("span");
      says.className = "unseen";
      says.textContent = `: show ${place.dataset.says}`;
      made.append(says);
    }
  }

  // ---- names hidden: the stylesheet does it; neither order nor choices may tell them ------------

  const first = students.tHead.rows[0].cells[0];
  const tellingChoices = [...show.querySelectorAll(".private")];
  const hideNames = () => {
    for (const choice of tellingChoices) hide.checked ? choice.remove() : show.append(choice);
    if (first.hasAttribute("aria-sort")) sortStudents(first, 1);
    else lay();
  };

  sortable(students, sortStudents);
  first.setAttribute("aria-sort", "ascending");
  hide.addEventListener("change", hideNames);
  find.addEventListener("input", lay);
  show.addEventListener("change", lay);
  by("clear").addEventListener("click", () => showTag(""));
  by("rest").addEventListener("click", showAll);
  addEventListener("beforeprint", showAll);
  by("controls").hidden = false;
  hideNames();
}

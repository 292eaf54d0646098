// How the desk looks: what is decided on, for what, how far the reviewer is, and whether all is saved.
const SCOPES = [
  ["document", "this document"],
  ["identical", "all identical"],
  ["site", "the whole site"],
];

function setScope(scope) {
  desk.scope = scope;
  for (const box of document.querySelectorAll("#desk [name=scope]")) box.checked = box.value === scope;
}

function say(words) {
  byId("said").textContent = words;
}

function saved() {
  byId("saved").textContent = desk.waiting ? "Saving…" : "All saved";
}

function progress() {
  let all = 0;
  let done = 0;
  for (const row of data.rows)
    for (const mark of row.marks) {
      all++;
      if (isDecided(mark)) done++;
    }
  return [done, all];
}

function showTarget() {
  const on = target();
  const words = byId("on");
  for (const id of ["do-remove", "do-keep", "relabel"]) byId(id).disabled = !on;
  if (!on) {
    words.textContent = "Nothing is chosen: step with n, or select words.";
    return;
  }
  const text = on.words || "";
  words.replaceChildren(
    on.label ? make("strong", {}, visibleLine(on.label)) : "",
    on.label ? " " : "",
    make("q", { dir: "auto" }, visibleLine(text.length > 160 ? `${text.slice(0, 159)}…` : text)),
  );
  byId("do-remove").firstChild.textContent = on.label && !isContent(on.label) ? `Remove as ${visibleLine(on.label)} ` : "Remove as… ";
  const site = data.sites[data.rows[on.number].site];
  const siteBox = document.querySelector("#desk [value=site]");
  siteBox.disabled = !site;
  byId("scope-site").textContent = site ? `all of ${visibleLine(site)}` : "the whole site";
  const group = on.group === undefined ? -1 : on.group;
  byId("scope-identical").textContent =
    group >= 0 && data.groupDocuments[group] > 1 ? `all identical (${counted(data.groupDocuments[group], "document")})` : "all identical";
}

function drawDesk() {
  const choose = make(
    "select",
    {
      id: "relabel",
      autocomplete: "off",
      "aria-label": "Another label",
      change: (event) => {
        const name = event.target.value;
        event.target.value = "";
        event.target.blur();
        if (name) decide(isContent(name) ? "keep" : "remove", name);
      },
    },
    make("option", { value: "" }, "Relabel… (l)"),
    [true, false].map((content) =>
      make(
        "optgroup",
        { label: content ? "stays" : "goes" },
        data.choices
          .filter((choice) => choice[1] === content)
          .map(([name, , description]) => make("option", { value: name, title: description }, name)),
      ),
    ),
  );
  byId("desk").replaceChildren(
    make("p", { id: "on", "aria-live": "off" }),
    make(
      "div",
      { class: "doing" },
      make("button", { type: "button", id: "do-remove", class: "remove", click: () => decide("remove") }, "Remove ", make("kbd", {}, "r")),
      make("button", { type: "button", id: "do-keep", class: "keep", click: () => decide("keep") }, "Keep ", make("kbd", {}, "k")),
      choose,
      make(
        "fieldset",
        { class: "scopes" },
        make("legend", { class: "unseen" }, "For"),
        SCOPES.map(([value, name], at) =>
          make(
            "label",
            {},
            make("input", {
              type: "radio",
              name: "scope",
              value,
              checked: value === desk.scope,
              autocomplete: "off",
              change: () => {
                desk.scope = value;
              },
            }),
            " ",
            make("span", { id: `scope-${value}` }, name),
            " ",
            make("kbd", {}, String(at + 1)),
          ),
        ),
      ),
      make("button", { type: "button", id: "undo", click: () => send({}, "undo") }, "Undo ", make("kbd", {}, "u")),
    ),
    make(
      "p",
      { class: "progress" },
      make("span", { id: "progress" }),
      bar(0),
      make("span", { id: "saved" }),
      make("span", { id: "said", role: "status" }),
    ),
  );
  showTarget();
  saved();
}

function showProgress() {
  const [done, all] = progress();
  byId("progress").textContent = `${done.toLocaleString("en")} of ${counted(all, "removal")} decided`;
  document.querySelector("#desk .bar > span").style.setProperty("--share", `${all ? (100 * done) / all : 0}%`);
}

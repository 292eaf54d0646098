// What is shown: labels, reason, site, score.
function drawFilters() {
  const times = new Map();
  const reasons = new Map();
  const sites = new Map();
  for (const row of data.rows) {
    sites.set(row.site, (sites.get(row.site) || 0) + 1);
    for (const mark of row.marks) {
      const known = times.get(mark[LABEL]) || [0, 0];
      times.set(mark[LABEL], [known[0] + 1, known[1] + mark[WORDS]]);
      reasons.set(mark[REASON], (reasons.get(mark[REASON]) || 0) + 1);
    }
  }
  const kinds = new Map();
  for (const [reason, count] of reasons) {
    const kind = kindOf(data.reasons[reason]);
    kinds.set(kind, (kinds.get(kind) || 0) + count);
  }
  const labels = [...times.entries()].sort((one, other) => other[1][1] - one[1][1] || one[0] - other[0]);
  const boxes = labels.map(([place, [count, words]]) => {
    const label = data.labels[place];
    const box = make("input", {
      type: "checkbox",
      value: place,
      checked: !filter.hidden.has(place),
      autocomplete: "off",
      change: (event) => {
        if (event.target.checked) filter.hidden.delete(place);
        else filter.hidden.add(place);
        filtered();
      },
    });
    return make(
      "li",
      { class: colourOf(label) },
      make(
        "label",
        { title: label.description },
        box,
        make("span", { class: "name" }, visibleLine(label.name)),
        make("span", { class: "count" }, count.toLocaleString("en"), make("span", { class: "words" }, ` · ${counted(words, "word")}`)),
      ),
    );
  });
  const all = (shown) =>
    make(
      "button",
      {
        type: "button",
        click: () => {
          filter.hidden = new Set(shown ? [] : times.keys());
          drawFilters();
          filtered();
        },
      },
      shown ? "All" : "None",
    );
  const choice = (id, name, none, entries, chosen, change) =>
    make(
      "label",
      { class: "field" },
      name,
      make(
        "select",
        {
          id,
          autocomplete: "off",
          change: (event) => {
            change(Number(event.target.value));
            filtered();
          },
        },
        make("option", { value: -1 }, none),
        entries.map(([place, text]) => make("option", { value: place, selected: place === chosen }, text)),
      ),
    );
  const byCount = (map, names) =>
    [...map.entries()]
      .sort((one, other) => other[1] - one[1] || one[0] - other[0])
      .map(([place, count]) => [place, `${visibleLine(names[place]) || "none known"} (${count.toLocaleString("en")})`]);
  const score = (id, name, value, change) =>
    make(
      "label",
      { class: "field score" },
      name,
      make("input", {
        id,
        type: "number",
        min: 0,
        max: 1,
        step: 0.05,
        value,
        autocomplete: "off",
        change: (event) => {
          const number = Number(event.target.value);
          change(event.target.value === "" || Number.isNaN(number) ? value : Math.round(Math.min(1, Math.max(0, number)) * 10000));
          filtered();
        },
      }),
    );
  byId("filter").replaceChildren(
    make(
      "fieldset",
      { id: "legend" },
      make("legend", {}, isRuns ? "Changes" : "Labels"),
      make("p", { class: "switches" }, all(true), " ", all(false)),
      make("ul", {}, boxes),
    ),
    ...(kinds.size > 1 && !isRuns
      ? [
          make(
            "label",
            { class: "field" },
            "Reason",
            make(
              "select",
              {
                id: "kind",
                autocomplete: "off",
                change: (event) => {
                  filter.kind = event.target.value;
                  filtered();
                },
              },
              make("option", { value: "" }, "all reasons"),
              [...kinds.entries()]
                .sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))
                .map(([kind, count]) =>
                  make("option", { value: kind, selected: kind === filter.kind }, `${visibleLine(kind)} (${count.toLocaleString("en")})`),
                ),
            ),
          ),
        ]
      : []),
    choice(
      "reason",
      isRuns ? "Reason" : "Rule",
      isRuns ? "all reasons" : "all rules",
      byCount(isRuns ? reasons : new Map([...reasons].filter(([reason]) => data.reasons[reason].includes(":"))), data.reasons).slice(
        0,
        300,
      ),
      filter.reason,
      (place) => {
        filter.reason = place;
      },
    ),
    ...(sites.size > 1
      ? [
          choice("site", "Site", "all sites", byCount(sites, data.sites), filter.site, (place) => {
            filter.site = place;
          }),
        ]
      : []),
    make(
      "div",
      { class: "pair" },
      score("low", "Score from", filter.low / 10000, (value) => {
        filter.low = value;
      }),
      score("high", "to", filter.high / 10000, (value) => {
        filter.high = value;
      }),
    ),
    make(
      "p",
      { class: "switches" },
      make(
        "button",
        {
          type: "button",
          id: "reset",
          click: () => {
            Object.assign(filter, { hidden: new Set(), kind: "", reason: -1, site: -1, low: 0, high: 10000 });
            drawFilters();
            filtered();
          },
        },
        "Clear filters",
      ),
    ),
  );
}

function filtered() {
  byId("filters").classList.toggle("active", isFiltered());
  draw().catch(trouble);
}

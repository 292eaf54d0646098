// What it all comes to.
function tallied() {
  const labels = new Map();
  const reasons = new Map();
  const sites = new Map();
  const lost = new Map();
  const add = (map, key, words) => {
    const known = map.get(key) || [0, 0];
    map.set(key, [known[0] + 1, known[1] + words]);
  };
  for (const [number, row, mark] of marks()) {
    if (!counts(mark)) continue;
    add(labels, mark[LABEL], mark[WORDS]);
    add(reasons, mark[REASON], mark[WORDS]);
    add(sites, row.site, mark[WORDS]);
    add(lost, number, mark[WORDS]);
  }
  if (!isFiltered() && data.totals.left_out) {
    labels.clear();
    for (const [label, [times, words]] of Object.entries(data.totals.by_label)) labels.set(Number(label), [times, words]);
  }
  return { labels, reasons, sites, lost };
}

// A table with bars: what, how many, and how long.
function chart(heading, rows, head, name) {
  if (!rows.length) return null;
  const most = Math.max(...rows.map((row) => row.value), 1);
  return make(
    "section",
    { class: "sheet chart" },
    make("h2", {}, heading),
    make(
      "table",
      {},
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          head.map((text) => make("th", { scope: "col" }, text)),
          make("th", { class: "for-bar" }, make("span", { class: "unseen" }, "Bar")),
        ),
      ),
      make(
        "tbody",
        {},
        rows.map((row) =>
          make(
            "tr",
            {},
            make("th", { scope: "row" }, name(row)),
            make("td", {}, row.value.toLocaleString("en")),
            make("td", {}, row.second),
            make("td", { class: "for-bar" }, bar((100 * row.value) / most, row.colour)),
          ),
        ),
      ),
    ),
  );
}

const sorted = (map) =>
  [...map.entries()]
    .map(([key, [times, words]]) => ({ key, value: words, times }))
    .sort((one, other) => other.value - one.value || one.key - other.key);

function showOverview() {
  const { labels, reasons, sites, lost } = tallied();
  const what = isRuns ? "changes" : "removals";
  const named = (rows) => rows.map((row) => ({ ...row, second: row.times.toLocaleString("en") }));
  const byLabel = named(sorted(labels)).map((row) => ({ ...row, colour: colourOf(data.labels[row.key]) }));
  const byReason = named(sorted(reasons)).slice(0, 12);
  const bySite = named(sorted(sites)).slice(0, 12);
  const byDocument = sorted(lost)
    .slice(0, 12)
    .map((row) => {
      const of = data.rows[row.key];
      return { ...row, second: isRuns ? row.times.toLocaleString("en") : percent(of.words - of.kept, of.words) };
    });
  const warnings = new Map();
  for (const row of data.rows) for (const warning of row.warnings) warnings.set(warning, (warnings.get(warning) || 0) + 1);
  const told = data.totals.left_out && !isReview ? Object.entries(data.totals.warnings) : [...warnings];
  byId("main").replaceChildren(
    make(
      "div",
      { class: "charts" },
      data.rows.length ? null : nothing("No documents."),
      data.rows.length && !byLabel.length
        ? make(
            "section",
            { class: "sheet" },
            make("h2", {}, isRuns ? "The same" : "Nothing to show"),
            nothing(isFiltered() ? "Nothing that the filters let through." : `There are no ${what}.`),
          )
        : null,
      chart(`Words by label`, byLabel, ["Label", "Words", isRuns ? "Changes" : "Removals"], (row) => [
        swatch(data.labels[row.key]),
        visibleLine(data.labels[row.key].name),
      ]),
      chart(
        isRuns ? "Documents that changed most" : "Documents that lost most",
        byDocument,
        ["Document", "Words", isRuns ? "Changes" : "Share"],
        (row) => make("a", { href: link(row.key) }, shortName(data.rows[row.key])),
      ),
      sites.size > 1
        ? chart(
            "Words by site",
            bySite,
            ["Site", "Words", isRuns ? "Changes" : "Removals"],
            (row) => visibleLine(data.sites[row.key]) || "none known",
          )
        : null,
      chart("Words by reason", byReason, ["Reason", "Words", isRuns ? "Changes" : "Removals"], (row) => visibleLine(data.reasons[row.key])),
      told.length
        ? make(
            "section",
            { class: "sheet chart" },
            make("h2", {}, "Warnings"),
            make(
              "ul",
              {},
              told.map(([name, times]) =>
                make("li", {}, make("strong", { class: "warning" }, visibleLine(name)), ` ${counted(times, "document")}`),
              ),
            ),
          )
        : null,
    ),
  );
}

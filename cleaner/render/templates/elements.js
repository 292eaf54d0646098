// Elements are made from names and texts; nothing is ever read as markup.
const byId = (id) => document.getElementById(id);

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else if (name === "share") element.style.setProperty("--share", `${value}%`);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const counted = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
const percent = (part, whole) => {
  if (!whole || !part) return "0 %";
  if (part === whole) return "100 %";
  return `${Math.min(99, Math.max(1, Math.round((100 * part) / whole)))} %`;
};
const COLOURS = new Set("black red green yellow blue magenta cyan white".split(" ").flatMap((name) => [name, `bright-${name}`]));
const colourOf = (label) => {
  const name = label.colour.replace("_", "-");
  return `c-${COLOURS.has(name) ? name : "default"}`;
};
const swatch = (label) => make("span", { class: `swatch ${colourOf(label)}`, "aria-hidden": "true" });

// A bar whose length is told in words beside it.
const bar = (share, colour = "c-default") => make("span", { class: `bar ${colour}`, "aria-hidden": "true" }, make("span", { share }));

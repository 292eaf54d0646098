"use strict";
// The page reads well without this: it only makes the legend's boxes hide and show removals.
{
  const root = document.documentElement;
  const boxes = [...document.querySelectorAll("#legend input")];
  const apply = (box) => root.classList.toggle("hide-" + box.value, !box.checked);
  for (const box of boxes) {
    box.disabled = false;
    box.addEventListener("change", () => apply(box));
  }
  for (const button of document.querySelectorAll("[data-all]")) {
    button.parentElement.hidden = false;
    button.addEventListener("click", () => {
      for (const box of boxes) {
        box.checked = button.dataset.all === "on";
        apply(box);
      }
    });
  }
}

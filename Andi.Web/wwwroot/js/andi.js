// What pages do beyond what their HTML does: pickers that send themselves, printing, live numbers, and charts that can be walked through.
import { watch } from "./live.js";
import { drawCharts } from "./charts.js";
import { prepareUploads } from "./upload.js";

const prepare = (root) => {
  for (const button of root.querySelectorAll("[data-print]")) {
    button.hidden = false;
  }

  drawCharts(root);
  prepareUploads(root);
};

document.addEventListener("change", (event) => {
  if (event.target.matches("select[data-submits]")) {
    event.target.form.requestSubmit();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) {
    window.print();
  }
});

document.addEventListener("andi:redrawn", (event) => prepare(event.target));

const start = () => {
  prepare(document);
  watch();
};

// A page that was reached by a link within the app is laid over the one before.
window.addEventListener("load", () => window.Blazor?.addEventListener("enhancedload", start));
start();

// Sends a file to be looked at without leaving the page, and keeps it in the form that imports it. Without a script one picks it twice.
const prepared = new WeakSet();

/** Forms with files of a page, or of a part of one. */
export function prepareUploads(root) {
  for (const form of root.querySelectorAll("form[data-upload], form[data-import]")) {
    if (!prepared.has(form)) {
      prepared.add(form);
      form.addEventListener("submit", send);
    }
  }
}

async function send(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const file = form.querySelector("input[type=file]").files[0];
  const button = form.querySelector("button");
  const says = form.querySelector(".busy");
  if (file.size > Number(form.dataset.maxBytes)) {
    says.textContent = form.dataset.tooLarge;
    return;
  }

  button.disabled = true;
  says.textContent = form.dataset.busy;
  try {
    const response = await fetch(form.getAttribute("action"), { method: "POST", body: new FormData(form), headers: { Accept: "text/html" } });
    if (response.redirected) {
      location.assign(response.url);
      return;
    }

    show(await response.text(), file);
    says.textContent = "";
  } catch {
    says.textContent = form.dataset.failed;
  }

  button.disabled = false;
}

function show(text, file) {
  const answer = new DOMParser().parseFromString(text, "text/html").getElementById("looked-at");
  if (!answer) {
    throw new Error("The answer is another page.");
  }

  const shown = document.importNode(answer, true);
  document.getElementById("looked-at").replaceWith(shown);
  const input = shown.querySelector("form[data-import] input[type=file]");
  if (input) {
    const kept = new DataTransfer();
    kept.items.add(file);
    input.files = kept.files;
    input.closest(".field").hidden = true;
  }

  prepareUploads(shown);
  shown.querySelector("h2")?.focus();
}

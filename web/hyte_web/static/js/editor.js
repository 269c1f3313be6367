// The rich editor in place of the plain one, on request. It asks this site alone, and the keyboard can leave it.

const opener = document.getElementById("open-rich");
const said = opener.dataset;
const plain = document.getElementById("plain");
const rich = document.getElementById("rich");
const status = document.getElementById("rich-status");
const text = document.getElementById("query");
let editor = null;

opener.hidden = false;
opener.addEventListener("click", open);
document.getElementById("close-rich").addEventListener("click", close);

async function open() {
  status.textContent = said.loading;
  try {
    editor ??= await made();
  } catch {
    status.textContent = said.failed;
    return;
  }
  status.textContent = "";
  plain.hidden = true;
  document.getElementById("answer-part")?.setAttribute("hidden", "");
  rich.hidden = false;
  const yasqe = editor.getTab().getYasqe();
  yasqe.setValue(text.value);
  yasqe.refresh();
  yasqe.focus();
}

function close() {
  text.value = editor.getTab().getYasqe().getValue();
  rich.hidden = true;
  plain.hidden = false;
  text.focus();
}

async function made() {
  const [{ default: Yasgui }, terms] = await Promise.all([import(said.library), vocabulary(), sheet()]);
  for (const completer of completers(Yasgui.Yasqe, terms)) Yasgui.Yasqe.registerAutocompleter(completer, false);
  const endpoint = new URL(said.endpoint, location.href).href;
  rich.hidden = false; // it measures itself
  const parent = document.getElementById("yasgui");
  const gui = new Yasgui(parent, {
    requestConfig: { endpoint, method: "POST", acceptHeaderGraph: "text/turtle", acceptHeaderSelect: "application/sparql-results+json" },
    endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: ["endpoint"], renderItem: () => {} },
    copyEndpointOnNewTab: true,
    populateFromUrl: false,
    persistenceId: null,
    autofocus: false,
    tabName: said.query,
    yasqe: {
      autocompleters: ["hyte-prefixes", "hyte-classes", "hyte-properties", "variables"],
      createShareableLink: null,
      createShortLink: null,
      persistenceId: null,
      value: text.value,
      extraKeys: { Tab: false, "Shift-Tab": false },
    },
    yasr: { persistenceId: null, prefixes: terms.prefixes },
  });
  mend(parent);
  new MutationObserver(() => mend(parent)).observe(parent, { childList: true, subtree: true });
  parent.addEventListener("keydown", leave, true);
  return gui;
}

// Esc goes from the text to the button that runs the query; where suggestions are open, it closes them first.
function leave(event) {
  const isText = event.target.closest?.(".CodeMirror");
  if (event.key !== "Escape" || !isText || document.querySelector(".CodeMirror-hints")) return;
  event.preventDefault();
  event.stopPropagation();
  event.target.closest(".tabPanel, .yasqe").querySelector(".yasqe_queryButton")?.focus();
}

async function vocabulary() {
  const answer = await fetch(said.vocabulary, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function sheet() {
  return new Promise((done, failed) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: said.style, onload: done, onerror: failed });
    document.head.append(link);
  });
}

// What the editor suggests comes from the vocabulary of this site; its own suggestions would ask a public service.
function completers(Yasqe, terms) {
  const { class: ofClass, property: ofProperty } = Yasqe.Autocompleters;
  const found = (items) => (_, token) => {
    const wanted = (token?.autocompletionString || token?.string || "").toLowerCase();
    const fits = (item) => [item.iri, item.name, ...Object.values(item.label || {})].join(" ").toLowerCase().includes(wanted);
    return items.filter(fits).map((item) => item.iri).slice(0, 100);
  };
  const local = (base, name, items) => ({ ...base, name, bulk: false, persistenceId: null, get: found(items) });
  return [
    local(ofClass, "hyte-classes", terms.classes),
    local(ofProperty, "hyte-properties", terms.properties),
    {
      ...Yasqe.Autocompleters.prefixes,
      name: "hyte-prefixes",
      persistenceId: null,
      get: () => Promise.resolve(Object.entries(terms.prefixes).map(([name, space]) => `${name}: <${space}>`).sort()),
    },
  ];
}

// Names and roles that the editor leaves out.
function mend(parent) {
  const name = (selector, label) => {
    for (const item of parent.querySelectorAll(selector)) if (!item.getAttribute("aria-label")) item.setAttribute("aria-label", label);
  };
  name(".CodeMirror textarea", said.query);
  name(".CodeMirror-code[contenteditable]", said.query);
  name(".controlbar input, .autocompleteWrapper input", said.address);
  name(".tableSizer, select.tableSizer", said.rows);
  name(".tableFilter, input.tableFilter", said.filter);
  name(".yasqe_queryButton", said.run);
  name(".yasr_results", said.results);
  for (const item of parent.querySelectorAll(".yasr_results:not([role])")) item.setAttribute("role", "region");
  for (const item of parent.querySelectorAll(".CodeMirror textarea")) item.setAttribute("aria-describedby", "rich-keys");
  for (const item of parent.querySelectorAll(".yasr_results thead th")) {
    if (!item.textContent.trim()) (item.querySelector(".dt-column-title") || item).textContent = "#";
  }
}

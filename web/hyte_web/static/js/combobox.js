// Suggestions below search boxes: the editable combobox with list autocomplete of the ARIA Authoring Practices.
// Without this module the box is a plain form.

const DELAY = 150;

class Combobox {
  constructor(input, number) {
    this.input = input;
    this.list = document.createElement("ul");
    this.list.id = `suggestions-${number}`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
    this.status = document.createElement("span");
    this.status.className = "unseen";
    this.status.setAttribute("role", "status");
    input.after(this.list, this.status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    this.at = -1;
    this.asked = 0;
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  get options() {
    return [...this.list.children];
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), DELAY);
  }

  async ask() {
    const text = this.input.value.trim();
    const number = ++this.asked;
    if (text.length < 2) return this.close();
    const address = new URL(this.input.dataset.suggest, location.href);
    address.searchParams.set("q", text);
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (answer.ok && number === this.asked) this.show(await answer.json());
    } catch {
      this.close(); // the form itself still works
    }
  }

  show(found) {
    this.list.replaceChildren(...found.map((item, place) => this.option(item, place)));
    this.at = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.open(found.length > 0 && document.activeElement === this.input);
    this.status.textContent = this.input.dataset.count.replace("#", String(found.length));
  }

  option(item, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.href = item.href;
    option.append(spoken("span", item.label, item.lang));
    if (item.matched) option.append(spoken("span", ` ${item.matched}`, item.matchedLang, "faint"));
    option.append(spoken("span", ` ${item.kind}`, "", "kind"));
    option.addEventListener("click", () => location.assign(item.href));
    return option;
  }

  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && event.altKey) return;
    if (step) {
      event.preventDefault();
      if (this.list.hidden && this.options.length) this.open(true);
      if (!this.list.hidden) this.move(step);
    } else if (event.key === "Enter" && this.at >= 0 && !this.list.hidden) {
      event.preventDefault();
      location.assign(this.options[this.at].dataset.href);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Tab") {
      this.close();
    }
  }

  move(step) {
    const places = this.options.length + 1; // one of them is the box itself
    this.at = ((this.at + 1 + step + places) % places) - 1;
    this.options.forEach((option, place) => option.setAttribute("aria-selected", String(place === this.at)));
    const chosen = this.options[this.at];
    if (chosen) {
      this.input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    this.asked += 1;
    clearTimeout(this.timer);
    this.at = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
    this.open(false);
  }
}

function spoken(tag, text, language, name = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  if (language) element.lang = language;
  if (name) element.className = name;
  return element;
}

document.querySelectorAll("input[data-suggest]").forEach((input, number) => new Combobox(input, number));

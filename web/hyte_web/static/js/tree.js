// Branches that open and close, by buttons before each nested list. Without this module the whole tree stands open.

for (const tree of document.querySelectorAll(".tree")) {
  const toggles = [...tree.querySelectorAll("li > ul")].map((list, number) => {
    const label = list.parentElement.querySelector("a, span");
    const button = document.createElement("button");
    list.id = `branch-${number}`;
    label.id = `branch-${number}-label`;
    button.type = "button";
    button.className = "toggle";
    button.setAttribute("aria-controls", list.id);
    button.setAttribute("aria-label", `${tree.dataset.open} ${label.textContent}`);
    button.addEventListener("click", () => turn(button, list, list.hidden));
    list.before(button);
    turn(button, list, false);
    return [button, list];
  });
  tree.before(everything(tree, toggles));
}

function turn(button, list, isOpen) {
  list.hidden = !isOpen;
  button.setAttribute("aria-expanded", String(isOpen));
}

function everything(tree, toggles) {
  const line = document.createElement("p");
  line.className = "actions";
  for (const [text, isOpen] of [[tree.dataset.all, true], [tree.dataset.none, false]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button secondary";
    button.textContent = text;
    button.addEventListener("click", () => toggles.forEach(([toggle, list]) => turn(toggle, list, isOpen)));
    line.append(button);
  }
  return line;
}

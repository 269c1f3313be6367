// The picture of a neighbourhood, drawn on request. The list of the page says the same, so the canvas is hidden from
// assistive technology; everything that can be done with a pointer can be done with the buttons and the list.

const COLUMN = 460;
const ROW = 34;
const STEP = 80;
const ZOOM = 1.25;

const frame = document.querySelector(".picture");
const canvas = frame.querySelector(".canvas");
const status = frame.querySelector("[role=status]");
const draw = frame.querySelector("[data-do=draw]");
draw.hidden = false;
draw.addEventListener("click", start);

async function start() {
  draw.disabled = true;
  try {
    const [{ default: cytoscape }, answer] = await Promise.all([import(frame.dataset.module), fetch(frame.dataset.source)]);
    if (!answer.ok) throw new Error(String(answer.status));
    show(cytoscape, await answer.json());
  } catch {
    status.textContent = frame.dataset.failed;
    draw.disabled = false;
  }
}

function show(cytoscape, { elements }) {
  // The library writes a style element of its own unless one stands there; the content policy forbids it.
  const stand = document.createElement("meta");
  stand.id = "__________cytoscape_stylesheet";
  document.head.append(stand);
  const height = arranged(elements);
  canvas.hidden = false;
  canvas.style.height = `${Math.min(Math.max(height + 80, 320), 1200)}px`;
  draw.parentElement.hidden = true;
  frame.querySelector(".controls").hidden = false;
  const picture = cytoscape({
    container: canvas,
    elements,
    style: look(),
    layout: { name: "preset", padding: 30 },
    minZoom: 0.1,
    maxZoom: 4,
    userZoomingEnabled: false, // a page that scrolls must not be caught by the picture
    autoungrabify: true,
  });
  canvas.style.height = `${Math.max(picture.elements().renderedBoundingBox().h + 60, 320)}px`; // as high as what is drawn
  picture.resize();
  picture.fit(undefined, 30);
  picture.on("tap", "node", (event) => centreOn(event.target.data("name")));
  for (const button of frame.querySelectorAll(".controls [data-do]")) {
    button.addEventListener("click", () => act(picture, button.dataset.do));
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => picture.style(look()));
  status.textContent = frame.dataset.drawn.replace("#", String(elements.nodes.length));
}

// What the thing points to stands in columns on its right, what points to it on its left, each column by relation.
function arranged({ nodes, edges }) {
  const focus = nodes.find((node) => node.data.focus).data.id;
  const columns = new Map([[0, [focus]]]);
  const at = new Map([[focus, 0]]);
  for (let ring = [focus], step = 0; ring.length; step += 1) {
    const next = [];
    for (const id of ring) {
      for (const { data } of edges) {
        if (data.source !== id && data.target !== id) continue;
        const other = data.source === id ? data.target : data.source;
        if (at.has(other)) continue;
        const column = at.get(id) === 0 ? (data.source === id ? 1 : -1) : at.get(id) + Math.sign(at.get(id));
        at.set(other, column);
        columns.set(column, [...(columns.get(column) ?? []), other]);
        next.push(other);
      }
    }
    ring = next;
  }
  const places = new Map();
  for (const [column, ids] of columns) {
    ids.forEach((id, row) => places.set(id, { x: column * COLUMN, y: (row - (ids.length - 1) / 2) * ROW }));
  }
  const said = new Set(); // the name of a relation stands once, at its first line
  for (const node of nodes) {
    node.position = places.get(node.data.id);
    node.data.side = Math.sign(at.get(node.data.id));
  }
  for (const { data } of edges) {
    const key = `${data.label} ${Math.sign(at.get(data.source) - at.get(data.target))} ${at.get(data.source)}`;
    const told = said.has(key) ? "" : data.label;
    const isAway = Math.abs(at.get(data.target)) >= Math.abs(at.get(data.source)); // it stands at the outer end, where lines are apart
    data.atTarget = isAway ? told : "";
    data.atSource = isAway ? "" : told;
    said.add(key);
  }
  return Math.max(...[...columns.values()].map((ids) => ids.length)) * ROW;
}

function centreOn(name) {
  const address = new URL(location.href);
  address.searchParams.set("focus", name);
  address.searchParams.delete("rel");
  location.assign(address);
}

function act(picture, what) {
  const middle = { x: picture.width() / 2, y: picture.height() / 2 };
  const by = { left: [STEP, 0], right: [-STEP, 0], up: [0, STEP], down: [0, -STEP] }[what];
  if (by) picture.panBy({ x: by[0], y: by[1] });
  else if (what === "reset") picture.fit(undefined, 30);
  else picture.zoom({ level: picture.zoom() * (what === "in" ? ZOOM : 1 / ZOOM), renderedPosition: middle });
}

function look() {
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const words = { color: colour("ink"), "font-family": "sans-serif", "text-wrap": "wrap" };
  return [
    {
      selector: "node",
      style: {
        ...words, label: "data(label)", "font-size": 13, "text-wrap": "ellipsis", "text-max-width": 250, "text-valign": "center", "text-halign": "right",
        "text-margin-x": 6, width: 16, height: 16, "background-color": colour("wash"), "border-width": 2, "border-color": colour("link"),
      },
    },
    { selector: "node[side < 0]", style: { "text-halign": "left", "text-margin-x": -6 } },
    { selector: "node[kind = 'term']", style: { shape: "diamond" } },
    { selector: "node[kind = 'law']", style: { shape: "rectangle" } },
    { selector: "node[kind = 'actor']", style: { shape: "hexagon" } },
    { selector: "node[kind = 'rule']", style: { shape: "tag" } },
    { selector: "node[?focus]", style: { "background-color": colour("link"), width: 30, height: 30, "font-size": 15, "font-weight": "bold", "text-wrap": "wrap", "text-max-width": 220, "text-valign": "bottom", "text-halign": "center", "text-margin-x": 0, "text-margin-y": 6, "text-background-color": colour("paper"), "text-background-opacity": 1 } },
    {
      selector: "edge",
      style: {
        ...words, "target-label": "data(atTarget)", "source-label": "data(atSource)", "target-text-offset": 95, "source-text-offset": 95, "font-size": 11, color: colour("faint"), "text-background-color": colour("paper"),
        "text-background-opacity": 1, width: 1.5, "line-color": colour("edge"),
        "curve-style": "bezier", "target-arrow-shape": "triangle", "target-arrow-color": colour("edge"),
      },
    },
  ];
}

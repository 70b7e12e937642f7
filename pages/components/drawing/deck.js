// One deck.gl map that lives as long as its page: each run of the script hands it a description, and it redraws in
// place. It keeps its WebGL context, the rows it has read, and the view its reader moved to until the place changes.
// A picture of 10 000 flows takes its time without a graphics card: nothing is drawn before all of it is there.

import { library } from "./library.js";

const SAME_VIEW = 1e-4; // degrees or zoom levels nobody sees
const REACH = 5; // pixels around the mouse: a thin flow could not be hit
const READ = 24; // addresses whose rows are kept: a view reads five
const FRAMES = 2; // from its start until it knows its size
const FONT = "600 48px 'Source Sans'"; // names are cut out of it once: it has to be there

const maps = new WeakMap(); // the component's element -> its map

export default function show({ data, parentElement, setTriggerValue }) {
  const map = maps.get(parentElement) ?? new FlowMap(parentElement);
  maps.set(parentElement, map);
  map.choose = (layer, row) => setTriggerValue("chosen", { layer, row });
  map.show(data);
  return () => {
    // Streamlit also tidies up between two runs: only what has left the page is taken apart.
    setTimeout(() => parentElement.isConnected || map.remove());
  };
}

class FlowMap {
  constructor(parent) {
    this.parent = parent;
    this.plot = document.createElement("div");
    this.plot.className = "deck";
    this.plot.setAttribute("role", "figure");
    this.reset = document.createElement("button");
    this.reset.type = "button";
    this.reset.className = "reset-view";
    this.reset.hidden = true;
    this.reset.addEventListener("click", () => this.look(this.fitted()));
    this.state = document.createElement("p");
    this.state.className = "state";
    this.state.setAttribute("role", "status");
    this.observer = new ResizeObserver(() => this.follow());
    parent.classList.add("drawing");
    parent.append(this.plot, this.state, this.reset);
  }

  // What a later run asks for overtakes what an earlier one still waits for.
  async show(data) {
    if (data.description === this.shown) return;
    this.shown = data.description;
    this.say("waiting", this.deck ? "" : data.waiting);
    this.plot.style.height = `${data.height}px`;
    this.plot.setAttribute("aria-label", data.alternative);
    this.reset.textContent = data.reset;
    try {
      await this.draw(data, JSON.parse(data.description));
    } catch (problem) {
      console.error(problem);
      if (this.isStill(data)) this.fail(data);
    }
  }

  async draw(data, { layers, initialViewState, ...description }) {
    const rows = layers.map((layer) => rowsOf(layer));
    const every = Promise.all([...rows, document.fonts.load(FONT)]);
    every.catch(() => {}); // told where it is waited for
    await library(data.library, "createDeck");
    if (!this.deck) this.begin(data, description, initialViewState);
    if (this.isEmpty && typeof layers[0]?.data === "string") {
      // The land, at once: the page shows where it is before it shows what it counts.
      const land = await rows[0];
      if (this.isStill(data) && this.isEmpty) this.deck.setProps({ layers: layersOf(layers.slice(0, 1), [land]) });
    }
    const read = await every;
    await this.sized;
    if (!this.isStill(data)) return;
    this.isEmpty = false;
    this.isChoice = data.is_choice;
    this.place(data.frame, initialViewState);
    this.deck.setProps({ layers: layersOf(layers, read) });
    this.say("drawn");
  }

  begin(data, description, view) {
    this.frame = data.frame;
    this.home = view;
    this.isEmpty = true;
    this.deck = globalThis.createDeck({
      container: this.plot,
      jsonInput: { ...description, initialViewState: this.fitted(), layers: [] },
      tooltip: false,
    });
    // Before there is anything on it: to resize a canvas later is to wait until what it shows has been drawn.
    const canvas = this.plot.querySelector("canvas");
    canvas.width = Math.round(this.plot.clientWidth * devicePixelRatio);
    canvas.height = Math.round(this.plot.clientHeight * devicePixelRatio);
    this.deck.setProps({
      pickingRadius: REACH,
      getTooltip: ({ object }) => object && tooltip(object),
      getCursor: ({ isDragging, isHovering }) => (isDragging ? "grabbing" : isHovering && this.isChoice ? "pointer" : "grab"),
      onClick: ({ layer, index }) => layer && this.isChoice && this.choose(layer.id, index),
      onViewStateChange: ({ viewState }) => this.look(viewState),
      onError: (problem) => {
        console.error(problem);
        this.isBroken ||= !this.deck.isInitialized; // without WebGL there is no map at all
        this.fail(data);
      },
    });
    this.plot.deck = this.deck;
    this.sized = this.toSize();
    this.look(this.fitted());
    this.observer.observe(this.parent);
  }

  // Until deck.gl has taken the size of its canvas, for which it draws once more: flows would be drawn twice.
  async toSize() {
    for (let frames = 0; frames < FRAMES && !this.isBroken; frames += this.deck.isInitialized ? 1 : 0) {
      await new Promise(requestAnimationFrame);
    }
  }

  // Another place is fitted; the same one stays where its reader left it.
  place(frame, view) {
    const isSame = JSON.stringify([frame, view]) === JSON.stringify([this.frame, this.home]);
    const isKept = isSame && this.isMoved();
    [this.frame, this.home] = [frame, view];
    if (!isKept) this.look(this.fitted());
  }

  look(view) {
    this.view = view;
    this.deck.setProps({ viewState: view });
    this.reset.hidden = !this.isMoved();
  }

  // The view was fitted to a frame of a size told; the frame has another one now.
  fitted() {
    const { width, height } = this.frame;
    const part = Math.min(this.plot.clientWidth / width, this.plot.clientHeight / height);
    return { ...this.home, zoom: this.home.zoom + Math.log2(part || 1) };
  }

  isMoved() {
    const home = this.fitted();
    return ["longitude", "latitude", "zoom"].some((name) => Math.abs(this.view[name] - home[name]) > SAME_VIEW);
  }

  // The frame was resized: the same place fills it again, unless its reader has moved the map.
  follow() {
    const size = `${this.plot.clientWidth}x${this.plot.clientHeight}`;
    if (size === this.size || this.plot.clientWidth === 0) return;
    const before = this.size;
    this.size = size;
    if (before === undefined || this.reset.hidden) this.look(this.fitted());
  }

  isStill(data) {
    return this.shown === data.description;
  }

  // What could not be read is not drawn: the former picture would pass for an answer.
  fail(data) {
    this.deck?.setProps({ layers: [] });
    this.isEmpty = true;
    this.shown = undefined; // the same may be asked for again
    this.say("failed", data.failed);
  }

  say(state, sentence = "") {
    this.parent.dataset.drawing = state;
    this.state.textContent = sentence;
  }

  remove() {
    this.observer.disconnect();
    this.deck?.finalize();
  }
}

// Layers as deck.gl has them, each with its rows: rows go past the converter, which would look into every one.
function layersOf(layers, rows) {
  let found;
  const described = layers.map(({ data, row, ...layer }) => ({ ...layer, updateTriggers: expressions(layer) }));
  globalThis.updateDeck({ layers: described }, { setProps: (props) => (found = props.layers) });
  return found.map((layer, place) => layer.clone({ data: rows[place] }));
}

// deck.gl asks again for the colours and sizes of rows it has when the expression that says them is another.
function expressions(layer) {
  return Object.fromEntries(Object.entries(layer).filter(([name, value]) => /^get/.test(name) && typeof value === "string"));
}

const read = new Map(); // address -> promise of its rows, the latest last

// Rows given, or those at an address of ours: all, or the one of that number.
async function rowsOf({ data, row }) {
  const rows = typeof data === "string" ? await rowsAt(data) : data;
  if (row === undefined) return rows;
  const one = (kept.get(rows) ?? kept.set(rows, new Map()).get(rows));
  return one.get(row) ?? one.set(row, rows.slice(row, row + 1)).get(row);
}

const kept = new WeakMap(); // rows -> number -> the one, the same object each time

function rowsAt(address) {
  const rows = read.get(address) ?? fetched(address);
  read.delete(address);
  read.set(address, rows);
  rows.catch(() => read.delete(address));
  for (const oldest of [...read.keys()].slice(0, -READ)) read.delete(oldest);
  return rows;
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

// Who or from where to where, then how many; names come from files too, and are text.
function tooltip({ o, t, v }) {
  const said = document.createElement("div");
  const name = document.createElement("b");
  name.textContent = `${o}${t}`;
  said.append(name, document.createElement("br"), v);
  return {
    html: said.innerHTML,
    style: {
      backgroundColor: "var(--surface)",
      color: "var(--text)",
      border: "1px solid var(--line)",
      fontFamily: "inherit",
      fontSize: "14px",
      maxWidth: "22rem",
    },
  };
}

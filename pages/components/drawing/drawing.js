// One Plotly drawing that lives as long as its page: each run of the script hands it a figure, and it redraws in
// place. A map keeps its WebGL context, and the view its reader moved to until the territory changes.

import { library } from "./library.js";

const MARGIN = 0.08; // of the frame, around what a map is fitted to
const TILE = 512; // CSS pixels of a tile at zoom 0
const SAME_VIEW = 1e-4; // degrees or zoom levels nobody sees

const drawings = new WeakMap(); // the component's element -> its Drawing

export default function show({ data, parentElement, setTriggerValue }) {
  const drawing = drawings.get(parentElement) ?? new Drawing(parentElement);
  drawings.set(parentElement, drawing);
  drawing.choose = (place) => setTriggerValue("chosen", place);
  drawing.show(data);
  return () => {
    // Streamlit also tidies up between two runs: only what has left the page is taken apart.
    setTimeout(() => parentElement.isConnected || drawing.remove());
  };
}

class Drawing {
  constructor(parent) {
    this.plot = document.createElement("div");
    this.reset = document.createElement("button");
    this.parent = parent;
    this.queue = Promise.resolve();
    this.isBegun = false;
    this.reset.type = "button";
    this.reset.className = "reset-view";
    this.reset.hidden = true;
    this.reset.addEventListener("click", () => this.fit());
    this.observer = new ResizeObserver(() => this.follow());
    parent.classList.add("drawing");
    parent.append(this.plot, this.reset);
  }

  show(data) {
    this.parent.dataset.drawing = "waiting";
    this.queue = this.queue.then(() => this.draw(data));
  }

  async draw(data) {
    if (data.figure !== this.data?.figure || !this.isBegun) {
      const isSameFrame = this.isBegun && JSON.stringify(data.bounds) === JSON.stringify(this.data.bounds);
      this.data = data;
      this.plot.style.height = `${data.height}px`;
      this.plot.setAttribute("role", "img");
      this.plot.setAttribute("aria-label", data.alternative);
      this.reset.textContent = data.reset;
      await library(data.library, "Plotly");
      await this.react(isSameFrame);
    }
    this.parent.dataset.drawing = "drawn";
  }

  async react(isSameFrame) {
    const { data: traces, layout } = JSON.parse(this.data.figure);
    if (this.data.bounds) {
      const kept = isSameFrame && this.isMoved() ? this.view() : this.fitted();
      layout.map = { ...layout.map, ...kept };
    }
    await window.Plotly.react(this.plot, traces, layout, this.data.config);
    if (!this.isBegun) {
      this.isBegun = true;
      this.plot.on("plotly_click", ({ points }) => this.take(points[0]));
      this.plot.on("plotly_relayout", () => this.offerReset());
      this.observer.observe(this.parent);
    }
    this.width = this.plot.clientWidth;
    this.offerReset();
  }

  take(point) {
    const place = Array.isArray(point?.customdata) ? point.customdata[0] : point?.customdata;
    if (this.data.is_choice && place !== undefined) this.choose(String(place));
  }

  // Centre and zoom that fit the bounds (west, south, east, north) in the frame as it is now.
  fitted() {
    const [west, south, east, north] = this.data.bounds;
    const [top, bottom] = [mercator(north), mercator(south)];
    const room = 1 - 2 * MARGIN;
    const across = (this.plot.clientWidth * room) / (TILE * Math.max((east - west) / 360, 1e-6));
    const along = (this.data.height * room) / (TILE * Math.max((top - bottom) / (2 * Math.PI), 1e-6));
    const middle = (2 * Math.atan(Math.exp((top + bottom) / 2)) - Math.PI / 2) * (180 / Math.PI);
    return { center: { lon: (west + east) / 2, lat: middle }, zoom: Math.log2(Math.min(across, along)) };
  }

  view() {
    const { center, zoom } = this.plot.layout.map;
    return { center, zoom };
  }

  isMoved() {
    if (!this.data.bounds || !this.plot.layout?.map) return false;
    const [now, home] = [this.view(), this.fittedAt ?? this.fitted()];
    return (
      Math.abs(now.zoom - home.zoom) > SAME_VIEW ||
      Math.abs(now.center.lon - home.center.lon) > SAME_VIEW ||
      Math.abs(now.center.lat - home.center.lat) > SAME_VIEW
    );
  }

  offerReset() {
    this.reset.hidden = !this.isMoved();
  }

  fit() {
    const { center, zoom } = this.fitted();
    window.Plotly.relayout(this.plot, { "map.center": center, "map.zoom": zoom });
  }

  // The frame was resized: the same territory fills it again, unless its reader has moved the map.
  follow() {
    if (this.plot.clientWidth === this.width || this.plot.clientWidth === 0) return;
    const wasMoved = this.isMoved();
    this.width = this.plot.clientWidth;
    window.Plotly.Plots.resize(this.plot);
    if (this.data.bounds && !wasMoved) this.fit();
  }

  remove() {
    this.observer.disconnect();
    if (this.isBegun) window.Plotly.purge(this.plot);
  }
}

function mercator(latitude) {
  return Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360));
}

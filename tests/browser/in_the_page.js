// Runs in every page before anything else, so that tests can ask the page itself.
window.observed = {
  violations: [],

  // Every drawing has been handed to Plotly, and every map has drawn all it was given; true where there is none.
  mapsDrawn() {
    return !document.querySelector('[data-drawing="waiting"]') && [...document.querySelectorAll(".js-plotly-plot")].every((plot) => {
      const layout = plot._fullLayout;
      const names = Object.keys(layout ?? {}).filter((name) => /^map\d*$/.test(name));
      return layout && names.every((name) => {
        const map = layout[name]._subplot?.map;
        return map && map.loaded() && map.areTilesLoaded();
      });
    });
  },

  hasMap() {
    return document.querySelector(".js-plotly-plot .maplibregl-canvas") !== null;
  },

  // The page's map, as MapLibre has it.
  map() {
    return document.querySelector(".js-plotly-plot:has(.maplibregl-canvas)")._fullLayout.map._subplot.map;
  },

  // Layers of the map from the lowest to the highest.
  layers() {
    return this.map().getStyle().layers.map((layer) => layer.id);
  },

  // What the map has to write: name -> figure.
  labels() {
    const { features } = this.map().getStyle().sources.labels.data;
    return Object.fromEntries(features.map(({ properties }) => [properties.name, properties.figure]));
  },

  // The names of `property` that are on the screen in a layer, each once.
  seen(layer, property) {
    const found = this.map().queryRenderedFeatures({ layers: [layer] });
    return [...new Set(found.map(({ properties }) => properties[property]))].sort();
  },

  // Where a place is in the window, in CSS pixels; the map is scrolled to.
  pixel(longitude, latitude) {
    const frame = this.map().getContainer();
    frame.scrollIntoView({ block: "center" });
    const { x, y } = this.map().project([longitude, latitude]);
    const { left, top } = frame.getBoundingClientRect();
    return { x: left + x, y: top + y };
  },

  // The map of flows, as deck.gl has it; null until it can draw.
  deck() {
    const { deck } = document.querySelector(".drawing .deck") ?? {};
    return deck?.isInitialized ? deck : null;
  },

  // The map of flows shows what was asked for last.
  flowsDrawn() {
    return document.querySelector('.drawing[data-drawing="drawn"] .deck') !== null && this.deck() !== null;
  },

  // What the layer of the map of flows whose name begins so has to draw; nothing where there is no such layer.
  shapes(name) {
    return this.deck().layerManager.getLayers().find((layer) => layer.id.startsWith(name))?.props.data ?? [];
  },

  // The first row's colours of the layer of the map of flows whose name begins so, as deck.gl hands them on.
  colours(name) {
    const layer = this.deck().layerManager.getLayers().find((each) => each.id.startsWith(name));
    return [...layer.getAttributeManager().getAttributes().instanceTargetColors.value.slice(0, 3)];
  },

  // Where a place of the map of flows is in the window, in CSS pixels; the map is scrolled to.
  flowPixel(longitude, latitude) {
    const deck = this.deck();
    deck.canvas.scrollIntoView({ block: "center" });
    const [x, y] = deck.getViewports()[0].project([longitude, latitude]);
    const { left, top } = deck.canvas.getBoundingClientRect();
    return { x: left + x, y: top + y };
  },

  // Centre and zoom of the map of flows.
  flowView() {
    const { longitude, latitude, zoom } = this.deck().getViewports()[0];
    return { longitude, latitude, zoom };
  },

  // The name of the control the keyboard is on, without the names of its icons; empty on anything else.
  focused() {
    const { activeElement } = document;
    if (!activeElement.matches("input, button, summary")) return "";
    return activeElement.getAttribute("aria-label") ?? activeElement.querySelector("p")?.textContent ?? "";
  },

  // The traces of the page's n-th drawing, as plain values.
  traces(nth) {
    const plain = (list) => (list === undefined ? null : Array.from(list));
    return [...document.querySelectorAll(".js-plotly-plot")][nth]._fullData.map((trace) => ({
      type: trace.type,
      mode: trace.mode ?? null,
      places: plain(trace.locations),
      text: plain(trace.text),
      sizes: Array.isArray(trace.marker?.size) ? trace.marker.size : null,
      points: (trace.x ?? trace.lon ?? []).length,
    }));
  },

  // What sticks out on the right of the screen and is not inside something that scrolls; at most five.
  overflowing() {
    const width = document.documentElement.clientWidth;
    const holds = (node) =>
      node.dataset.testid !== "stMain" &&
      getComputedStyle(node).overflowX !== "visible" &&
      node.getBoundingClientRect().right <= width + 1;
    const isHeld = (node) => {
      for (let above = node.parentElement; above; above = above.parentElement) if (holds(above)) return true;
      return false;
    };
    return [...document.querySelectorAll('[data-testid="stMain"] *')]
      .filter((node) => {
        const box = node.getBoundingClientRect();
        const sticksOut = box.width > 0 && box.right > width + 1;
        return sticksOut && getComputedStyle(node).position !== "fixed" && !isHeld(node);
      })
      .slice(0, 5)
      .map((node) => node.dataset.testid ?? `${node.tagName}.${node.className}`);
  },
};

document.addEventListener("securitypolicyviolation", (event) =>
  window.observed.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`),
);

// Runs in every page before anything else, so that tests can ask the page itself.
window.observed = {
  violations: [],

  // Every Plotly map has drawn all it was given; true where there is none.
  mapsDrawn() {
    return [...document.querySelectorAll(".js-plotly-plot")].every((plot) => {
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

// window.nextFlows(): milliseconds since the page was asked for, when the frame that shows other flows is issued.
// window.pressed: when the reader last pressed something.
(() => {
  const flows = (deck) =>
    deck?.layerManager?.getLayers().find(({ id }) => id === "arcs")?.props.data;
  let shown;

  addEventListener("pointerdown", () => (window.pressed = performance.now()), { capture: true });
  window.nextFlows = () =>
    new Promise((resolve) => {
      const look = () => {
        const deck = window.observed.deck();
        if (deck === null) return requestAnimationFrame(look);
        shown = flows(deck);
        deck.setProps({
          onAfterRender: () => {
            const now = flows(deck);
            if (!Array.isArray(now) || now.length === 0 || now === shown) return;
            deck.setProps({ onAfterRender: () => {} });
            resolve(performance.now());
          },
        });
        return undefined;
      };
      look();
    });
})();

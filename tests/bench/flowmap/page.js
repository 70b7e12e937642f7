// The same flows drawn by flowmap.gl. window.first: milliseconds since the page was asked for, when their frame is
// issued; window.filtered(turn): milliseconds from a choice until its frame is issued.
import { Deck } from "@deck.gl/core";
import { FlowmapLayer } from "@flowmap.gl/layers";

let waiting;
let layersBefore;
const issued = () => new Promise((resolve) => (waiting = () => resolve(performance.now())));
window.first = issued();

const { locations, flows } = await (await fetch("data.json")).json();

const layer = (shown) =>
  new FlowmapLayer({
    id: "flows",
    data: { locations, flows: shown },
    clusteringEnabled: false,
    maxTopFlowsDisplayNum: 10000,
    getLocationId: (place) => place.id,
    getLocationLat: (place) => place.lat,
    getLocationLon: (place) => place.lon,
    getFlowOriginId: (flow) => flow[0],
    getFlowDestId: (flow) => flow[1],
    getFlowMagnitude: (flow) => flow[2],
  });

const deck = new Deck({
  parent: document.body,
  controller: true,
  initialViewState: { longitude: 6.5, latitude: 47, zoom: 7 },
  layers: [layer(flows)],
  onAfterRender: () => {
    const drawn = deck?.layerManager?.getLayers().find((each) => each.id === "flows")?.state?.layersData;
    if (!drawn || drawn === layersBefore) return;
    layersBefore = drawn;
    waiting?.();
  },
});

window.filtered = async (turn) => {
  const begin = performance.now();
  const frame = issued();
  deck.setProps({ layers: [layer(turn % 2 ? flows : flows.filter((flow) => flow[3] === 0))] });
  return (await frame) - begin;
};

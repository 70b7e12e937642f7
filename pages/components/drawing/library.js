// A script of ours that runs once a page, however many drawings need it; the document may have asked for it already.

export async function library(address, name) {
  if (name in globalThis) return;
  const asked = document.querySelector(`script[src="${address}"]`);
  const hasFailed = document.readyState === "complete" && asked && !asked.dataset.isAwaited;
  const script = asked && !hasFailed ? asked : append(address);
  await new Promise((resolve, reject) => {
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
  });
}

function append(address) {
  const script = document.createElement("script");
  script.src = address;
  script.dataset.isAwaited = "true";
  script.addEventListener("error", () => script.remove());
  document.head.append(script);
  return script;
}

// A script of ours that is asked for once a page, however many drawings need it.

const loading = new Map(); // address -> promise of its having run

export function library(address) {
  if (!loading.has(address)) {
    loading.set(
      address,
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = resolve;
        script.onerror = reject;
        document.head.append(script);
      }),
    );
  }
  return loading.get(address);
}

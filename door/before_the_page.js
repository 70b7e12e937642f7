// Runs in the document before Streamlit's own script; the Content-Security-Policy allows it by its hash.
{
  // A map is fitted to its frame on the server, which cannot see the window: the session's first request tells it.
  document.cookie = `screen=${innerWidth}x${innerHeight}; path=/; SameSite=Strict`;

  // A screen reader picks its voice by the document's language, and the reader may change it without a new document.
  const speakTheLanguageOf = (address) => {
    const language = new URL(address).searchParams.get("lang");
    if (["fr", "nl", "en"].includes(language)) document.documentElement.lang = language;
  };

  // Streamlit makes a step in the history of every address a script writes, so that "back" would lead to the same
  // page with fewer filters, which writes its address again. Here a step is a change of page.
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  const move = (mayStep) => (state, title, address) => {
    const target = new URL(address ?? location.href, location.href);
    const write = mayStep && target.pathname !== location.pathname ? push : replace;
    write(state, title, target.href);
    speakTheLanguageOf(target.href);
  };
  history.pushState = move(true);
  history.replaceState = move(false);
  addEventListener("popstate", () => speakTheLanguageOf(location.href));
}

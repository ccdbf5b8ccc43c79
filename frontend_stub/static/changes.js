// Whether something changed since the page was made. It is said once, as a link; nothing on the page moves by itself.
for (const told of document.querySelectorAll("[data-changes]")) {
  // Not everybody asks in the same second.
  const every = 20000 + Math.random() * 10000;
  let over = false, timer, asked = Date.now();
  const stop = () => { clearInterval(timer); timer = undefined; };
  const tell = () => {
    over = true;
    stop();
    const { pathname, search } = location;
    told.append(Object.assign(document.createElement("a"), { href: pathname + search, className: "onward", textContent: told.dataset.told }));
  };
  const ask = async () => {
    asked = Date.now();
    const headers = { accept: "application/json", "if-none-match": `"${told.dataset.known}"` };
    const answer = await fetch(told.dataset.changes, { headers }).catch(() => null);
    if (answer?.status === 200 && !over) tell();
  };
  const start = () => {
    if (over || document.hidden || timer) return;
    timer = setInterval(ask, every);
    if (Date.now() - asked >= every) ask();
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : start()));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", ({ persisted }) => { if (persisted) start(); });
  start();
}

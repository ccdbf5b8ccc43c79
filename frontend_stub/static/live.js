// A number that moves while people answer. Of all the tabs of a browser two follow the hub, since a browser has few
// connections to one place; the others ask now and then, and those that nobody looks at do neither.
for (const shown of document.querySelectorAll("[data-live]")) {
  let ended = false, source, leave, timer, turn = 0;
  const tell = ({ responseCount }) => {
    if (responseCount !== null) shown.textContent = responseCount.toLocaleString("en");
  };
  const ask = async () => {
    const answer = await fetch(shown.dataset.live, { headers: { accept: "application/json" } }).catch(() => null);
    if (answer?.ok) tell(await answer.json());
  };
  const follow = () => new Promise((left) => {
    leave = left;
    source = new EventSource(shown.dataset.live);
    source.onmessage = ({ data }) => tell(JSON.parse(data));
    source.addEventListener("over", () => { ended = true; stop(); });
  });
  const slot = (name) => navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? follow().then(() => true) : false));
  const stop = () => {
    turn++;
    source?.close();
    clearInterval(timer);
    leave?.();
    source = leave = undefined;
  };
  const start = async () => {
    if (ended || document.hidden) return;
    stop();
    const mine = turn;
    for (const name of navigator.locks ? ["live-1", "live-2"] : []) {
      if (await slot(name) || mine !== turn) return;
    }
    timer = setInterval(ask, 20000);
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : start()));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", ({ persisted }) => { if (persisted) start(); });
  start();
}

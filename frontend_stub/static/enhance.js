// What makes the pages a little easier where a browser runs programs. Without it everything works the same.
// Each part looks for what it is about and does nothing where that is not on the page.

// ---- how many characters are left, said politely and not at each letter ----
for (const field of document.querySelectorAll("[data-count]")) {
  const text = field.querySelector("textarea");
  const most = Number(field.dataset.count);
  const counted = Object.assign(document.createElement("p"), { className: "hint counted" });
  const told = Object.assign(document.createElement("p"), { className: "unseen" });
  told.setAttribute("role", "status");
  text.after(counted, told);
  let wait;
  const count = () => {
    const rest = most - [...text.value.replaceAll("\r\n", "\n")].length;
    const words = (rest < 0 ? field.dataset.over : field.dataset.left).replace("{count}", Math.abs(rest).toLocaleString("en"));
    counted.textContent = words;
    counted.classList.toggle("beyond", rest < 0);
    clearTimeout(wait);
    wait = setTimeout(() => { told.textContent = words; }, 1000);
  };
  text.addEventListener("input", count);
  count();
}

// ---- a form is sent once, also by somebody who presses twice ----
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 5000);
  });
}
// Whoever comes back by the browser's button finds the forms usable.
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// ---- copy what is shown, beside it ----
for (const shown of document.querySelectorAll("[data-copy]")) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "second copy", textContent: shown.dataset.copy });
  const told = Object.assign(document.createElement("span"), { className: "unseen" });
  told.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(shown.textContent.trim());
    button.textContent = told.textContent = shown.dataset.copied;
  });
  shown.after(button, told);
}

// ---- what was wrong is read first ----
document.querySelector(".summary[autofocus]")?.focus();

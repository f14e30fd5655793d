// A small menu beside a button: arrows move, Escape and a click elsewhere close, focus goes back.
import { element } from "./words.js";

let open = null;

export function close({ back = false } = {}) {
  if (!open) return;
  const { button, list } = open;
  open = null;
  list.remove();
  button.setAttribute("aria-expanded", "false");
  if (back && button.isConnected) button.focus();
}

// `items`: {label, does, note} or {row: [items]} for several beside one another. `where` is what the menu stands in.
export function menu(button, items, where, className = "") {
  const again = open && open.button === button;
  close();
  if (again) return;
  const list = element("div", { className: `popup ${className}`, role: "menu", "aria-label": button.getAttribute("aria-label") || button.textContent });
  for (const item of items) {
    list.append(item.row ? element("div", { className: "several", role: "group" }, ...item.row.map(choice)) : choice(item));
  }
  open = { button, list };
  button.setAttribute("aria-expanded", "true");
  where.append(list);
  place(list, button, where);
  list.querySelector("button")?.focus({ preventScroll: true });
}

function choice(item) {
  const made = element("button", { type: "button", role: "menuitem" }, element("span", {}, item.label));
  if (item.name) made.setAttribute("aria-label", item.name);
  if (item.note) made.append(element("small", {}, item.note));
  made.addEventListener("click", () => {
    close({ back: true });
    item.does();
  });
  return made;
}

function place(list, button, where) {
  const [out, at] = [where.getBoundingClientRect(), button.getBoundingClientRect()];
  const below = out.bottom - at.bottom > list.offsetHeight + 12;
  const left = Math.min(Math.max(at.left - out.left, 8), out.width - list.offsetWidth - 8);
  list.style.left = `${Math.max(left, 8)}px`;
  if (below) list.style.top = `${at.bottom - out.top + 4}px`;
  else list.style.bottom = `${Math.max(out.bottom - at.top + 4, 8)}px`;
}

document.addEventListener("keydown", (event) => {
  if (!open) return;
  const all = [...open.list.querySelectorAll("button")];
  const at = all.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (event.key === "Escape") close({ back: true });
  else if (step && at >= 0) all[(at + step + all.length) % all.length].focus();
  else return;
  event.preventDefault();
});

document.addEventListener("pointerdown", (event) => {
  if (open && !open.list.contains(event.target) && !open.button.contains(event.target)) close();
});

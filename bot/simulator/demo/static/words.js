// A message's words with their formatting, as nodes. Nothing that somebody wrote is ever read as HTML.
const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const FOUND = /(?<![\w/<>])\/[A-Za-z0-9_]{1,64}(?![\w/<>])|\bhttps?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/gu;
const OPENS = /^(https?:|tel:|mailto:)/i;

export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("aria-") || name.startsWith("data-") || name === "role") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// `does` has command(text) and link(url), which says whether it took the link.
export function words(text, entities, does) {
  const fragment = document.createDocumentFragment();
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  fill(fragment, text, 0, text.length, sorted, does);
  return fragment;
}

// Offsets are UTF-16 units, which is what a string's index is here.
function fill(parent, text, begin, end, entities, does) {
  let at = begin;
  for (let n = 0; n < entities.length; n += 1) {
    const one = entities[n];
    const stop = Math.min(one.offset + one.length, end);
    if (one.offset < at || one.offset >= end) continue;
    plain(parent, text.slice(at, one.offset), does);
    const inside = entities.slice(n + 1).filter((other) => other.offset < stop);
    const wrapped = wrap(one, text.slice(one.offset, stop), does);
    if (["code", "pre", "url", "bot_command"].includes(one.type)) wrapped.append(text.slice(one.offset, stop));
    else fill(wrapped, text, one.offset, stop, inside, does);
    parent.append(wrapped);
    at = stop;
  }
  plain(parent, text.slice(at, end), does);
}

function wrap(entity, inner, does) {
  if (entity.type === "text_link") return link(entity.url, does);
  if (entity.type === "url") return link(inner, does);
  if (entity.type === "bot_command") return command(inner, does);
  if (entity.type === "spoiler") return spoiler();
  return element(TAGS[entity.type] || "span");
}

// What a phone marks by itself in words that carry no marks.
function plain(parent, text, does) {
  let at = 0;
  for (const found of text.matchAll(FOUND)) {
    parent.append(text.slice(at, found.index));
    const made = found[0].startsWith("/") ? command(found[0], does) : link(found[0], does);
    made.append(found[0]);
    parent.append(made);
    at = found.index + found[0].length;
  }
  parent.append(text.slice(at));
}

function command(text, does) {
  return element("button", { type: "button", className: "link", onclick: () => does.command(text) });
}

function link(url, does) {
  const whole = /^[a-z]+:/i.test(url) ? url : `https://${url}`;
  if (!OPENS.test(whole)) return element("span");
  const made = element("a", { href: whole, target: "_blank", rel: "noopener noreferrer" });
  made.addEventListener("click", (event) => {
    if (does.link(whole)) event.preventDefault();
  });
  return made;
}

function spoiler() {
  const made = element("span", { className: "spoiler", role: "button", tabIndex: 0, title: "Show" });
  const show = () => made.classList.add("shown");
  made.addEventListener("click", show);
  made.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") show();
  });
  return made;
}

// One message, as it stands in the chat: what was said, what came with it, its buttons, its reactions.
import { element, words } from "./words.js";

const BARS = [5, 9, 14, 8, 17, 12, 6, 15, 19, 10, 13, 7, 16, 11, 5, 12, 18, 9, 14, 6, 10, 16, 8, 5];
const PLAIN = { poll: "📊 A poll", dice: "🎲", contact: "👤 A contact", location: "📍 A place on the map" };

// `does`: command, link, tap(message, row, column), more(message, button). `pressed` tells which buttons wait.
export function bubble(message, zone, pressed, does) {
  const body = element("div", { className: `bubble is-${message.kind}` });
  if (message.forwarded) body.append(element("p", { className: "forwarded" }, `Forwarded from ${message.forwarded}`));
  if (message.reply) body.append(quoted(message.reply));
  body.append(...[media(message)].filter(Boolean));
  const text = message.mine ? message.text.replace(/^\/start .+$/s, "/start") : message.text;
  if (text) body.append(element("div", { className: "text", dir: "auto" }, words(text, message.entities, does)));
  body.append(foot(message, zone));
  const side = message.mine ? "mine" : "theirs";
  const more = element("button", {
    type: "button", className: "act", "aria-label": "React, reply or edit", "aria-haspopup": "true",
    "aria-expanded": "false",
  }, "⋯");
  more.addEventListener("click", () => does.more(message, more));
  const made = element("div", { className: `message ${side}`, role: "article", "data-message": message.id }, body, more);
  made.setAttribute("aria-label", `${message.mine ? "From this phone" : "From the bot"}, ${time(message.date, zone)}`);
  if (message.buttons.length) made.append(buttons(message, pressed, does));
  return made;
}

function quoted(reply) {
  return element("blockquote", { className: "reply" }, element("b", {}, reply.name), element("span", {}, reply.text));
}

function media(message) {
  const { kind, media: file } = message;
  if (kind === "photo") return element("img", { src: file.url, alt: message.mine ? "A photo" : "A picture", loading: "lazy" });
  if (kind === "voice") {
    const bars = element("span", { className: "wave", "aria-hidden": "true" });
    bars.append(...BARS.map((height) => element("i", { className: `h${height}` })));
    const long = `${Math.floor(file.duration / 60)}:${String(file.duration % 60).padStart(2, "0")}`;
    return element("div", { className: "clip" }, element("span", { className: "play", "aria-hidden": "true" }, "▶"), bars,
      element("span", { className: "long", "aria-label": `Voice note, ${file.duration} seconds` }, long));
  }
  if (kind === "video") return element("div", { className: "clip" }, element("span", { className: "play", "aria-hidden": "true" }, "▶"), `Video, ${file.duration} s`);
  if (kind === "document") {
    return element("a", { className: "file", href: file.url, download: file.file_name || "" },
      element("span", { className: "play", "aria-hidden": "true" }, "↓"),
      element("span", {}, element("b", {}, file.file_name || "File"), element("small", {}, size(file.file_size))));
  }
  if (kind === "sticker") return element("div", { className: "big", role: "img", "aria-label": "Sticker" }, file.emoji || "🙂");
  return PLAIN[kind] ? element("div", { className: "text" }, PLAIN[kind]) : null;
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function foot(message, zone) {
  const foot = element("div", { className: "foot" });
  for (const one of message.reactions) {
    const who = one.mine ? "of this phone" : "of the bot";
    foot.append(element("span", { className: "reaction", "aria-label": `Reaction ${who}: ${one.emoji}`, role: "img" }, one.emoji));
  }
  const meta = element("span", { className: "meta" });
  if (message.protected) {
    const words = "cannot be forwarded or saved";
    meta.append(element("span", { role: "img", "aria-label": words, title: words }, "🔒 "));
  }
  if (message.edited) meta.append("edited ");
  const at = new Date(message.date * 1000);
  meta.append(element("time", { dateTime: at.toISOString() }, time(message.date, zone)));
  if (message.mine) {
    const words = message.waiting ? "waits at Telegram for the bot" : "the bot has taken it";
    meta.append(element("span", { className: message.waiting ? "tick" : "tick taken", role: "img", "aria-label": words, title: words }, message.waiting ? "✓" : "✓✓"));
  }
  foot.append(meta);
  return foot;
}

export function time(seconds, zone) {
  return new Date(seconds * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });
}

function buttons(message, pressed, does) {
  const rows = message.buttons.map((row, y) => {
    const shown = row.map((one, x) => {
      const made = element("button", { type: "button", "data-place": `${y}:${x}` }, element("span", { dir: "auto" }, one.label));
      if (one.url) made.classList.add("opens");
      spin(made, pressed(message.id, y, x));
      made.addEventListener("click", () => does.tap(message, y, x, one.url));
      return made;
    });
    return element("div", { className: "row" }, ...shown);
  });
  return element("div", { className: "inline", role: "group", "aria-label": "Buttons of this message" }, ...rows);
}

export function spin(button, waits) {
  button.classList.toggle("spins", waits);
  button.setAttribute("aria-busy", String(waits));
}

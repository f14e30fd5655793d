// One phone on the page: a chat with the bot, as its owner sees it.
import { bubble, spin } from "./bubble.js";
import { ask, upload } from "./people.js";
import { close, menu } from "./menus.js";
import { element } from "./words.js";

const REACTIONS = ["👍", "❤", "🎉", "🙏", "😢"];
const TOAST = 4000; // ms
const TYPING = 4000;
const SPINNER = 150000; // Telegram keeps a press no longer

export class Phone {
  // `page`: link(url), alert(text), chosen(phone, id)
  constructor(page, number) {
    this.page = page;
    this.root = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.root.id = `phone-${number}`;
    this.part = {};
    for (const node of this.root.querySelectorAll("*")) {
      for (const name of Object.keys(node.dataset)) this.part[name] = node;
    }
    this.nodes = new Map();
    this.person = null;
    this.reply = null;
    this.editing = null;
    this.listen();
  }

  listen() {
    const { part } = this;
    part.who.addEventListener("change", () => this.page.chosen(this, Number(part.who.value)));
    part.write.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    part.words.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.send();
      }
    });
    part.words.addEventListener("input", () => this.typed());
    part.voice.addEventListener("click", () => this.act("voice", { seconds: 14 }));
    part.attach.addEventListener("click", () => menu(part.attach, this.attachments(), this.root));
    part.menu.addEventListener("click", () => menu(part.menu, this.commands(), this.root, "commands"));
    part.more.addEventListener("click", () => menu(part.more, this.choices(), this.root));
    part.start.addEventListener("click", () => this.act("send", { text: `/start ${this.person.head.link}`.trim() }));
    part.unblock.addEventListener("click", () => this.act("unblock"));
    part.unquote.addEventListener("click", () => this.unquote());
    part.down.addEventListener("click", () => this.toEnd());
    part.chat.addEventListener("scroll", () => {
      this.atEnd = this.nearEnd();
      this.scrolled();
    }, { passive: true });
    part.chat.addEventListener("load", () => this.stay(), { capture: true });
    new ResizeObserver(() => this.stay()).observe(part.chat);
    part.file.addEventListener("change", () => this.picture());
  }

  // Somebody else's chat from now on.
  show(person) {
    if (this.person) this.person.draft = this.part.words.value;
    close();
    this.person = person;
    this.nodes.clear();
    this.unquote();
    this.part.words.value = person.draft;
    this.part.toast.hidden = true;
    this.once = false;
    this.head();
    this.arrange([...person.messages.keys()]);
    this.typed();
    this.toEnd();
  }

  head() {
    const { part } = this;
    const { head } = this.person;
    this.root.setAttribute("aria-label", `${head.name}’s phone`);
    part.about.textContent = head.about;
    part.bot.textContent = head.bot;
    const composing = head.started && !head.blocked;
    part.write.hidden = !composing;
    part.start.hidden = head.started || head.blocked;
    part.unblock.hidden = !head.blocked;
    part.menu.hidden = !head.commands.length;
    part.more.classList.toggle("none", !head.started);
    this.root.classList.toggle("blocked", head.blocked);
    if (this.typing !== undefined && head.typing > this.typing) this.types();
    this.typing = head.typing;
    part.presence.textContent = head.blocked ? "blocked" : "bot";
    this.keyboard();
  }

  types() {
    const { presence } = this.part;
    presence.textContent = "typing…";
    clearTimeout(this.typingEnds);
    this.typingEnds = setTimeout(() => {
      presence.textContent = "bot";
    }, TYPING);
  }

  // The list of people in the choice above the chat.
  people(people) {
    const options = [...people.values()].map((person) => {
      const news = person !== this.person && person.unread ? ` · ${person.unread} new` : "";
      return new Option(person.head.name + news, person.id, false, person === this.person);
    });
    this.part.who.replaceChildren(...options);
  }

  take({ changed, answers }) {
    const near = this.atEnd;
    const mine = changed.some((id) => this.person.messages.get(id)?.mine && !this.nodes.has(id));
    const fresh = changed.filter((id) => !this.nodes.has(id));
    this.head();
    this.arrange(changed);
    if (near || mine) this.toEnd();
    for (const { text, alert } of answers) {
      if (text && alert) this.page.alert(text);
      else if (text) this.toast(text);
    }
    this.spinners();
    for (const id of fresh) {
      this.nodes.get(id)?.classList.add("new");
      this.burst(this.person.messages.get(id));
    }
    this.scrolled();
  }

  // Puts what the chat shows in order; what has not changed stays where it is.
  arrange(changed) {
    const { chat } = this.part;
    const held = document.activeElement?.closest?.("[data-message]");
    const focused = held && chat.contains(held) ? Number(held.dataset.message) : 0;
    for (const id of changed) this.nodes.delete(id);
    const wanted = [];
    let day = "";
    for (const message of [...this.person.messages.values()].sort((a, b) => a.id - b.id)) {
      const on = new Date(message.date * 1000).toLocaleDateString("en-GB", {
        weekday: "short", day: "numeric", month: "long", timeZone: this.person.head.zone,
      });
      if (on !== day) wanted.push(this.node(`day ${on}`, () => element("p", { className: "day" }, element("span", {}, on))));
      day = on;
      wanted.push(this.node(message.id, () => bubble(message, this.person.head.zone, (...at) => this.person.waits(...at), this)));
    }
    if (!wanted.length) wanted.push(this.node("empty", () => this.empty()));
    for (const [at, node] of wanted.entries()) {
      if (chat.children[at] !== node) chat.insertBefore(node, chat.children[at] || null);
    }
    while (chat.children.length > wanted.length) chat.lastElementChild.remove();
    if (focused && changed.includes(focused)) {
      (chat.querySelector(`[data-message="${focused}"] .inline button`) || chat).focus({ preventScroll: true });
    }
  }

  node(key, make) {
    if (!this.nodes.has(key)) this.nodes.set(key, make());
    return this.nodes.get(key);
  }

  empty() {
    const { head } = this.person;
    const words = head.link ? "A link to this bot was handed to you. Press Start." : "Nobody has written here yet.";
    return element("div", { className: "empty" }, element("b", {}, head.bot), element("p", {}, words));
  }

  burst(message) {
    if (!message?.effect) return;
    const made = element("span", { className: "burst", "aria-hidden": "true" }, message.effect);
    made.addEventListener("animationend", () => made.remove());
    this.root.append(made);
  }

  nearEnd() {
    const { chat } = this.part;
    return chat.scrollHeight - chat.scrollTop - chat.clientHeight < 80;
  }

  toEnd() {
    this.atEnd = true;
    this.part.chat.scrollTop = this.part.chat.scrollHeight;
    this.scrolled();
  }

  // Who looks at the newest message goes on looking at it, whatever grows or shrinks around it.
  stay() {
    if (this.atEnd) this.toEnd();
  }

  get visible() {
    return this.root.offsetParent !== null;
  }

  scrolled() {
    const near = this.nearEnd();
    this.part.down.hidden = near;
    if (near && this.person && this.visible) this.person.looked();
  }

  keyboard() {
    const { keyboard, words } = this.part;
    const given = this.person.head.keyboard;
    const same = JSON.stringify(given);
    if (same !== this.given) this.once = false;
    this.given = same;
    keyboard.hidden = !given || this.once || this.part.write.hidden;
    words.placeholder = given?.hint || "Message";
    if (keyboard.hidden) return;
    keyboard.replaceChildren(...given.rows.map((row) => element("div", { className: "row" }, ...row.map((label) => {
      const made = element("button", { type: "button" }, label);
      made.addEventListener("click", () => {
        this.once = given.once;
        this.act("send", { text: label });
      });
      return made;
    }))));
  }

  // What bubbles ask for.
  command(text) {
    this.act("send", { text });
  }

  link(url) {
    return this.page.link(url);
  }

  async tap(message, row, column, url) {
    if (url) {
      if (!this.page.link(url)) window.open(url, "_blank", "noopener,noreferrer");
      return;
    }
    const { person } = this;
    if (person.waits(message.id, row, column)) return;
    const place = { message: message.id, row, column };
    person.pressed.set(place, place); // until the server tells under which id the answer comes
    this.spinners();
    const told = await this.act("tap", place);
    person.pressed.delete(place);
    if (told && !person.answered.has(told.query)) {
      person.pressed.set(told.query, place);
      setTimeout(() => person.pressed.delete(told.query) && this.spinners(), SPINNER);
    }
    this.spinners();
  }

  // Every button that was pressed and not answered yet turns its spinner.
  spinners() {
    for (const button of this.part.chat.querySelectorAll("[data-place]")) {
      const [row, column] = button.dataset.place.split(":").map(Number);
      const message = Number(button.closest("[data-message]").dataset.message);
      spin(button, this.person.waits(message, row, column));
    }
  }

  more(message, button) {
    const own = new Set(message.reactions.filter((one) => one.mine).map((one) => one.emoji));
    const faces = REACTIONS.map((emoji) => ({
      label: emoji, name: own.has(emoji) ? `Take back ${emoji}` : `React with ${emoji}`,
      does: () => this.act("react", { message: message.id, emoji: own.has(emoji) ? "" : emoji }),
    }));
    const items = [{ row: faces }, { label: "Reply", does: () => this.quote(message, false) }];
    if (message.mine && message.text) items.push({ label: "Edit", does: () => this.quote(message, true) });
    menu(button, items, this.root);
  }

  quote(message, editing) {
    [this.reply, this.editing] = editing ? [null, message.id] : [message.id, null];
    this.part.quoting.hidden = false;
    this.part.quoted.textContent = `${editing ? "Edit" : "Reply to"}: ${message.text || message.kind}`;
    if (editing) this.part.words.value = message.text;
    this.typed();
    this.part.words.focus();
  }

  unquote() {
    if (this.editing) this.part.words.value = "";
    this.reply = this.editing = null;
    this.part.quoting.hidden = true;
    this.typed();
  }

  typed() {
    const { words, voice, write } = this.part;
    words.style.height = "";
    if (words.value) words.style.height = `${Math.min(words.scrollHeight, 120)}px`;
    write.classList.toggle("filled", words.value.trim() !== "");
    voice.hidden = words.value.trim() !== "";
    this.suggest(words.value);
  }

  // The commands that begin as what is typed, above the line.
  suggest(typed) {
    const fits = this.person && /^\/\w*$/.test(typed) ? this.person.head.commands.filter(([name]) => `/${name}`.startsWith(typed)) : [];
    this.suggested?.remove();
    if (!fits.length) return;
    this.suggested = element("div", { className: "suggested", role: "group", "aria-label": "Commands" }, ...fits.map(([name, does]) => {
      const made = element("button", { type: "button" }, element("b", {}, `/${name}`), element("span", {}, does));
      made.addEventListener("click", () => {
        this.part.words.value = "";
        this.typed();
        this.command(`/${name}`);
        this.part.words.focus();
      });
      return made;
    }));
    this.part.write.before(this.suggested);
  }

  async send() {
    const { words } = this.part;
    const text = this.taken();
    if (!text) return;
    const [name, asked] = this.editing
      ? ["edit", { message: this.editing, text }]
      : ["send", this.reply ? { text, reply: this.reply } : { text }];
    this.editing = null;
    this.unquote();
    words.focus();
    if (!(await this.act(name, asked)) && !words.value) words.value = text; // refused: it is not lost
    this.typed();
  }

  attachments() {
    return [
      { label: "🎤 Voice note of 14 s", does: () => this.act("voice", { seconds: 14 }) },
      { label: "🖼 A photo that is here", does: () => this.photo() },
      { label: "📁 A photo of yours…", does: () => this.part.file.click() },
      { label: "📄 A file", does: () => this.act("document") },
      { label: "👍 A sticker", does: () => this.act("sticker") },
      { label: "📍 A place", does: () => this.act("location") },
    ];
  }

  // What is typed goes with it, as on a phone.
  photo() {
    this.act("photo", { caption: this.taken() });
  }

  picture() {
    const [file] = this.part.file.files;
    this.part.file.value = "";
    if (!file) return;
    const path = `phones/${this.person.id}/picture?caption=${encodeURIComponent(this.taken())}`;
    this.tries(() => upload(path, file));
  }

  taken() {
    const text = this.part.words.value.trim();
    this.part.words.value = "";
    this.typed();
    return text;
  }

  commands() {
    return this.person.head.commands.map(([name, does]) => ({
      label: does, note: `/${name}`, does: () => this.command(`/${name}`),
    }));
  }

  choices() {
    const { head } = this.person;
    if (head.blocked) return [{ label: "Unblock the bot", does: () => this.act("unblock") }];
    return [{ label: "⛔ Stop and block the bot", does: () => this.act("block") }];
  }

  act(name, asked = {}) {
    const path = `phones/${this.person.id}/${name}`;
    return this.tries(() => ask(path, asked));
  }

  // One thing after the other, as they were done here. What was done, or nothing where it could not be; then the words of
  // the refusal stand over the chat.
  tries(does) {
    this.before = (this.before || Promise.resolve()).then(does).then((told) => told || {}, (error) => {
      this.toast(error.message || "This did not work.");
      return null;
    });
    return this.before;
  }

  toast(text) {
    const { toast } = this.part;
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(this.toastEnds);
    this.toastEnds = setTimeout(() => {
      toast.hidden = true;
    }, TOAST);
  }
}

// The page: three phones side by side, or one at a time under tabs where there is no room; above them time and the plug.
import { Phone } from "./phone.js";
import { Person, ask, listen } from "./people.js";
import { element } from "./words.js";

const COLUMNS = 3;
const narrow = window.matchMedia("(max-width: 959px)");
const part = {};
for (const node of document.querySelectorAll("body *")) {
  for (const name of Object.keys(node.dataset)) part[name] ||= node;
}
const tabs = document.querySelector(".tabs");
const dialogs = { alert: document.querySelector("dialog.alert"), link: document.querySelector("dialog.link") };
const scenes = [...document.querySelectorAll("[data-scene]")];
let people = new Map();
let stage = null;

const page = {
  // A link into this bot's chat is opened on a phone of this page; true where it is one.
  link(url) {
    const found = new URL(url).href.match(/^https?:\/\/t\.me\/([^?/]+)\?start=([\w-]+)$/);
    const bot = [...people.values()][0]?.head.username;
    if (!found || found[1] !== bot) return false;
    open(found[2]);
    return true;
  },
  alert(text) {
    part.alert.textContent = text;
    dialogs.alert.showModal();
  },
  chosen(phone, id) {
    const other = phones.find((one) => one !== phone && one.person?.id === id);
    if (other && !narrow.matches) other.show(phone.person);
    phone.show(people.get(id));
    around();
  },
};
const phones = Array.from({ length: COLUMNS }, (_, number) => new Phone(page, number));
document.querySelector("main.phones").append(...phones.map((phone) => phone.root));

function open(code) {
  const choices = [...people.values()].map((person) => {
    const made = element("button", { value: String(person.id) }, person.head.name, element("small", {}, person.head.about));
    made.addEventListener("click", () => follow(person.id, code));
    return made;
  });
  part.choices.replaceChildren(...choices);
  part.new.onsubmit = async (event) => {
    event.preventDefault();
    const { id } = await ask("phones", { name: new FormData(part.new).get("name") });
    part.new.reset();
    dialogs.link.close();
    follow(id, code);
  };
  dialogs.link.showModal();
}

async function follow(id, code) {
  await ask(`phones/${id}/send`, { text: `/start ${code}` });
  const bring = () => {
    if (!people.get(id)?.head) return setTimeout(bring, 50);
    if (!shown().some((phone) => phone.person.id === id)) page.chosen(phones[narrow.matches ? 0 : 1], id);
    return around();
  };
  bring();
}

const shown = () => (narrow.matches ? phones.slice(0, 1) : phones);

function heard(news, first) {
  if (first) begin(news);
  if (news.stage) stage = news.stage;
  for (const one of news.phones || []) {
    if (!people.has(one.id)) people.set(one.id, new Person(one.id));
    const taken = people.get(one.id).take(one);
    if (first) continue;
    for (const phone of phones.filter((each) => each.person?.id === one.id)) phone.take(taken);
  }
  if (first) arrange();
  above();
  around();
}

// Everything comes anew: at first, and after the line was cut.
function begin(news) {
  const before = people;
  people = new Map();
  for (const { id } of news.phones || []) {
    const person = new Person(id);
    person.draft = before.get(id)?.draft || "";
    people.set(id, person);
  }
}

function arrange() {
  const all = [...people.values()];
  for (const person of all) person.looked();
  phones.forEach((phone, at) => phone.show(people.get(phone.person?.id) || all[at % all.length]));
}

// Time, the plug, and what happened.
function above() {
  const now = new Date(stage.now);
  const write = (options) => now.toLocaleString("en-GB", { timeZone: stage.zone, ...options });
  part.day.textContent = write({ weekday: "short", day: "numeric", month: "short" });
  part.year.textContent = write({ year: "numeric" });
  part.time.textContent = write({ hour: "2-digit", minute: "2-digit" });
  part.zone.textContent = stage.zone.split("/").pop().replace("_", " ");
  part.lamp.className = `lamp ${stage.power}`;
  const waiting = stage.waiting ? ` · ${stage.waiting} waiting` : "";
  part.power.textContent = {
    on: `Bot on · pid ${stage.pid}${waiting}`, off: `Bot off${waiting}`, starting: `Bot starts${waiting}`,
  }[stage.power];
  part.plug.textContent = stage.power === "off" ? "Plug it in again" : "Pull the plug";
  part.plug.classList.toggle("off", stage.power === "off");
  for (const button of scenes) button.disabled = stage.busy || stage.power !== "on";
  document.body.classList.toggle("moving", stage.busy);
  if (part.news.textContent !== stage.news) part.news.textContent = stage.news;
}

// What depends on which phones are in sight: the clocks, the choices, the tabs.
function around() {
  for (const phone of phones) {
    if (!phone.person) continue;
    const zone = phone.person.head.zone;
    phone.part.clock.textContent = new Date(stage.now).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });
    phone.people(people);
  }
  tabs.hidden = !narrow.matches;
  tabs.replaceChildren(...[...people.values()].map((person) => {
    const selected = phones[0].person === person;
    const made = element("button", {
      type: "button", role: "tab", id: `tab-${person.id}`, "aria-selected": String(selected), "aria-controls": "phone-0",
      tabIndex: selected ? 0 : -1,
    }, person.head.name);
    if (person.unread && !selected) made.append(element("span", { className: "badge", "aria-label": `${person.unread} new` }, String(person.unread)));
    made.addEventListener("click", () => page.chosen(phones[0], person.id));
    return made;
  }));
  const panel = phones[0].root;
  if (narrow.matches) panel.setAttribute("role", "tabpanel");
  else panel.removeAttribute("role");
}

tabs.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const ids = [...people.keys()];
  const at = ids.indexOf(phones[0].person.id);
  page.chosen(phones[0], ids[(at + step + ids.length) % ids.length]);
  document.querySelector('[role="tab"][aria-selected="true"]').focus();
});

narrow.addEventListener("change", () => {
  arrange();
  around();
});

for (const button of scenes) button.addEventListener("click", () => ask(`stage/${button.dataset.scene}`));
part.plug.addEventListener("click", () => ask(`stage/${stage.power === "off" ? "plug" : "unplug"}`));
if (narrow.matches) document.querySelector(".hints").open = false;

listen(heard, () => {
  part.lamp.className = "lamp off";
  part.power.textContent = "No line to the demo";
});
setInterval(() => {
  if (stage?.power === "on" && !stage.busy) {
    stage.now = new Date(new Date(stage.now).getTime() + 1000).toISOString();
    above();
    for (const phone of phones) {
      if (phone.person) phone.part.clock.textContent = new Date(stage.now).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: phone.person.head.zone });
    }
  }
}, 1000);

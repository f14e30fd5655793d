// What the page knows of every phone, and the way to the server.

export class Person {
  constructor(id) {
    this.id = id;
    this.head = null;
    this.messages = new Map();
    this.pressed = new Map(); // query id -> {message, row, column}
    this.answered = new Set();
    this.seen = 0; // the newest message that was looked at
    this.draft = "";
  }

  // Takes what is new; returns the ids that have changed and the answers that came.
  take(news) {
    if (news.head) this.head = news.head;
    for (const gone of news.gone || []) this.messages.delete(gone);
    for (const message of news.messages || []) this.messages.set(message.id, message);
    for (const { query } of news.answers || []) {
      this.answered.add(query);
      this.pressed.delete(query);
    }
    return { changed: (news.messages || []).map((message) => message.id), answers: news.answers || [] };
  }

  get unread() {
    return [...this.messages.values()].filter((message) => !message.mine && message.id > this.seen).length;
  }

  looked() {
    this.seen = Math.max(this.seen, ...this.messages.keys());
  }

  waits(message, row, column) {
    return [...this.pressed.values()].some((one) => one.message === message && one.row === row && one.column === column);
  }
}

// Asks the server to do something; returns what it says. Throws its words where it refuses.
export async function ask(path, asked = {}) {
  const answer = await fetch(path, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(asked),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

export async function upload(path, file) {
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": file.type || "image/jpeg" }, body: file });
  if (!answer.ok) throw new Error(await answer.text());
}

export function listen(heard, lost) {
  const source = new EventSource("events");
  let first = true;
  source.addEventListener("open", () => {
    first = true;
  });
  source.addEventListener("message", (event) => {
    heard(JSON.parse(event.data), first);
    first = false;
  });
  source.addEventListener("error", lost);
}

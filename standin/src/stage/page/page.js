// The stage's page: shows what the stand-in tells, and sends what is switched. What comes from outside becomes text
// nodes and values only, never markup.
"use strict";

const ROWS = 500;

const ANSWERS = [
  ["", "as the licenses say"],
  ["status=401", "not signed in"],
  ["expired-token", "token expired"],
  ["status=403", "forbidden"],
  ["status=429", "too many requests"],
  ["status=500", "server error"],
  ["status=503", "a gateway's error page"],
  ["html", "a login page"],
  ["redirect=https://login.example.com/", "a redirect"],
  ["broken", "by breaking the connection"],
  ["silence", "never"],
];

const at = (id) => document.getElementById(id);

// What the stand-in told last.
let switches = { faults: [], licenses: [] };

// Whether the list of faults has been typed in since the last change.
let typed = false;

// The change that is being sent; the next one waits for it.
let sending = Promise.resolve();

/** An element with properties and children; texts become text nodes. */
function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Sends a change, and shows the switches as they are then. */
async function send(path, body) {
  let problem = "";
  try {
    const reply = await fetch(path, { method: "POST", body: JSON.stringify(body) });
    const answer = await reply.json();
    if (reply.ok) {
      typed = false;
      switched(answer);
    } else {
      problem = answer.error;
      showSwitches();
    }
  } catch {
    problem = "The stand-in does not answer. Has it been stopped?";
  }
  at("problem").textContent = problem;
  at("problem").hidden = problem === "";
}

/** Sends a change when those before it have been answered: two at once could arrive in any order. */
function post(path, body = () => null) {
  sending = sending.then(() => send(path, body()));
}

/** Changes some switches, and leaves the others as they are when the change is sent. */
const set = (change) => post("switches", () => ({ ...switches, ...change }));

// Scenes

function makeScenes(scenes) {
  at("scenes").replaceChildren(
    ...scenes.map(({ name, title, text }) => {
      const button = make("button", { type: "button" }, make("strong", {}, title), make("span", {}, text));
      button.dataset.scene = name;
      button.addEventListener("click", () => post(`scenes/${name}`));
      return button;
    }),
  );
}

function showScene(current) {
  for (const button of at("scenes").children) {
    button.setAttribute("aria-pressed", String(button.dataset.scene === current));
  }
}

// Faults

function makeAnswers() {
  at("answers").replaceChildren(
    ...ANSWERS.map(([value, text]) =>
      make("label", {}, make("input", { type: "radio", name: "answer", value }), text, make("code", {}, value.split("=http")[0])),
    ),
  );
  at("faults").addEventListener("change", () => {
    const chosen = [...at("faults").elements.answer].find((radio) => radio.checked);
    const delay = at("delay").value === "" ? [] : [`delay=${at("delay").value}`];
    // Without a choice there is a list that the controls cannot show; it keeps what is behind its delay.
    const kept = () => switches.faults.slice(switches.faults[0]?.startsWith("delay=") ? 1 : 0);
    const answers = chosen === undefined ? kept() : chosen.value === "" ? [] : [at("often").value + chosen.value];
    set({ faults: [...delay, ...answers] });
  });
  at("lines").addEventListener("input", () => {
    typed = true;
  });
  at("list").addEventListener("submit", (event) => {
    event.preventDefault();
    const lines = at("lines").value.split("\n").map((line) => line.trim());
    set({ faults: lines.filter((line) => line !== "") });
  });
}

/** Chooses a value of a select; one that it does not have is added. */
function choose(select, value) {
  if (![...select.options].some((option) => option.value === value)) {
    select.append(make("option", { value }, value));
  }
  select.value = value;
}

/** The controls can show at most one delay and, behind it, one answer. Of other lists no answer is chosen. */
function showFaults(faults) {
  const rest = [...faults];
  const delay = rest[0]?.startsWith("delay=") ? rest.shift().slice("delay=".length) : "";
  const [, often, answer] = /^(\d+\*)?(.*)$/.exec(rest[0] ?? "");
  const simple = rest.length < 2 && ANSWERS.some(([value]) => value === answer);
  for (const radio of at("faults").elements.answer) {
    radio.checked = simple && radio.value === answer;
  }
  // With nothing to count, what the user has chosen for the next fault stays.
  if (simple && answer !== "") {
    choose(at("often"), often ?? "");
  }
  choose(at("delay"), delay);
  if (!typed) {
    at("lines").value = faults.join("\n");
  }
  if (!simple) {
    at("list").querySelector("details").open = true;
  }
}

// Licenses

function makeLicenses(licenses) {
  at("licenses").replaceChildren(
    ...licenses.map(({ name, about }, place) => {
      const on = make("input", { type: "checkbox" });
      const from = make("input", { type: "date" });
      const to = make("input", { type: "date" });
      on.addEventListener("change", sendLicenses);
      // While a year is typed, each of its digits makes a date.
      let pause = 0;
      for (const date of [from, to]) {
        date.addEventListener("change", () => {
          clearTimeout(pause);
          pause = setTimeout(sendLicenses, 600);
        });
      }
      const box = make(
        "div",
        { className: "license" },
        make("label", {}, on, make("strong", {}, name)),
        make("p", {}, about),
        make("div", { className: "pair" }, make("label", {}, "Valid from ", from), make("label", {}, "to ", to)),
      );
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", name);
      box.dataset.license = place;
      return box;
    }),
  );
}

function sendLicenses() {
  const licenses = [...at("licenses").children].map((box, license) => {
    const [on, from, to] = box.querySelectorAll("input");
    // An empty date is the file's.
    return { license, on: on.checked, valid_from: from.value || null, valid_to: to.value || null };
  });
  set({ licenses });
}

function showLicenses(licenses) {
  for (const { license, on, valid_from, valid_to } of licenses) {
    const [onBox, from, to] = at("licenses").children[license].querySelectorAll("input");
    onBox.checked = on;
    for (const [input, date] of [[from, valid_from], [to, valid_to]]) {
      // Not under the fingers of who is typing.
      if (document.activeElement !== input || input.value === "") {
        input.value = date;
      }
    }
  }
}

function showSwitches() {
  showFaults(switches.faults);
  showLicenses(switches.licenses);
}

// Requests

const mark = (kind, text) => make("span", { className: `mark ${kind}` }, text);

/** What has come of a request, as a mark. */
function end(request) {
  switch (request.progress) {
    case "answered":
      return mark(request.status < 300 && request.answer?.startsWith("{\"status\":true") ? "good" : "bad", String(request.status));
    case "broken":
      return mark("bad", "connection broken");
    case "gone":
      return mark("bad", "client gave up");
    default:
      return mark("wait", "waiting");
  }
}

/** The verdicts of a request, or what it asked for. */
function verdicts({ operation, allowed, denied, consumers, licenses, progress }) {
  if (allowed + denied > 0) {
    return [allowed > 0 ? mark("good", `✓ ${allowed} allowed`) : null, denied > 0 ? mark("bad", `✗ ${denied} denied`) : null];
  }
  if (operation === "check") {
    return [make("span", { className: "quiet" }, consumers === 1 ? "1 component" : `${consumers} components`)];
  }
  const listed = operation === "list" && progress === "answered" && licenses.length > 0;
  return [listed ? make("span", { className: "quiet" }, licenses.length === 1 ? "1 license" : `${licenses.length} licenses`) : null];
}

function summary(request) {
  const asked = request.operation ?? `${request.method} ${request.path}`;
  const time = make("time", { dateTime: request.time }, new Date(request.time).toLocaleTimeString());
  const took = request.took_ms === null ? null : make("span", { className: "quiet" }, `${request.took_ms} ms`);
  const faults = request.faults.map((fault) => make("code", { className: "mark wait" }, fault));
  return [time, make("strong", {}, asked), ...verdicts(request), make("span", { className: "end" }, ...faults, end(request), took)];
}

function componentRow({ component_id, consumer_id, version, schema, built, allowed, reason }) {
  const details = [version, schema, built === "" ? "" : `built ${built}`].filter((text) => text !== "").join(", ");
  const verdict = allowed === null ? mark("", "no verdict") : mark(allowed ? "good" : "bad", allowed ? "✓ allowed" : "✗ denied");
  return make(
    "tr",
    {},
    make("td", {}, make("code", {}, component_id)),
    make("td", {}, consumer_id, make("div", { className: "quiet" }, details)),
    make("td", {}, verdict),
    make("td", {}, reason ?? ""),
  );
}

function inside(request) {
  const parts = [];
  if (request.components.length > 0) {
    const titles = ["Component", "Consumer", "Verdict", "Reason"].map((title) => make("th", { scope: "col" }, title));
    const body = make("tbody", {}, ...request.components.map(componentRow));
    parts.push(make("table", {}, make("thead", {}, make("tr", {}, ...titles)), body));
  }
  const more = request.consumers - request.components.length;
  if (more > 0) {
    parts.push(make("p", { className: "quiet" }, `and ${more} more`));
  }
  const facts = [["Request", `${request.method} ${request.path}`]];
  if (request.faults.length > 0) {
    facts.push(["Faults", request.faults.join(", ")]);
  }
  if (request.licenses.length > 0) {
    facts.push(["Licenses", request.licenses.join("; ")]);
  }
  if (request.answer !== null) {
    facts.push(["Answer", make("pre", { tabIndex: 0 }, request.answer)]);
  }
  parts.push(make("dl", {}, ...facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])));
  return parts;
}

function makeRow(request) {
  const row = make("details", {}, make("summary", {}), make("div", { className: "inside" }));
  // The inside of a closed row is not made: there may be hundreds.
  row.addEventListener("toggle", () => fill(row));
  const item = make("li", {}, row);
  item.dataset.request = request.id;
  return item;
}

function fill(row) {
  row.lastElementChild.replaceChildren(...(row.open ? inside(row.request) : []));
}

function showRequest(request) {
  let item = at("rows").querySelector(`[data-request="${Number(request.id)}"]`);
  if (item === null) {
    item = makeRow(request);
    at("rows").prepend(item);
    while (at("rows").children.length > ROWS) {
      at("rows").lastElementChild.remove();
    }
  }
  const row = item.firstElementChild;
  row.request = request;
  row.firstElementChild.replaceChildren(...summary(request).filter((part) => part !== null));
  fill(row);
  showCount();
}

function showCount() {
  const count = at("rows").children.length;
  at("count").textContent = count === 0 ? "" : `(${count === ROWS ? `the last ${ROWS}` : count})`;
  at("empty").hidden = count > 0;
}

function announce({ operation, progress, status, allowed, denied }) {
  const ended = { answered: `answered with ${status}`, broken: "connection broken", gone: "client gave up" }[progress];
  if (ended !== undefined) {
    const given = allowed + denied > 0 ? `, ${allowed} allowed, ${denied} denied` : "";
    at("news").textContent = `${operation ?? "Request"}: ${ended}${given}`;
  }
}

// Events

function connect() {
  const events = new EventSource("events");
  const on = (name, act) => events.addEventListener(name, (event) => act(JSON.parse(event.data)));
  on("state", (state) => {
    // Only once: what has the keyboard's focus must not be made anew.
    if (at("scenes").children.length === 0) {
      at("server").textContent = state.server;
      makeScenes(state.scenes);
      makeLicenses(state.licenses);
    }
    switched(state);
    at("rows").replaceChildren();
    state.requests.forEach(showRequest);
    showCount();
    connected(true);
  });
  on("switches", switched);
  on("request", (request) => {
    showRequest(request);
    announce(request);
  });
  events.addEventListener("error", () => connected(false));
}

function switched(state) {
  switches = state.switches;
  showScene(state.scene);
  showSwitches();
}

function connected(live) {
  at("connection").textContent = live ? "Live" : "No connection. Has the stand-in been stopped?";
  at("connection").classList.toggle("live", live);
}

makeAnswers();
at("clear").addEventListener("click", () => post("clear"));
at("copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText(at("server").textContent);
  at("copy").textContent = "Copied";
  setTimeout(() => (at("copy").textContent = "Copy"), 1500);
});
connect();

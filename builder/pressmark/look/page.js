'use strict';
// Follows the address: #a=ARTICLE&s=ITEM, #s=SPEAKER, #s=RELATION. All strings of records on the page are pressmark's.
(() => {
const {entries, values} = Object;
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const one = (selector, from = document) => from.querySelector(selector);
const byId = address => document.getElementById(address);
const el = (tag, words = '', kind = '') => Object.assign(document.createElement(tag), {textContent: words, className: kind});
const press = (words, kind, onclick) => Object.assign(el('button', words, kind), {type: 'button', onclick});
const texts = function* (node) { for (const walker = document.createTreeWalker(node, 4); walker.nextNode();) yield walker.currentNode };
const see = (node, block) => node?.scrollIntoView({block});
const when = (node, event, act) => node?.addEventListener(event, act);
const root = document.documentElement, sheet = byId('sheet'), found = byId('found'), wide = matchMedia('(min-width: 64rem)');
const data = JSON.parse(byId('data').textContent), people = new Map(data.people);
const articles = data.articles.map(([id, ...sides]) => ({id, sides, at: byId('a=' + id)}));
const named = new Map(articles.map(article => [article.id, article]));
const address = (article, name) => `a=${article.id}&s=${name}`;
root.classList.add('js');

function card(article, name) {
  article.cards ||= new Map(all('.n', article.at).map(link => [link.textContent, link.closest('li')]));
  return article.cards.get(name);
}
// The pieces of a text. Offsets count code points.
function pieces(text) {
  if (text.cut) return text.cut;
  const cut = [];
  let at = 0;
  for (const node of texts(text)) {
    const piece = node.parentNode.closest('i'), end = at + [...node.data].length;
    if (piece && cut.at(-1)?.piece === piece) cut.at(-1).end = end;
    else if (piece) cut.push({piece, start: at, end});
    at = end;
  }
  text.starts = new Map(cut.map((each, i) => [each.start, i]));
  return text.cut = cut;
}
function mark(article, name, style) {
  let first;
  all('.text', article.at).forEach((text, n) => {
    const cut = pieces(text);
    if (!n || name[0] === 'd') for (const [role, spans] of entries(article.sides[n][name] || {})) for (let i = 0; i < spans.length; i += 2)
      for (let k = text.starts.get(spans[i]); k < cut.length && cut[k].start < spans[i + 1]; k++) {
        cut[k].piece.classList.add(style, 'r' + role);
        first ||= cut[k].piece;
      }
  });
  return first;
}
function unmark(style) {
  for (const piece of all('.' + style)) piece.classList.remove(style, 'rm', 'rc', 'rs', 'rk', 'rd', 'rw');
}
// The items at a piece: by kind, then the shortest first.
function itemsAt(piece) {
  const text = piece.closest('.text'), article = named.get(piece.closest('article').id.slice(2)), hits = [];
  const at = pieces(text).find(each => each.piece === piece).start, n = all('.text', article.at).indexOf(text);
  for (const [name, roles] of entries(article.sides[n])) {
    let size = 0, here = false;
    for (const spans of values(roles)) spans.forEach((start, i) => {
      if (i % 2) return;
      size += spans[i + 1] - start;
      here ||= start <= at && at < spans[i + 1];
    });
    if (here && (!n || name[0] === 'd')) hits.push(['mdqec'.indexOf(name[0]), size, name]);
  }
  return [article, hits.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(hit => hit[2])];
}

function show() {
  const whole = location.hash.slice(1), part = name => whole.split('&').find(each => each.startsWith(name + '='))?.slice(2);
  const article = named.get(part('a')), name = part('s');
  unmark('on');
  unmark('hov');
  for (const each of all('.cur, .side')) each.classList.remove('cur', 'side');
  for (const link of all('[aria-current]')) link.removeAttribute('aria-current');
  root.classList.remove('pair');
  sheet.hidden = true;
  const entry = all('nav a').find(link => link.hash === location.hash && !link.closest('.refs'));
  entry?.setAttribute('aria-current', 'true');
  for (const each of articles) each.at.hidden = false;
  if (article && name) select(article, name);
  else if (article) article.at.scrollIntoView();
  if (people.has(whole)) person(whole, entry);
  else if (!article && data.relations[name]) pair(name);
}
function current(article, name) {
  const item = card(article, name), details = item?.closest('details');
  if (!item) return;
  if (details) details.open = true;
  item.classList.add('cur');
  rove(item);
  if (item.matches('.q, .c') && !one('.copy', item)) item.append(copier(item, article, name));
  return item;
}
function select(article, name) {
  const item = current(article, name), piece = mark(article, name, 'on');
  if (item && wide.matches && name[0] !== 'd') see(item, 'nearest');
  else if (item) open(list([copied(item, article, name)]));
  see(piece, wide.matches ? 'center' : 'start');
}
function pair(name) {
  const [n, claim, m, other] = data.relations[name];
  root.classList.add('pair');
  const item = all('#relations .n').find(link => link.hash === location.hash).closest('li');
  item.classList.add('cur');
  for (const [article, which] of [[articles[n], claim], [articles[m], other]]) {
    article.at.classList.add('side');
    current(article, which);
    see(mark(article, which, 'on'), 'center');
  }
  see(item, 'center');
}

function person(key, link) {
  const head = el('h2'), parts = [head], group = one('.refs > span', link.parentNode);
  head.append(...copies(link));
  if (group) parts.push(group.cloneNode(true));
  const kinds = {'In their own words': [], 'Reported': [], 'Thought': []};
  for (const [n, name, how] of people.get(key)) {
    const item = card(articles[n], name), kind = item.classList;
    kinds[kind.contains('thought') ? 'Thought' : kind.contains('indirect') ? 'Reported' : 'In their own words']
      .push(copied(item, articles[n], name, ['', 'said as one of a group', 'passed on'][how]));
  }
  for (const [title, items] of entries(kinds))
    if (items.length) parts.push(el('h3', `${title} (${items.length})`), list(items));
  open(...parts);
}
function list(items) {
  const made = el('ol');
  made.append(...items);
  return made;
}
const origin = article => one('.origin', article.at).cloneNode(true);
const copies = node => [...node.childNodes].map(each => each.cloneNode(true));
function copied(item, article, name, how) {
  const copy = item.cloneNode(true), where = el('p', '', 'cite'), link = el('a');
  for (const each of all('a', copy)) each.removeAttribute('tabindex');
  one('.copy', copy)?.remove();
  copy.classList.remove('cur');
  copy.hidden = false;
  link.href = '#' + address(article, name);
  link.append(...copies(one('h2', article.at)));
  where.append(link, ', ', origin(article));
  if (how) copy.prepend(el('p', how, 'how'));
  copy.append(where);
  if (copy.matches('.q, .c')) copy.append(copier(item, article, name));
  return copy;
}
function copier(item, article, name) {
  const button = press('Copy as citation', 'copy', async () => {
    const said = item.cloneNode(true), places = article.sides[0][name].c;
    for (const each of all('.n, .copy, .rel', said)) each.remove();
    const parts = copies(said).map(each => each.textContent.trim()).filter(Boolean).join(' ');
    const ranges = places.filter((_, i) => i % 2 === 0).map((start, i) => `${start}–${places[2 * i + 1]}`).join(', ');
    const text = `${parts} — ${one('h2', article.at).textContent}, ${origin(article).textContent}. ` +
      `${article.id}, ${name}, code points ${ranges}. ${one('.by b', article.at).textContent}. ${location.href.split('#')[0]}#${address(article, name)}`;
    try { await navigator.clipboard.writeText(text); } catch {
      const box = el('textarea');
      box.value = text;
      button.after(box);
      box.select();
      document.execCommand('copy');
      box.remove();
    }
    found.textContent = button.textContent = 'Citation copied';
  });
  return button;
}
let opener;
function open(...parts) {
  sheet.replaceChildren(press('Close', 'close', close), ...parts);
  sheet.hidden = false;
  sheet.scrollTop = 0;
}
function close() {
  history.pushState(null, '', '#');
  show();
  opener?.focus();
}

// One tab stop for each list.
const LISTS = 'nav ol, .notes ol, #relations ol';
function rove(item) {
  for (const link of all('[tabindex="0"]', item.closest('ol'))) link.tabIndex = -1;
  for (const link of all('a', item)) link.tabIndex = 0;
}
for (const link of all('a.n, a.to')) link.href = '#' + (link.id || `${link.closest('article').id}&s=${link.textContent}`);
for (const each of all('a.n, nav li')) each.removeAttribute('id');  // the script goes there, not the browser
for (const list of all(LISTS)) {
  for (const link of all('a', list)) link.tabIndex = -1;
  rove(list.firstElementChild);
}
when(document, 'keydown', event => {
  const item = event.target.closest('li'), list = item?.closest(LISTS);
  const step = {ArrowDown: 1, ArrowUp: -1, Home: -1e9, End: 1e9}[event.key];
  if (event.key === 'Escape' && location.hash.length > 1) close();
  if (!list || !step) return;
  const items = [...list.children].filter(each => !each.hidden);
  const next = items[Math.max(0, Math.min(items.length - 1, items.indexOf(item) + step))], link = one('a', next);
  event.preventDefault();
  rove(next);
  if (list.closest('.notes')) {
    history.replaceState(null, '', link.hash);
    show();
  }
  link.focus({preventScroll: true});
  see(next, 'nearest');
});
when(document, 'click', event => {
  const link = event.target.closest('a'), piece = event.target.closest('.text i');
  if (link) {
    opener = link;
    if (link.hash && link.hash === location.hash) show();
  }
  if (!piece || !getSelection().isCollapsed) return;
  const [article, items] = itemsAt(piece), now = items.findIndex(name => '#' + address(article, name) === location.hash);
  if (items.length) location.hash = address(article, items[(now + 1) % items.length]);
});
when(document, 'mouseover', event => {
  const piece = event.target.closest?.('.text i');
  if (one('.hov')) unmark('hov');
  if (!piece || one('.on', piece.closest('.text'))) return;
  const [article, items] = itemsAt(piece), quote = items.find(name => name[0] === 'q');
  if (quote) mark(article, quote, 'hov');
});

// Search and filters.
const form = one('form'), fields = ['find', 'speaker', 'act', 'status', 'label'].map(id => byId(id));
let ranges = [], turn = 0, waiting;
function filter() {
  const [words, speaker, act, status, label] = fields.map(field => field.value.trim().toLowerCase()), key = fields[1].value;
  const said = speaker && new Set(people.get(key).map(([n, name]) => n + name)), about = speaker || act || status;
  let quotes = 0, shown = 0;
  ranges = [];
  unmark('hit');
  articles.forEach((article, n) => {
    let kept = 0;
    for (const item of all('.q, .c', article.at)) {
      const kind = item.classList, name = one('.n', item).textContent;
      item.hidden = !!((words && !item.textContent.toLowerCase().includes(words)) || (about && !kind.contains('q')) ||
        (said && !said.has(n + name)) || (act && !kind.contains(act)) || (status && !kind.contains(status)));
      kept += !item.hidden && kind.contains('q');
    }
    const hits = words ? search(article, words) : 0, named = label ? all('.e.' + label.toUpperCase(), article.at) : [];
    for (const item of named) mark(article, one('.n', item).textContent, 'hit');
    article.at.hidden = !!((about && !kept) || (words && !hits && !kept) || (label && !named.length));
    shown += !article.at.hidden;
    quotes += article.at.hidden ? 0 : kept;
  });
  paint('found', ranges);
  found.textContent = words || about || label ? `quotes: ${quotes}, articles: ${shown}${words ? ', places: ' + ranges.length : ''}` : '';
}
function range(from, start, to, end) {
  const made = new Range();
  made.setStart(from, start);
  made.setEnd(to, end);
  return made;
}
const paint = (name, ranges) => globalThis.Highlight && CSS.highlights.set(name, new Highlight(...ranges));
function search(article, words) {
  const before = ranges.length;
  for (const text of all('.text', article.at)) {
    const nodes = [], whole = text.textContent, lower = whole.toLowerCase();
    const used = lower.length === whole.length ? lower : whole;
    let length = 0;
    for (const node of texts(text)) length = nodes.push([length, node]) && length + node.data.length;
    const spot = at => { const [start, node] = nodes.findLast(each => each[0] <= at); return [node, at - start]; };
    for (let at = used.indexOf(words); at >= 0; at = used.indexOf(words, at + words.length)) {
      const [node, last] = spot(at + words.length - 1);
      ranges.push(range(...spot(at), node, last + 1));
    }
  }
  return ranges.length - before;
}
when(form, 'submit', event => {
  event.preventDefault();
  if (ranges.length) see(ranges[turn++ % ranges.length].startContainer.parentNode, 'center');
});
when(form, 'input', event => {
  if (!fields.includes(event.target)) return;
  turn = 0;
  clearTimeout(waiting);
  waiting = setTimeout(filter, 120);
});
when(form, 'reset', () => setTimeout(filter));

// Boundaries: brackets with ids and offsets, and white space.
when(byId('bounds'), 'change', event => {
  const spaces = [];
  root.classList.toggle('bounds', event.target.checked);
  if (event.target.checked) for (const article of articles) all('.text', article.at).forEach((text, n) => {
    bounds(text, article.sides[n]);
    for (const node of texts(text)) for (const {index} of node.data.matchAll(/[^\S\n]/g)) spaces.push(range(node, index, node, index + 1));
  });
  paint('spaces', spaces);
});
function bounds(text, items) {
  const opens = {}, closes = {}, roles = {s: ' source', k: ' cue', d: ' addressee'};
  for (const [name, lists] of entries(items)) for (const [role, spans] of entries(lists)) spans.forEach((at, i) => {
    const size = spans[i ^ 1] - at;
    ((i % 2 ? closes : opens)[at] ||= []).push([size, name + (roles[role] || '')]);
  });
  const ids = list => (list || []).sort((a, b) => b[0] - a[0]).map(each => each[1]);
  for (const {piece, start, end} of pieces(text)) {
    if (opens[start]) piece.dataset.o = `${start}[${ids(opens[start]).join('[')} `;
    if (closes[end]) piece.dataset.x = ids(closes[end]).map(name => `]${name} `).join('') + end;
  }
}

// Differences, one after the other.
const steps = articles.flatMap(each => Object.keys(each.sides[0]).filter(name => name[0] === 'd').map(name => address(each, name)));
for (const [id, step] of [['before', -1], ['after', 1]]) when(byId(id), 'click', () => {
  const now = steps.indexOf(location.hash.slice(1)), next = (now < 0 ? Math.min(step, 0) : now + step) + steps.length;
  location.hash = steps[next % steps.length];
  found.textContent = `difference ${next % steps.length + 1} of ${steps.length}`;
});

if (!matchMedia('(min-width: 82rem)').matches) for (const list of all('nav details')) list.open = false;
addEventListener('hashchange', show);
if (location.hash) show();
})();

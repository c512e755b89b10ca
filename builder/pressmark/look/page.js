'use strict';
// Follows the address: #a=ARTICLE&s=ITEM selects a quote, claim, name, message or difference; #s=SPEAKER shows a person's words;
// #s=RELATION shows two articles side by side. Every string on the page was written by pressmark; this only moves what is there.
(() => {
const one = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const root = document.documentElement, sheet = one('#sheet'), found = one('#found');
const data = JSON.parse(one('#data').textContent);
const people = new Map(data.people);
const articles = data.articles.map(([id, ...sides]) => ({id, sides, at: document.getElementById('a=' + id)}));
const byId = new Map(articles.map(article => [article.id, article]));
const el = (tag, words, kind) => Object.assign(document.createElement(tag), {textContent: words, className: kind || ''});
root.classList.add('js');

// Offsets count code points, as the records do; JavaScript's strings count UTF-16 units.
const points = text => [...text].length;
function pieces(text) {
  if (text.cut) return text.cut;
  const cut = [], walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let at = 0;
  while (walker.nextNode()) {
    const piece = walker.currentNode.parentNode.closest('i'), end = at + points(walker.currentNode.data);
    if (piece && cut.at(-1)?.piece === piece) cut.at(-1).end = end;
    else if (piece) cut.push({piece, start: at, end});
    at = end;
  }
  text.places = new Map(cut.map((each, i) => [each.start, i]));
  text.byPiece = new Map(cut.map(each => [each.piece, each]));
  return text.cut = cut;
}
function* covered(text, spans) {
  const cut = pieces(text);
  for (let i = 0; i < spans.length; i += 2)
    for (let n = text.places.get(spans[i]); n < cut.length && cut[n].start < spans[i + 1]; n++) yield cut[n].piece;
}
function mark(article, name, style) {
  let first;
  all('.text', article.at).forEach((text, n) => {
    for (const [role, spans] of Object.entries(article.sides[n][name] || {}))
      for (const piece of covered(text, spans)) { piece.classList.add(style, 'r' + role); if (role === 'c' || !first) first = first && role === 'c' && first.matches('.rc') ? first : piece; }
  });
  return first;
}
function unmark(style) {
  for (const piece of all('.' + style)) piece.classList.remove(style, 'rm', 'rc', 'rs', 'rk', 'rd', 'rw');
}
// The items at a place: quotes before claims before names, the shortest first.
function itemsAt(article, n, at) {
  const hits = [];
  for (const [name, roles] of Object.entries(article.sides[n])) {
    let size = 0, here = false;
    for (const spans of Object.values(roles))
      for (let i = 0; i < spans.length; i += 2) { size += spans[i + 1] - spans[i]; here ||= spans[i] <= at && at < spans[i + 1]; }
    if (here && one_card(article, name)) hits.push([ 'mdqec'.indexOf(name[0]), size, name]);
  }
  return hits.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(hit => hit[2]);
}
const address = (article, name) => `a=${article.id}&s=${name}`;
const one_card = (article, name) => document.getElementById(address(article, name))?.closest('li');

function read() {
  const part = name => location.hash.slice(1).split('&').find(each => each.startsWith(name + '='))?.slice(2);
  const decoded = text => { try { return decodeURIComponent(text) } catch { return text } };
  return {a: part('a'), s: part('s'), decoded};
}
function show() {
  const {a, s} = read();
  unmark('on'); unmark('hov');
  for (const card of all('li.cur')) card.classList.remove('cur');
  for (const link of all('[aria-current]')) link.removeAttribute('aria-current');
  root.classList.remove('pair');
  for (const side of all('.side')) side.classList.remove('side');
  close(false);
  const article = byId.get(a);
  if (article) article.at.hidden = false;
  const whole = location.hash.slice(1);
  if (people.has(whole)) person(whole);
  if (article && s) select(article, s);
  else if (article) article.at.scrollIntoView();
  else if (data.relations[s]) pair(s);
  for (const link of all(`nav a[href="${CSS.escape ? '#' + whole.replace(/["\\]/g, '') : ''}"]`)) link.setAttribute('aria-current', 'true');
}
function current(article, name) {
  const card = one_card(article, name);
  if (!card) return;
  const details = card.closest('details');
  if (details) details.open = true;
  card.classList.add('cur');
  rove(card);
  if (!one('.copy', card) && card.matches('.q, .c')) card.append(copier(card, article, name));
  return card;
}
function select(article, name) {
  const card = current(article, name), piece = mark(article, name, 'on');
  if (card && sheet.hidden && innerWidth < 1024) open(copied(card, article, name));
  if (card && innerWidth >= 1024) card.scrollIntoView({block: 'nearest'});
  if (piece) piece.scrollIntoView({block: innerWidth < 1024 ? 'start' : 'center'});
}
function pair(name) {
  const [n, one_claim, m, other] = data.relations[name];
  const link = document.getElementById('s=' + name);
  root.classList.add('pair');
  link.closest('li').classList.add('cur');
  for (const [k, claim] of [[n, one_claim], [m, other]]) {
    articles[k].at.hidden = false;
    articles[k].at.classList.add('side');
    current(articles[k], claim);
    mark(articles[k], claim, 'on');
  }
  scrollTo(0, 0);
}

// A person's words in all articles.
function person(key) {
  const link = all('nav a').find(each => each.getAttribute('href') === '#' + key);
  const head = el('h2', ''), parts = [head];
  head.append(...[...link.childNodes].map(node => node.cloneNode(true)));
  const group = one('.refs > span', link.parentNode);
  if (group) parts.push(group.cloneNode(true));
  const kinds = {'In their own words': [], 'Reported': [], 'Thought': []};
  for (const [n, name, how] of people.get(key)) {
    const card = one_card(articles[n], name);
    if (!card) continue;
    const facts = one('small', card).textContent;
    kinds[facts.includes(' thought') || / thought/.test(' ' + facts.split(' · ')[0]) ? 'Thought' : facts.includes('verbatim') ? 'In their own words' : 'Reported']
      .push(copied(card, articles[n], name, ['', 'said as one of a group', 'passed on'][how]));
  }
  for (const [title, cards] of Object.entries(kinds)) {
    if (!cards.length) continue;
    const list = el('ol', '');
    list.append(...cards);
    parts.push(el('h3', `${title} (${cards.length})`), list);
  }
  open(...parts);
}
function copied(card, article, name, how) {
  const copy = card.cloneNode(true);
  for (const each of [copy, ...all('[id]', copy)]) each.removeAttribute('id');
  for (const each of all('[tabindex]', copy)) each.removeAttribute('tabindex');
  copy.classList.remove('cur');
  copy.hidden = false;
  one('.copy', copy)?.remove();
  const where = el('p', '', 'cite'), link = el('a', '');
  link.href = '#' + address(article, name);
  link.append(...[...one('h2', article.at).childNodes].map(node => node.cloneNode(true)));
  where.append(link, ' · ', ...[...one('.cite', article.at).childNodes].map(node => node.cloneNode(true)));
  if (how) copy.prepend(el('p', how, 'how'));
  copy.append(where);
  if (copy.matches('.q, .c')) copy.append(copier(card, article, name));
  return copy;
}
function copier(card, article, name) {
  const button = el('button', 'Copy as citation', 'copy');
  button.type = 'button';
  button.onclick = async () => {
    const said = card.cloneNode(true);
    for (const each of all('.n, .copy, .rel', said)) each.remove();
    const place = Object.values(article.sides[0][name].c).join('–').replace(/–(\d+)–/g, '–$1, ');
    const words = [...all(':scope > *', said)].map(each => each.textContent.trim()).join(' ');
    const who = said.firstChild?.nodeType === 3 ? said.firstChild.data.trim() : '';
    const text = `${who} ${words} — ${one('h2', article.at).textContent}, ${one('.cite', article.at).textContent}. ` +
      `${article.id}, ${name}, code points ${place}. ${one('.by', article.at).textContent}. ${location.href.split('#')[0]}#${address(article, name)}`;
    try { await navigator.clipboard.writeText(text.trim()) } catch {
      const box = el('textarea', '');
      box.value = text.trim();
      document.body.append(box); box.select(); document.execCommand('copy'); box.remove();
    }
    button.textContent = 'Copied';
    found.textContent = 'Citation copied';
  };
  return button;
}
function open(...parts) {
  const button = el('button', 'Close', 'close');
  button.type = 'button';
  button.onclick = () => close(true);
  sheet.replaceChildren(button, ...parts);
  sheet.hidden = false;
  sheet.scrollTop = 0;
}
let opener;
function close(back) {
  sheet.hidden = true;
  if (back) { history.pushState(null, '', location.pathname + location.search + '#'); show(); opener?.focus(); }
}

// One tab stop for each list: the arrows move in it.
const ROVING = 'nav ol, .notes ol, #relations ol';
function rove(card) {
  const list = card.closest('ol');
  for (const link of all('[tabindex="0"]', list)) link.tabIndex = -1;
  const first = one('a', card);
  if (first) first.tabIndex = 0;
  for (const link of all('a:not(.n)', card)) link.tabIndex = 0;
}
for (const link of all('a.n')) link.href = '#' + link.id;
for (const list of all(ROVING)) {
  for (const link of all('a', list)) link.tabIndex = -1;
  if (list.firstElementChild) rove(list.firstElementChild);
}
document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && !sheet.hidden) close(true);
  const item = event.target.closest?.('li'), list = item?.closest(ROVING);
  const step = {ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity}[event.key];
  if (!list || !step) return;
  const items = [...list.children].filter(each => !each.hidden);
  const next = items[Math.max(0, Math.min(items.length - 1, items.indexOf(item) + step))];
  event.preventDefault();
  rove(next);
  one('a', next).focus({preventScroll: true});
  if (list.closest('.notes')) { history.replaceState(null, '', one('a', next).hash); show(); one('a', next).focus({preventScroll: true}); }
  next.scrollIntoView({block: 'nearest'});
});
document.addEventListener('click', event => {
  const link = event.target.closest('a');
  if (link) { opener = link; if (link.hash && link.hash === location.hash) show(); return; }
  const piece = event.target.closest('.text i'), text = piece?.closest('.text');
  if (!piece || !getSelection().isCollapsed) return;
  const article = byId.get(piece.closest('article').id.slice(2)), n = all('.text', article.at).indexOf(text);
  pieces(text);
  const items = itemsAt(article, n, text.byPiece.get(piece).start), {a, s} = read();
  if (!items.length) return;
  location.hash = address(article, items[a === article.id ? (items.indexOf(s) + 1) % items.length : 0]);
});
document.addEventListener('mouseover', event => {
  const piece = event.target.closest?.('.text i'), text = piece?.closest('.text');
  unmark_hover();
  if (!piece) return;
  const article = byId.get(piece.closest('article').id.slice(2)), n = all('.text', article.at).indexOf(text);
  pieces(text);
  const quote = itemsAt(article, n, text.byPiece.get(piece).start).find(name => name[0] === 'q');
  if (quote && !one('.on', text)) mark(article, quote, 'hov');
});
function unmark_hover() { if (one('.hov')) unmark('hov') }

// Search and filters.
const fields = {find: one('#find'), speaker: one('#speaker'), act: one('#act'), status: one('#status'), label: one('#label')};
function filter() {
  const want = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value.trim()]));
  const words = want.find.toLowerCase(), of = want.speaker && new Set(people.get(want.speaker).map(([n, name]) => n + name));
  const about = want.speaker || want.act || want.status, ranges = [];
  let quotes = 0, shown = 0;
  unmark('hit');
  for (const [n, article] of articles.entries()) {
    let cards = 0;
    for (const card of all('.q, .c', article.at)) {
      const name = one('.n', card).textContent, isQuote = card.matches('.q');
      card.hidden = !((!words || card.textContent.toLowerCase().includes(words)) && (!about || isQuote) &&
        (!of || of.has(n + name)) && (!want.act || card.matches('.' + want.act)) && (!want.status || card.matches('.' + want.status)));
      if (!card.hidden && isQuote) cards++;
    }
    const hits = words ? search(article, words, ranges) : 0;
    const labelled = want.label ? all('.e.' + want.label, article.at) : [];
    for (const item of labelled) mark(article, one('.n', item).textContent, 'hit');
    article.at.hidden = Boolean((about && !cards) || (words && !hits && !cards) || (want.label && !labelled.length));
    if (!article.at.hidden) { shown++; quotes += cards }
  }
  globalThis.Highlight && CSS.highlights.set('found', new Highlight(...ranges));
  fields.find.ranges = ranges;
  const active = about || words || want.label;
  const number = (count, name) => `${count} ${name}${count === 1 ? '' : 's'}`;
  found.textContent = active ? `${number(quotes, 'quote')} in ${number(shown, 'article')}${words ? `, ${number(ranges.length, 'place')}` : ''}` : '';
}
function search(article, words, ranges) {
  let hits = 0;
  for (const text of all('.text', article.at)) {
    const nodes = [], walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let whole = '';
    while (walker.nextNode()) { nodes.push([whole.length, walker.currentNode]); whole += walker.currentNode.data; }
    const lower = whole.toLowerCase(), used = lower.length === whole.length ? lower : whole;
    const spot = at => { const [start, node] = nodes.findLast(([start]) => start <= at); return [node, at - start]; };
    for (let at = used.indexOf(words); at >= 0; at = used.indexOf(words, at + words.length)) {
      hits++;
      const range = new Range();
      range.setStart(...spot(at));
      const [node, offset] = spot(at + words.length - 1);
      range.setEnd(node, offset + 1);
      ranges.push(range);
    }
  }
  return hits;
}
let waiting, turn = 0;
one('form').addEventListener('submit', event => {
  event.preventDefault();
  const ranges = fields.find.ranges || [];
  if (ranges.length) ranges[turn++ % ranges.length].startContainer.parentNode.scrollIntoView({block: 'center'});
});
one('form').addEventListener('input', event => {
  if (event.target.closest('fieldset') && event.target.type === 'checkbox') return;
  turn = 0; clearTimeout(waiting); waiting = setTimeout(filter, 120);
});
one('form').addEventListener('reset', () => setTimeout(filter));

// Boundaries: brackets with ids and offsets, and white space.
one('#bounds').addEventListener('change', event => {
  root.classList.toggle('bounds', event.target.checked);
  const spaces = [];
  if (event.target.checked) for (const article of articles) all('.text', article.at).forEach((text, n) => {
    bounds(text, article.sides[n]);
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) for (const {index, 0: white} of walker.currentNode.data.matchAll(/[^\S\n]/g)) {
      const range = new Range();
      range.setStart(walker.currentNode, index); range.setEnd(walker.currentNode, index + white.length);
      spaces.push(range);
    }
  });
  globalThis.Highlight && CSS.highlights.set('spaces', new Highlight(...spaces));
});
function bounds(text, items) {
  if (text.bounded) return;
  text.bounded = true;
  const cut = pieces(text), opens = new Map(), closes = new Map();
  const roles = {m: '', c: '', s: ' source', k: ' cue', d: ' addressee', w: ''};
  for (const [name, lists] of Object.entries(items)) for (const [role, spans] of Object.entries(lists))
    for (let i = 0; i < spans.length; i += 2) {
      const size = spans[i + 1] - spans[i];
      opens.set(spans[i], [...opens.get(spans[i]) || [], [-size, name + roles[role]]]);
      closes.set(spans[i + 1], [...closes.get(spans[i + 1]) || [], [size, name + roles[role]]]);
    }
  const listed = (map, at) => (map.get(at) || []).sort((a, b) => a[0] - b[0]).map(each => each[1]);
  for (const {piece, start, end} of cut) {
    const before = listed(opens, start), after = listed(closes, end);
    if (before.length) piece.dataset.o = `${start}[${before.join('[')} `;
    if (after.length) piece.dataset.x = after.map(name => `]${name}`).join('') + end;
  }
}

// Differences, one after the other.
const differences = articles.flatMap(article => Object.keys(article.sides[0]).filter(name => name[0] === 'd').map(name => address(article, name)));
for (const [id, step] of [['before', -1], ['after', 1]]) one('#' + id)?.addEventListener('click', () => {
  const at = differences.indexOf(location.hash.slice(1)), next = at < 0 ? (step > 0 ? 0 : differences.length - 1) : at + step;
  location.hash = differences[(next + differences.length) % differences.length];
  found.textContent = `difference ${((next + differences.length) % differences.length) + 1} of ${differences.length}`;
});

if (innerWidth < 1312) for (const list of all('nav details')) list.open = false;
addEventListener('hashchange', show);
if (location.hash) show();
})();

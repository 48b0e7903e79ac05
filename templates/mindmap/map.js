// The first half of the page's script: the tree, its layout, the view, folds and the address; use.js goes on in the same scope.
(() => {
'use strict';
// The map in the page: nodes in reading order, each with its place in the drawing and its parent.
const $ = (id) => document.getElementById(id);
const make = (name, attributes = {}) => {
const element = document.createElementNS('http://www.w3.org/2000/svg', name);
for (const key in attributes) element.setAttribute(key, attributes[key]);
return element;
};
const given = JSON.parse($('data').textContent);
const pane = $('map');
// A narrow screen shows the map as an outline, which needs no more width than its widest entry.
const narrow = pane.clientWidth < 600 && (given.layout === 'two-sided' || given.layout === 'right');
const layout = narrow ? 'outline' : given.layout;
const hanging = layout === 'down' || layout === 'outline';
const start = narrow ? 1 : given.level;
const svg = pane.querySelector('svg');
const nodes = given.nodes.map(([key, parent, x, y, w, h, side, depth, width, id, lift]) => ({
key, x, y, w, h, side, depth, width, id, lift,
ox: x, oy: y, parent: null, at: parent, below: [], folded: false, shown: true,
group: $(key), edge: $('e' + key.slice(1)),
}));
for (const node of nodes) {
if (node.at < 0) continue;
node.parent = nodes[node.at];
node.parent.below.push(node);
}
const root = nodes[0];
const byId = new Map(nodes.map((node) => [node.id, node]));
const words = (line) => {
if (!line.querySelector('title')) return line.textContent;
const copy = line.cloneNode(true);
for (const title of copy.querySelectorAll('title')) title.remove();
return copy.textContent;
};
// Around the centre: how each is turned, and in what direction it lies.
for (const node of nodes) {
node.turn = node.group.getAttribute('transform') ?? '';
node.angle = Math.atan2(node.oy - root.oy, node.ox - root.ox);
}
const texts = nodes.map((node) => [...node.group.querySelectorAll('text')].map(words).join(' '));
const facts = nodes.map((node) => node.group.querySelector('title')?.textContent ?? '');
const fold = (text) => text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replace(/ı/g, 'i');
const searched = nodes.map((node, index) => fold(texts[index] + '\n' + facts[index]));
for (const edge of nodes) if (edge.edge) edge.od = edge.edge.getAttribute('d');
const lines = [...pane.querySelectorAll('.needs > path')];
const needs = given.needs.map(([first, then], index) => ({ first: nodes[first], then: nodes[then], line: lines[index], od: lines[index].getAttribute('d') }));
// Decoration and roles.
svg.setAttribute('role', 'tree');
nodes.forEach((node, index) => {
const { group } = node;
node.index = index;
node.name = texts[index];
group.setAttribute('role', 'treeitem');
group.setAttribute('aria-level', node.depth + 1);
group.setAttribute('aria-label', node.name);
group.setAttribute('tabindex', node === root ? 0 : -1);
const ring = make('rect', { class: 'ring', x: node.ox - node.w / 2 - 3, y: node.oy - node.h / 2 - 2, width: node.w + 6, height: node.h + 4, rx: 7 });
group.insertBefore(ring, group.querySelector('text,path,use'));
if (node.below.length && node !== root) {
node.toggle = make('g', { class: 'toggle', 'aria-hidden': 'true' });
group.append(node.toggle);
}
});
const size = (node) => {
let count = 0;
const stack = [...node.below];
while (stack.length) { count += 1; stack.push(...stack.pop().below); }
return count;
};
const paintToggle = (node) => {
if (!node.toggle) return;
const x = hanging ? node.ox + node.w / 2 + 10 : node.ox + node.side * (node.w / 2 + 8);
const y = node.oy;
node.toggle.replaceChildren();
if (node.folded) {
const said = String(node.size ??= size(node));
const wide = Math.max(14, 8 + 5 * said.length);
const shift = (hanging ? 1 : node.side) * (wide / 2 - 7);
node.toggle.append(make('rect', { x: x + shift - wide / 2, y: y - 7, width: wide, height: 14, rx: 7 }));
const text = make('text', { x: x + shift, y: y + 3.2 });
text.textContent = said;
node.toggle.append(text);
} else {
node.toggle.append(make('circle', { cx: x, cy: y, r: 5 }), make('path', { d: `M${x - 2.4} ${y}H${x + 2.4}` }));
}
};
// Layout: with everything unfolded the drawing is as it was made; else the same order, closed up.
const RADIAL = [0, 10, 6, 3];
const LEAVES = [14, 9, 5, 5];
const GROUPS = [26, 15, 9, 8];
const open = (node) => (node.folded ? [] : node.below);
const gap = (node) => (node.below.every((child) => !child.below.length) ? LEAVES : GROUPS)[Math.min(node.depth, 3)];
const measure = (order) => {
for (let index = order.length - 1; index >= 0; index--) {
const node = order[index];
const below = open(node);
node.sum = below.reduce((sum, child) => sum + child.block, 0) + gap(node) * Math.max(0, below.length - 1);
node.block = Math.max(node.h, node.sum);
}
};
const stack = (parent, children, middle) => {
const step = gap(parent);
let at = middle - (children.reduce((sum, child) => sum + child.block, 0) + step * (children.length - 1)) / 2;
for (const child of children) {
const centre = at + child.block / 2;
const far = Math.abs(child.ox - parent.ox) - child.w / 2 - parent.w / 2;
child.x = parent.x + child.side * (parent.w / 2 + far + child.w / 2);
child.y = centre;
at += child.block + step;
}
};
// Rings as small as what is shown allows; each entry keeps its direction, so that none is turned over.
const circle = (order) => {
const rings = [];
for (const node of order) (rings[node.depth] ??= []).push(node);
root.far = 0;
let start = root.w / 2 + 30;
rings.forEach((ring, depth) => {
if (!depth) return;
const around = [...ring].sort((a, b) => a.angle - b.angle);
let near = start;
around.forEach((node, index) => {
const next = around[(index + 1) % around.length];
const between = ((next.angle - node.angle) % (2 * Math.PI) + 2 * Math.PI) % (2 * Math.PI);
if (next !== node && between > 0) near = Math.max(near, ((node.h + next.h) / 2 + RADIAL[Math.min(depth, 3)]) / between);
});
let far = near;
for (const node of ring) {
node.near = near;
node.far = near + node.w;
node.x = root.x + Math.cos(node.angle) * (near + node.w / 2);
node.y = root.y + Math.sin(node.angle) * (near + node.w / 2);
far = Math.max(far, Math.hypot(near + node.w, node.h / 2));
}
start = far + Math.max(30, far * 0.1);
});
};
// Entries one below the other, indented by their depth; returns how far they reach to the right.
const step = (node) => (node.depth === 1 ? 26 : node.depth === 2 ? 11 : node.below.length ? 6 : 2.5);
const hang = (branch, left, top) => {
let y = top;
let right = left;
for (const node of branch) {
if (node !== branch[0]) y += step(node);
node.x = left + 22 * (node.depth - branch[0].depth) + node.w / 2;
node.y = y + node.h / 2;
y += node.h;
right = Math.max(right, node.x + node.w / 2);
}
return right;
};
const columns = (order) => {
const branches = [];
for (const node of order) {
if (node.depth === 1) branches.push([]);
if (node.depth) branches[branches.length - 1].push(node);
}
let x = 0;
for (const branch of branches) x = hang(branch, x, root.oy + root.h / 2 + 56) + 34;
const shift = branches.length ? root.ox - (branches[0][0].x + branches[branches.length - 1][0].x) / 2 : 0;
for (const branch of branches) for (const node of branch) node.x += shift;
};
const arrange = (order) => {
root.x = root.ox;
root.y = root.oy;
if (layout === 'radial') { circle(order); return; }
if (layout === 'outline') { hang(order, root.ox - root.w / 2, root.oy - root.h / 2); return; }
if (layout === 'down') { columns(order); return; }
measure(order);
for (const node of order) {
const below = open(node);
if (node === root && layout === 'two-sided') {
for (const side of [1, -1]) {
const half = below.filter((child) => child.side === side);
if (half.length) stack(node, half, node.y);
}
} else if (below.length) stack(node, below, node.y);
}
};
const taper = (a, b, c, d, width) => {
const dx = b[0] - a[0];
const dy = b[1] - a[1];
const length = Math.hypot(dx, dy) || 1;
const nx = (-dy / length) * width / 2;
const ny = (dx / length) * width / 2;
const p = (q, share) => `${(q[0] + nx * share).toFixed(1)} ${(q[1] + ny * share).toFixed(1)}`;
return `M${p(a, 1)}C${p(b, 0.85)} ${p(c, 0.35)} ${p(d, 0)}C${p(c, -0.35)} ${p(b, -0.85)} ${p(a, -1)}Z`;
};
const bend = (node) => {
const from = node.parent;
if (layout === 'down' && from === root) {
const a = [from.x, from.y + from.h / 2];
const d = [node.x, node.y - node.h / 2];
const middle = (a[1] + d[1]) / 2;
return taper(a, [a[0], middle], [d[0], middle], d, node.width);
}
if (hanging) {
const a = [from.x - from.w / 2 + 8.8, from.y + from.h / 2];
const d = [node.x - node.w / 2, node.y - node.lift];
return taper(a, [a[0], d[1] - Math.min(13.2, d[1] - a[1]) * 0.3], [a[0] + 2, d[1]], d, Math.min(node.width, 1.6));
}
if (layout === 'radial') {
const at = (angle, far) => [root.x + Math.cos(angle) * far, root.y + Math.sin(angle) * far];
const middle = (from.far + node.near) / 2;
const leaving = from === root ? node.angle : from.angle;
return taper(at(leaving, from.far), at(leaving, middle), at(node.angle, middle), at(node.angle, node.near), node.width);
}
const a = [from.x + node.side * from.w / 2, from.y];
const d = [node.x - node.side * node.w / 2, node.y];
const reach = (d[0] - a[0]) * 0.55;
return taper(a, [a[0] + reach, a[1]], [d[0] - reach, d[1]], d, node.width);
};
const bow = ({ first, then }) => {
const dx = then.x - first.x;
const dy = then.y - first.y;
const length = Math.hypot(dx, dy) || 1;
const reach = Math.min(90, length * 0.25) / length;
const one = [first.x + dx * 0.3 - dy * reach, first.y + dy * 0.3 + dx * reach];
const two = [first.x + dx * 0.7 - dy * reach, first.y + dy * 0.7 + dx * reach];
const rim = (node, [x, y]) => {
const [ax, ay] = [x - node.x, y - node.y];
const share = Math.min(ax ? (node.w / 2 + 2) / Math.abs(ax) : Infinity, ay ? (node.h / 2 + 2) / Math.abs(ay) : Infinity);
return Number.isFinite(share) ? [node.x + ax * share, node.y + ay * share] : [node.x, node.y];
};
const put = (point) => point.map((value) => value.toFixed(1)).join(' ');
return `M${put(rim(first, one))}C${put(one)} ${put(two)} ${put(rim(then, two))}`;
};
const update = () => {
const order = [];
const waiting = [root];
for (const node of nodes) node.shown = false;
while (waiting.length) {
const node = waiting.pop();
node.shown = true;
order.push(node);
for (const child of [...open(node)].reverse()) waiting.push(child);
}
const whole = order.length === nodes.length;
const moves = !whole || narrow;
if (moves) arrange(order);
for (const node of nodes) {
if (!moves) { node.x = node.ox; node.y = node.oy; }
node.group.classList.toggle('off', !node.shown);
node.edge?.classList.toggle('off', !node.shown);
if (node.below.length) node.group.setAttribute('aria-expanded', !node.folded);
if (!node.shown) continue;
const dx = node.x - node.ox;
const dy = node.y - node.oy;
if (dx || dy) node.group.setAttribute('transform', `translate(${dx.toFixed(2)} ${dy.toFixed(2)}) ${node.turn}`);
else if (node.turn) node.group.setAttribute('transform', node.turn);
else node.group.removeAttribute('transform');
node.edge?.setAttribute('d', moves ? bend(node) : node.od);
paintToggle(node);
}
for (const need of needs) {
need.line.classList.toggle('off', !need.first.shown || !need.then.shown);
need.line.setAttribute('d', moves ? bow(need) : need.od);
}
visible = order;
};
let visible = nodes;
// The view: what part of the map is seen, and how large.
const view = { x: 0, y: 0, z: 1 };
const show = () => {
const box = pane.getBoundingClientRect();
svg.setAttribute('viewBox', `${view.x} ${view.y} ${box.width / view.z} ${box.height / view.z}`);
remember();
};
const zoom = (factor, px, py) => {
const box = pane.getBoundingClientRect();
px ??= box.width / 2;
py ??= box.height / 2;
const z = Math.min(4, Math.max(0.02, view.z * factor));
view.x += px / view.z - px / z;
view.y += py / view.z - py / z;
view.z = z;
show();
};
const bounds = () => {
let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
for (const { x, y, w, h } of visible) {
const reach = layout === 'radial' ? w / 2 : 0;
left = Math.min(left, x - w / 2);
right = Math.max(right, x + w / 2);
top = Math.min(top, y - Math.max(h / 2, reach));
bottom = Math.max(bottom, y + Math.max(h / 2, reach));
}
return [left - 30, top - 24, right + 30, bottom + 24];
};
const fit = () => {
const box = pane.getBoundingClientRect();
const [left, top, right, bottom] = bounds();
view.z = Math.min(1.4, box.width / (right - left), box.height / (bottom - top));
view.x = (left + right) / 2 - box.width / view.z / 2;
view.y = (top + bottom) / 2 - box.height / view.z / 2;
show();
};
const reveal = (node, centre = false) => {
const box = pane.getBoundingClientRect();
const wide = box.width / view.z;
const high = box.height / view.z;
const inside = node.x - node.w / 2 > view.x && node.x + node.w / 2 < view.x + wide && node.y - node.h / 2 > view.y && node.y + node.h / 2 < view.y + high;
if (inside && !centre) return;
if (view.z < 0.6 && centre) view.z = 0.9;
view.x = node.x - box.width / view.z / 2;
view.y = node.y - box.height / view.z / 2;
show();
};
// Folding: a level for all, and what differs from it.
let level = 99;
const levelFolds = (node) => node.below.length > 0 && node !== root && node.depth >= level;
const setLevel = (value) => {
level = value;
$('level').value = value;
for (const node of nodes) node.folded = levelFolds(node);
update();
remember();
};
const turn = (node, folded = !node.folded) => {
if (!node.below.length || node === root || node.folded === folded) return;
const before = { x: node.x, y: node.y };
node.folded = folded;
update();
view.x += node.x - before.x;
view.y += node.y - before.y;
if (!current.shown) focus(node);
show();
};
const unfoldTo = (node) => {
let changed = false;
for (let above = node.parent; above; above = above.parent) {
if (above.folded) { above.folded = false; changed = true; }
}
if (changed) update();
};
// The address keeps folds, search and view, so that a reload or a link shows the same.
let quiet = true;
let timer = 0;
const address = () => {
const parts = new URLSearchParams();
if (level !== start) parts.set('level', level);
const turned = nodes.filter((node) => node.below.length && node !== root && node.folded !== levelFolds(node));
if (turned.length) parts.set('turned', turned.map((node) => encodeURIComponent(node.id)).join(','));
if ($('find').value) parts.set('find', $('find').value);
parts.set('at', [view.x, view.y].map(Math.round).join(',') + ',' + view.z.toFixed(3));
return '#' + parts;
};
const remember = () => {
if (quiet) return;
clearTimeout(timer);
timer = setTimeout(() => {
written = address();
try { history.replaceState(null, '', written); } catch { location.replace(written); }
}, 200);
};
let written = '';
const restore = () => {
quiet = true;
const parts = new URLSearchParams(location.hash.slice(1));
const wanted = parts.has('level') ? Number(parts.get('level')) : start;
level = [...$('level').options].some((option) => Number(option.value) === wanted) ? wanted : 99;
$('level').value = level;
for (const node of nodes) node.folded = levelFolds(node);
for (const id of (parts.get('turned') ?? '').split(',')) {
let name = '';
try { name = decodeURIComponent(id); } catch { continue; }
const node = byId.get(name);
if (node && node.below.length && node !== root) node.folded = !node.folded;
}
update();
$('find').value = parts.get('find') ?? '';
mark();
const [x, y, z] = (parts.get('at') ?? '').split(',').map(Number);
if (z > 0.01 && z < 10 && Number.isFinite(x + y)) { Object.assign(view, { x, y, z }); show(); } else first();
quiet = false;
};
const first = () => {
fit();
if (narrow) {
const box = pane.getBoundingClientRect();
const [left, top, right] = bounds();
Object.assign(view, { x: left + 8, y: top + 8, z: Math.min(1.2, Math.max(0.6, box.width / (right - left - 16))) });
show();
return;
}
if (view.z >= 0.55) return;
const box = pane.getBoundingClientRect();
view.z = Math.min(1, Math.max(0.55, (box.width - 40) / (root.w + 260)));
const lean = layout === 'right' || layout === 'outline' ? box.width / view.z / 2 - root.w / 2 - 20 : 0;
const drop = layout === 'down' || layout === 'outline' ? box.height / view.z / 2 - root.h / 2 - 20 : 0;
view.x = root.x + lean - box.width / view.z / 2;
view.y = root.y + drop - box.height / view.z / 2;
show();
};
addEventListener('hashchange', () => { if (location.hash !== written) restore(); });

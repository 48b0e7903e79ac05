// The second half of the page's script: search, keyboard and pointers.
// Search.
const say = (key, values) => given.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
let hits = [];
let hit = -1;
const mark = () => {
const wanted = fold($('find').value.trim());
hits = wanted ? nodes.filter((node) => searched[node.index].includes(wanted)) : [];
hit = -1;
const found = new Set(hits);
for (const node of nodes) {
node.group.classList.toggle('hit', found.has(node));
node.group.classList.toggle('dim', wanted !== '' && !found.has(node));
}
$('found').textContent = wanted ? (hits.length ? say('found', { n: hits.length }) : given.words.nothing) : '';
};
const go = (step) => {
if (!hits.length) return;
hit = (hit + step + hits.length) % hits.length;
const node = hits[hit];
unfoldTo(node);
reveal(node, true);
choose(node);
$('found').textContent = say('of', { n: hit + 1, total: hits.length });
};
$('find').addEventListener('input', () => { mark(); remember(); });
$('find').addEventListener('keydown', (event) => {
if (event.key === 'Enter') { event.preventDefault(); go(event.shiftKey ? -1 : 1); }
if (event.key === 'Escape') { $('find').value = ''; mark(); remember(); focus(current); }
});
// The chosen entry, and the keyboard (WAI-ARIA APG, tree view).
let current = root;
const choose = (node) => {
current.group.setAttribute('tabindex', -1);
current.group.classList.remove('on');
current = node;
node.group.setAttribute('tabindex', 0);
node.group.classList.add('on');
};
const focus = (node) => {
choose(node);
node.group.focus({ preventScroll: true });
reveal(node);
};
const about = (node) => {
$('name').textContent = node.name;
$('facts').textContent = facts[node.index];
$('links').replaceChildren(...[...node.group.querySelectorAll('a')].map((link) => {
const item = document.createElement('li');
const anchor = document.createElement('a');
anchor.href = link.getAttribute('href');
anchor.target = '_blank';
anchor.rel = 'noopener';
anchor.textContent = link.querySelector('title')?.textContent || anchor.href;
item.append(anchor);
return item;
}));
$('about').hidden = false;
};
const nodeOf = (target) => {
const group = target instanceof Element ? target.closest('[role=treeitem]') : null;
return group ? nodes.find((node) => node.group === group) : undefined;
};
svg.addEventListener('keydown', (event) => {
if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('a')) return;
const at = visible.indexOf(current);
const keys = {
ArrowDown: () => visible[at + 1] && focus(visible[at + 1]),
ArrowUp: () => visible[at - 1] && focus(visible[at - 1]),
ArrowRight: () => (current.folded ? turn(current, false) : current.below[0] && focus(current.below[0])),
ArrowLeft: () => (current.below.length && !current.folded && current !== root ? turn(current, true) : current.parent && focus(current.parent)),
Home: () => focus(root),
End: () => focus(visible[visible.length - 1]),
Enter: () => about(current),
' ': () => turn(current),
'*': () => { for (const node of current.parent?.below ?? []) if (node.below.length) node.folded = false; update(); show(); },
};
if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
});
addEventListener('keydown', (event) => {
if (event.ctrlKey || event.metaKey || event.altKey || /INPUT|SELECT/.test(event.target.tagName) || $('keys').open) return;
const keys = { '/': () => $('find').focus(), '+': () => zoom(1.25), '=': () => zoom(1.25), '-': () => zoom(0.8), 0: fit, '?': () => $('keys').showModal(), Escape: () => { $('about').hidden = true; }, n: () => go(1), p: () => go(-1) };
if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
});
svg.addEventListener('focusin', (event) => {
const node = nodeOf(event.target);
if (node && node !== current) choose(node);
});
// Pointers: one moves, two zoom, a click chooses or folds.
const pointers = new Map();
let moved = 0;
pane.addEventListener('pointerdown', (event) => {
if (event.button) return;
pointers.set(event.pointerId, [event.clientX, event.clientY]);
if (pointers.size === 1) moved = 0;
});
addEventListener('pointermove', (event) => {
const before = pointers.get(event.pointerId);
if (!before) return;
const dx = event.clientX - before[0];
const dy = event.clientY - before[1];
if (pointers.size === 1) {
moved += Math.abs(dx) + Math.abs(dy);
if (moved > 4) { view.x -= dx / view.z; view.y -= dy / view.z; pane.classList.add('drag'); getSelection()?.removeAllRanges(); show(); }
if (moved <= 4) return;
} else {
const other = [...pointers].find(([id]) => id !== event.pointerId)[1];
const box = pane.getBoundingClientRect();
const was = Math.hypot(before[0] - other[0], before[1] - other[1]) || 1;
const is = Math.hypot(event.clientX - other[0], event.clientY - other[1]);
moved += 9;
zoom(is / was, other[0] - box.left, other[1] - box.top);
}
pointers.set(event.pointerId, [event.clientX, event.clientY]);
});
for (const name of ['pointerup', 'pointercancel']) {
addEventListener(name, (event) => { pointers.delete(event.pointerId); pane.classList.remove('drag'); });
}
pane.addEventListener('click', (event) => {
if (moved > 4) { event.preventDefault(); return; }
const node = nodeOf(event.target);
if (!node || event.target.closest('a')) return;
focus(node);
if (event.target.closest('.toggle')) turn(node);
else about(node);
}, true);
pane.addEventListener('wheel', (event) => {
event.preventDefault();
const box = pane.getBoundingClientRect();
zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), event.clientX - box.left, event.clientY - box.top);
}, { passive: false });
$('in').onclick = () => zoom(1.25);
$('out').onclick = () => zoom(0.8);
$('fit').onclick = fit;
$('help').onclick = () => $('keys').showModal();
$('close').onclick = () => { $('about').hidden = true; focus(current); };
$('level').onchange = () => { setLevel(Number($('level').value)); fit(); };
new ResizeObserver(() => show()).observe(pane);
document.documentElement.classList.add('ready');
if (given.theme === 'dark' || (given.theme === 'auto' && matchMedia('(prefers-color-scheme:dark)').matches)) document.documentElement.classList.add('dark');
restore();
})();

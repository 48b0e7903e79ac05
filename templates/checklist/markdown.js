/** A node and what is below it as Markdown, from what the row shows. */

/** @param {Node} part @returns {string} */
function inlineMarkdown(part) {
  if (part.nodeType === Node.TEXT_NODE) return (part.textContent ?? "").replace(/[\\`*_[\]~<]/g, "\\$&");
  const inner = [...part.childNodes].map(inlineMarkdown).join("");
  const element = /** @type {HTMLElement} */ (part);
  switch (element.tagName) {
    case "CODE":
      return `\`${element.textContent}\``;
    case "STRONG":
      return `**${inner}**`;
    case "EM":
      return `*${inner}*`;
    case "S":
      return `~~${inner}~~`;
    case "A":
      return `[${inner}](<${/** @type {HTMLAnchorElement} */ (element).href}>)`;
    case "B":
    case "INPUT":
    case "SMALL":
      return "";
    default:
      return inner;
  }
}

/** @param {number} node */
function markdownOf(node) {
  build(sectionOf(node));
  const lines = [];
  const base = numbers[node].split(".").length;
  for (let each = node; each <= last[node]; each++) {
    const row = rowOf(each);
    if (!row) continue;
    const indent = "  ".repeat(numbers[each].split(".").length - base);
    const title = inlineMarkdown(labelOf(each)).trim();
    const state = isLeaf(each) ? { o: "[ ] ", d: "[x] ", s: "[-] " }[marks[each].s] : "";
    lines.push(`${indent}- ${state}${title}`);
    for (const link of row.querySelectorAll(":scope>.l a")) lines.push(`${indent}  - ${inlineMarkdown(link)}`);
    if (marks[each].note) lines.push(`\n${indent}  > ${marks[each].note.trim().replace(/\n/g, `\n${indent}  > `)}\n`);
  }
  return `${lines.join("\n")}\n`;
}

/** The text of the roadmap in CodeMirror: problems at their places, completions by the JSON Schema. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, foldGutter, foldKeymap, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colors = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--c0)" },
  { tag: [tags.string, tags.special(tags.string), tags.content], color: "var(--ink)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--muted)", fontStyle: "italic" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--c5)" },
  { tag: [tags.punctuation, tags.separator], color: "var(--muted)" },
]);
const look = EditorView.theme({
  "&": { height: "100%", width: "100%", fontSize: "14px", color: "var(--ink)", backgroundColor: "var(--ground)" },
  "&.cm-focused": { outline: "2px solid var(--c0)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: 'ui-monospace, "Fira Code", Consolas, monospace', lineHeight: "1.5" },
  ".cm-gutters": { backgroundColor: "var(--ground)", color: "var(--muted)", borderColor: "var(--rule)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--t0) 45%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-selectionBackground, &.cm-focused .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--c0) 25%, transparent) !important" },
  ".cm-tooltip, .cm-panels": { backgroundColor: "var(--ground)", color: "var(--ink)", borderColor: "var(--box)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--c0)", color: "var(--ground)" },
});

/** @param {HTMLElement} place @param {string} text @param {{change: (text: string) => void, schema: any, label: string}} about */
export function openCode(place, text, { change, schema, label }) {
  const root = place.attachShadow({ mode: "open" });
  const inner = document.createElement("div");
  inner.style.cssText = "height:100%;width:100%;min-width:0";
  place.style.cssText = "display:block;height:100%;min-width:0";
  root.append(inner);
  let silent = false;
  const view = new EditorView({
    root,
    parent: inner,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        foldGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ override: [(context) => complete(context, schema)] }),
        highlightActiveLine(),
        highlightSelectionMatches(),
        lintGutter(),
        yaml(),
        syntaxHighlighting(colors),
        look,
        EditorState.tabSize.of(2),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !silent) change(view.state.doc.toString());
        }),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap, ...lintKeymap, indentWithTab]),
      ],
    }),
  });
  return {
    /** @param {string} now */
    set(now) {
      if (now === view.state.doc.toString()) return;
      silent = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: now } });
      silent = false;
    },
    /** @param {{line: number, column: number, message: string, hint: string}[]} problems */
    mark(problems) {
      const found = problems.map((problem) => {
        const line = view.state.doc.line(Math.max(1, Math.min(problem.line, view.state.doc.lines)));
        const from = Math.min(line.from + [...line.text].slice(0, problem.column - 1).join("").length, line.to);
        return { from, to: line.to, severity: /** @type {const} */ ("error"), message: problem.hint ? `${problem.message}; ${problem.hint}` : problem.message };
      });
      view.dispatch(setDiagnostics(view.state, found));
    },
    /** @param {number} line @param {number} column */
    go(line, column) {
      const at = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
      const anchor = Math.min(at.from + column - 1, at.to);
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
      view.focus();
    },
  };
}

/** Keys that may stand here, or values that the key may have. @param {any} context @param {any} schema */
export function complete(context, schema) {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const value = /^[\s-]*([\w-]+):\s+(\S*)$/.exec(before);
  const path = pathAt(context.state.doc, line.number, before);
  const here = at(schema, schema, path);
  if (value) {
    const found = resolved(schema, here?.properties?.[value[1]]);
    const options = values(schema, found).map((label) => ({ label, type: "constant" }));
    return options.length ? { from: context.pos - value[2].length, options } : null;
  }
  const word = /^[\s-]*([\w-]*)$/.exec(before);
  if (!word || !here?.properties || (!word[1] && !context.explicit)) return null;
  const options = Object.entries(here.properties).map(([label, about]) => ({
    label,
    apply: `${label}: `,
    type: "property",
    info: resolved(schema, about)?.description,
  }));
  return { from: context.pos - word[1].length, options };
}

/** The keys above a place, by indentation; `[]` for a member of a list. @param {any} doc @param {number} number @param {string} before */
export function pathAt(doc, number, before) {
  /** @type {string[]} */
  const path = [];
  let column = /^[\s-]*/.exec(before)?.[0].length ?? 0;
  let dash = before.slice(0, column).lastIndexOf("-");
  if (dash >= 0) {
    path.unshift("[]");
    column = dash;
  }
  for (let at = number - 1; at >= 1 && column > 0; at--) {
    const text = doc.line(at).text;
    const found = /^([\s-]*)([\w-]+):/.exec(text);
    if (!found || !text.trim() || text.trimStart().startsWith("#")) continue;
    const start = found[1].length;
    dash = found[1].lastIndexOf("-");
    if (start < column || (start === column && path[0] === "[]" && dash < 0)) {
      path.unshift(found[2]);
      column = start;
      if (dash >= 0) {
        path.unshift("[]");
        column = dash;
      }
    } else if (dash >= 0 && dash < column && start === column && path[0] !== "[]") {
      path.unshift("[]");
      column = dash;
    }
  }
  return path;
}

/** @param {any} schema @param {any} found */
function resolved(schema, found) {
  while (found?.$ref) found = schema.$defs[found.$ref.split("/").at(-1)];
  return found;
}

/** @param {any} schema @param {any} here @param {string[]} path */
function at(schema, here, path) {
  for (const part of path) {
    here = resolved(schema, here);
    const choices = [here, ...(here?.oneOf ?? []), ...(here?.anyOf ?? [])].map((choice) => resolved(schema, choice));
    here = part === "[]" ? choices.find((choice) => choice?.items)?.items : choices.map((choice) => choice?.properties?.[part] ?? choice?.additionalProperties).find(Boolean);
  }
  here = resolved(schema, here);
  return [here, ...(here?.oneOf ?? []), ...(here?.anyOf ?? [])].map((choice) => resolved(schema, choice)).find((choice) => choice?.properties);
}

/** @param {any} schema @param {any} found @returns {string[]} */
function values(schema, found) {
  if (!found) return [];
  if (found.enum) return found.enum.map(String);
  if (found.type === "boolean") return ["true", "false"];
  return [...(found.oneOf ?? []), ...(found.anyOf ?? [])].flatMap((choice) => values(schema, resolved(schema, choice)));
}

// Runs packs.py in the Pyodide that the page has: node pack.mjs FOLDER
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadPyodide } from "pyodide";

const here = dirname(fileURLToPath(import.meta.url));
const python = await loadPyodide({ env: { HOME: "/home/pyodide", PYTHONHASHSEED: "0", PYTHONNODEBUGRANGES: "1" } });
python.mountNodeFS("/work", process.argv[2]);
try {
  python.runPython("import sys; sys.beginning = frozenset(sys.modules)");
  python.runPython(readFileSync(join(here, "packs.py"), "utf-8"));
} catch (error) {
  console.error(error.message); // Node would print the line of the script, which is a megabyte
  process.exit(1);
}

// Reading a query as text: what is wrong with it, said in words.

/** A query with its strings, IRIs and comments blanked out; offsets stay. */
const codeOf = (text) => text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*/g, (found) => " ".repeat(found.length));

/** Say in words what is wrong with a query; the parser lists all that it would have taken. */
function explain(text, reason) {
  const at = /^error at (\d+):(\d+): /.exec(reason);
  if (!at) return {line: null, what: reason.slice(0, 400)};
  const code = codeOf(text);
  const lineOf = (offset) => text.slice(0, offset).split("\n").length;
  const update = /^(?:\s|prefix\s+[\w.-]*:|base\b)*(?:insert|delete|load|clear|drop|create|add|move|copy|with)\b/i.exec(code);
  if (update) return {line: lineOf(update[0].length), what: "this is an update; only queries that read are run"};
  const declared = new Set(Array.from(code.matchAll(/\bprefix\s+([\w.-]*):/gi), ([, name]) => name));
  const unknown = [...code.matchAll(/(?<![\w?$:@.-])([A-Za-z][\w.-]*|):\w/g)].find(([, name]) => !declared.has(name));
  if (unknown) return {line: lineOf(unknown.index), what: `the prefix ${unknown[1]}: is not declared`, prefix: unknown[1]};
  const lines = text.split("\n");
  const before = [...lines.slice(0, at[1] - 1), lines[at[1] - 1]?.slice(0, at[2] - 1) ?? ""].join("\n").trimEnd();
  const rule = /\b[A-Z][a-z]+(?: [\w']+){3,}/.exec(reason);
  return {line: lineOf(before.length), what: rule ? rule[0] : `it cannot be read on behind “${before.split("\n").at(-1).slice(-30).trim()}”`};
}

/**
 * Whether a query subtracts or divides in a row without parentheses. The engine's parser groups such
 * a row from the right, where SPARQL groups from the left; releases that mend it are not on npm yet.
 */
function hasChain(text) {
  const outer = [];
  let seen = "";
  let isOperand = false;
  for (const [token] of codeOf(text).matchAll(/[?$]\w+|\d[\d.]*|[\w.-]*:[\w.-]*|[A-Za-z]\w*|[-+*/()]|\S/g)) {
    if (token === "(") {
      outer.push(seen);
      seen = "";
      isOperand = false;
    } else if (token === ")") {
      seen = outer.pop() ?? "";
      isOperand = true;
    } else if (/^[?$\d]/.test(token)) {
      isOperand = true;
    } else if (/^[-+*/]$/.test(token)) {
      if (!isOperand) continue; // a sign, a path, or the star of COUNT(*)
      const isSum = token === "-" || token === "+";
      if (seen.includes(isSum ? "-" : "/")) return true;
      seen = (isSum ? seen.replace("/", "") : seen) + (token === "-" || token === "/" ? token : "");
      isOperand = false;
    } else if (isOperand || !/\w/.test(token)) {
      seen = "";
      isOperand = false;
    }
  }
  return false;
}

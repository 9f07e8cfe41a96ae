// Every code an error can carry, read from the sources: where DomainError is made, directly or through a function that hands its code on.
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const KERNEL = {
  DomainError: { code: 0, kind: 1, detail: 2 },
  refused: { code: 0, is: 'refused', detail: 1 },
  invalid: { code: 0, is: 'invalid', detail: 2 },
  notFound: { code: 0, is: 'not-found', noun: true },
};
const NOT_FOUND = 'There is no such record for you.';
const CODE = /^[a-z][A-Za-z0-9-]*\.[a-z0-9][a-z0-9-]*$/;

const named = (node) => (ts.isIdentifier(node) ? node.text : ts.isPropertyAccessExpression(node) ? node.name.text : undefined);

/** The texts an expression can be: both sides of a choice; what is filled in later is an ellipsis. */
function texts(node) {
  if (node === undefined) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...texts(node.whenTrue), ...texts(node.whenFalse)];
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return texts(node.expression);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return texts(node.left).flatMap((left) => texts(node.right).map((right) => left + right));
  if (ts.isTemplateExpression(node)) return [node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join('')];
  return [];
}

const functionNode = (node) =>
  ts.isFunctionDeclaration(node) && node.name
    ? [node.name.text, node]
    : ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer && ts.isArrowFunction(node.initializer)
      ? [node.name.text, node.initializer]
      : ts.isMethodDeclaration(node) && (ts.isIdentifier(node.name) || ts.isPrivateIdentifier(node.name))
        ? [node.name.text, node]
        : undefined;

/** Every name that stands for a kind of record: where a reading or a slice names it, and where one is not found. */
function nounsIn(sources) {
  const nouns = new Set();
  for (const source of sources)
    walk(source, (node) => {
      if (ts.isPropertyAssignment(node) && named(node.name) === 'noun') for (const noun of texts(node.initializer)) nouns.add(noun);
      if (ts.isCallExpression(node) && named(node.expression) === 'notFound') for (const noun of texts(node.arguments[0])) nouns.add(noun);
    });
  nouns.delete('route');
  return [...nouns].filter((noun) => /^[a-z][A-Za-z]*$/.test(noun));
}

/** Arguments of every call, by the name of what is called. */
function callsIn(sources) {
  const calls = new Map();
  for (const source of sources)
    walk(source, (node) => {
      const name = ts.isCallExpression(node) ? named(node.expression) : undefined;
      if (name !== undefined) calls.set(name, [...(calls.get(name) ?? []), node.arguments]);
    });
  return calls;
}

/** The codes of a template such as `${noun}.stale`: by the texts its function is called with; by every noun where the noun comes from elsewhere. */
function fromTemplate(node, calls, nouns) {
  if (!node || !ts.isTemplateExpression(node)) return [];
  let around = node.parent;
  while (around && !functionNode(around)) around = around.parent;
  const [name, made] = (around && functionNode(around)) ?? [];
  const parameters = (made?.parameters ?? []).map((parameter) => (ts.isIdentifier(parameter.name) ? parameter.name.text : ''));
  const used = node.templateSpans.map(({ expression }) => (ts.isIdentifier(expression) ? parameters.indexOf(expression.text) : -1));
  const fill = (of) =>
    node.templateSpans.reduce(
      (begun, { literal }, n) => begun.flatMap((text) => of(n).map((word) => text + word + literal.text)),
      [node.head.text],
    );
  const given = (calls.get(name) ?? []).flatMap((args) => fill((n) => (used[n] < 0 ? [] : texts(args[used[n]]))));
  return given.length > 0 ? given : fill((n) => (n === 0 && node.head.text === '' ? nouns : []));
}

/** @param files sources; @returns [{code, kind, detail}] without doubles */
export function errorCodes(files) {
  const sources = files.map((file) => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  const shared = new Map(Object.entries(KERNEL));
  const local = new Map(sources.map((source) => [source, new Map()]));
  const known = (source, name) => local.get(source).get(name) ?? shared.get(name);

  // Functions that hand a parameter on as the code are makers themselves; again until none is new.
  for (let before = -1, now = 0; before !== now;) {
    before = now;
    for (const source of sources)
      walk(source, (node) => {
        const found = functionNode(node);
        if (!found || known(source, found[0])) return;
        const parameters = found[1].parameters.map(({ name }) => (ts.isIdentifier(name) ? name.text : ''));
        walk(found[1], (call) => {
          const maker = makerOf(call, source, known);
          const from = maker && call.arguments?.[maker.code];
          const index = from && ts.isIdentifier(from) ? parameters.indexOf(from.text) : -1;
          if (!maker || index < 0) return;
          const place = (at) => {
            const argument = at === undefined ? undefined : call.arguments[at];
            const given = argument && ts.isIdentifier(argument) ? parameters.indexOf(argument.text) : -1;
            return given < 0 ? undefined : given;
          };
          const fixed = maker.detail === undefined ? maker.text : texts(call.arguments[maker.detail]).join(' / ');
          const is = maker.is ?? texts(call.arguments[maker.kind])[0];
          const [detail, kind] = [place(maker.detail), place(maker.kind)];
          const one = {
            code: index,
            is,
            ...(maker.noun ? { noun: true } : {}),
            text: fixed,
            detail,
            ...(kind === undefined ? {} : { kind, is: undefined }),
          };
          const exported = ts.getCombinedModifierFlags(ts.isVariableDeclaration(node) ? node : found[1]) & ts.ModifierFlags.Export;
          if (exported) shared.set(found[0], one);
          local.get(source).set(found[0], one);
          now++;
        });
      });
  }

  const [calls, nouns] = [callsIn(sources), nounsIn(sources)];
  const all = new Map();
  const add = (code, kind, detail) => {
    if (CODE.test(code) && kind) all.set(`${code}|${kind}|${detail}`, { code, kind, detail });
  };
  for (const source of sources)
    walk(source, (node) => {
      const maker = makerOf(node, source, known);
      if (maker) {
        const kinds = maker.kind === undefined ? [maker.is] : texts(node.arguments[maker.kind]);
        const details = maker.detail === undefined ? [maker.text ?? (maker.noun ? NOT_FOUND : '')] : texts(node.arguments[maker.detail]);
        const given = node.arguments[maker.code];
        for (const code of [...texts(given), ...fromTemplate(given, calls, nouns)])
          for (const kind of kinds)
            for (const detail of details.length > 0 ? details : [''])
              add(maker.noun ? `${code}.not-found` : code, kind, maker.noun ? NOT_FOUND : detail);
      }
      // The table of faults of the protocol: { code, detail } under a status.
      if (ts.isPropertyAssignment(node) && ts.isNumericLiteral(node.name) && ts.isObjectLiteralExpression(node.initializer)) {
        const of = (name) =>
          node.initializer.properties.find((one) => ts.isPropertyAssignment(one) && named(one.name) === name)?.initializer;
        for (const code of texts(of('code'))) add(code, node.name.text, texts(of('detail'))[0] ?? '');
      }
    });
  return [...all.values()].sort((a, b) => (a.code + a.kind + a.detail < b.code + b.kind + b.detail ? -1 : 1));
}

function makerOf(node, source, known) {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined;
  const name = named(node.expression);
  return name === undefined || !node.arguments ? undefined : known(source, name);
}

function walk(node, visit) {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

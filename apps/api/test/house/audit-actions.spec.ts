/** Whoever reads the trail finds every action in docs/glossary.md, and nothing there that is never written. */
import ts from 'typescript';
import { filesAt, lineAt, read, spoken, type Offence, type SourceFile } from './source-tree.js';

interface Written {
  readonly actions: readonly (Offence & { readonly action: string })[];
  readonly unreadable: readonly Offence[];
}

const ADVICE = 'Describe it in docs/glossary.md, "Audit actions".';

/** The texts an expression can be: a literal, or both ends of a choice. Null when it cannot be told from here. */
function textsOf(node: ts.Expression): readonly string[] | null {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (!ts.isConditionalExpression(node)) return null;
  const [yes, no] = [textsOf(node.whenTrue), textsOf(node.whenFalse)];
  return yes && no ? [...yes, ...no] : null;
}

/**
 * The actions that a file writes: the argument of `tx.audit(…)` and `auditRow(actor, …)`, and what an act announces as
 * its `audit: '…'`, which is handed over as `act.audit`. Anything else could be any text, and is refused.
 */
function actionsIn({ path, text }: SourceFile): Written {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const actions: (Offence & { action: string })[] = [];
  const unreadable: Offence[] = [];
  const take = (node: ts.Expression): void => {
    const at = { file: path, line: lineAt(text, node.getStart()) };
    const texts = textsOf(node);
    if (texts) actions.push(...texts.map((action) => ({ ...at, action, advice: `${action}: ${ADVICE}` })));
    else if (!(ts.isPropertyAccessExpression(node) && node.name.text === 'audit'))
      unreadable.push({ ...at, advice: 'Write the action as a text, so that it can be found and described.' });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const callee = node.expression;
      const isAct = ts.isPropertyAccessExpression(callee) && callee.name.text === 'audit';
      const isRow = ts.isIdentifier(callee) && callee.text === 'auditRow';
      const argument = isAct ? node.arguments[0] : isRow ? node.arguments[1] : undefined;
      if (argument) take(argument);
    }
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'audit' && ts.isStringLiteralLike(node.initializer))
      take(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { actions, unreadable };
}

/** The actions that the glossary describes: first cell of each row of its last table. */
function described(glossary: SourceFile): readonly (Offence & { readonly action: string })[] {
  const start = glossary.text.indexOf('\n## Audit actions');
  if (start < 0) throw new Error('docs/glossary.md has no section "Audit actions".');
  const end = glossary.text.indexOf('\n## ', start + 1);
  const section = glossary.text.slice(start, end < 0 ? undefined : end);
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map((found) => ({
    file: glossary.path,
    line: lineAt(glossary.text, start + found.index),
    action: found[1] ?? '',
    advice: `${found[1]}: nothing writes this action. Take the row out, or find where its name was changed.`,
  }));
}

describe('audit actions', () => {
  const written = filesAt(/^apps\/api\/src\/.*\.ts$/).map(actionsIn);
  const actions = written.flatMap((file) => file.actions);
  const known = described(read('docs/glossary.md'));

  it('are written as texts that can be found', () => {
    expect(spoken(written.flatMap((file) => file.unreadable))).toEqual([]);
    expect(actions.length).toBeGreaterThan(40);
  });

  it('are described in the glossary', () => {
    const names = new Set(known.map(({ action }) => action));
    expect(spoken(actions.filter(({ action }) => !names.has(action)))).toEqual([]);
  });

  it('are described only if something writes them, and once', () => {
    const names = new Set(actions.map(({ action }) => action));
    expect(spoken(known.filter(({ action }) => !names.has(action)))).toEqual([]);
    expect(known.map(({ action }) => action)).toEqual([...new Set(known.map(({ action }) => action))].sort());
  });

  it('say what was touched and what was done', () => {
    expect(actions.filter(({ action }) => !/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/.test(action))).toEqual([]);
  });

  it('cannot hide in a variable', () => {
    const text =
      "tx.audit(name);\ntx.audit(read ? 'a.read' : 'b.read');\nauditRow(null, 'c.made');\ntx.audit(act.audit);";
    const found = actionsIn({ path: 'a.ts', text });
    expect(found.actions.map(({ action, line }) => `${action} ${line}`)).toEqual(['a.read 2', 'b.read 2', 'c.made 3']);
    expect(spoken(found.unreadable)).toEqual([expect.stringContaining('a.ts:1')]);
  });
});

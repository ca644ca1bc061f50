/** How long our files and functions are, in lines, beside the projects we took as models (docs/style.md). No limit. */
import { readFileSync } from 'node:fs';
import { filesBelow } from './fingerprint.mjs';
import { inRoot } from './project.mjs';

const models = { files: 'median 23–57, 95 % below 93–408', functions: 'median 3–8, 95 % below 14–53' };

export async function printSizes() {
  const { default: ts } = await import('typescript');
  const sources = filesBelow(
    ['apps', 'libs'],
    (file) => /\/src\/.*(?<!\.spec)\.ts$/.test(file) && !file.includes('/generated/'),
  );
  const files = [];
  const functions = [];
  for (const file of sources) {
    const tree = ts.createSourceFile(file, readFileSync(inRoot(file), 'utf8'), ts.ScriptTarget.Latest, true);
    const line = (position) => tree.getLineAndCharacterOfPosition(position).line;
    files.push({ where: file, lines: line(tree.end) + 1 });
    const visit = (node) => {
      if (ts.isFunctionLike(node) && node.body && ts.isBlock(node.body)) {
        const from = line(node.getStart(tree));
        functions.push({ where: `${file}:${from + 1}`, lines: line(node.end) - from + 1 });
      }
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  for (const [what, list] of Object.entries({ files, functions })) {
    list.sort((a, b) => a.lines - b.lines);
    const at = (share) => list[Math.min(list.length - 1, Math.floor(list.length * share))]?.lines ?? 0;
    console.log(`${list.length} ${what}: median ${at(0.5)}, 95 % below ${at(0.95)} lines   (models: ${models[what]})`);
    for (const { where, lines } of list.slice(-5).reverse()) console.log(`    ${String(lines).padStart(4)}  ${where}`);
  }
  return 0;
}

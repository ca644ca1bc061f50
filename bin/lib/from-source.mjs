/**
 * Uses a few TypeScript files without building the whole program: whoever writes a migration has just changed the
 * schema, and the program need not compile again before it is written.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inRoot, inVar } from './project.mjs';

export async function fromSource(folder, names) {
  const { default: ts } = await import('typescript');
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 };
  mkdirSync(inVar('tools'), { recursive: true });
  for (const name of names) {
    const { outputText } = ts.transpileModule(readFileSync(inRoot(folder, `${name}.ts`), 'utf8'), { compilerOptions });
    writeFileSync(inVar('tools', `${name}.js`), outputText);
  }
  const modules = await Promise.all(names.map((name) => import(pathToFileURL(inVar('tools', `${name}.js`)).href)));
  return Object.assign({}, ...modules);
}

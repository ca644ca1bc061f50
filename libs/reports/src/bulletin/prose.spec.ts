/** Every sentence of the sample bulletin, to be reviewed as prose when it changes (`jest -u` accepts). */
import { sampleAnswers, sampleContext } from '../../samples/bulletin.js';
import { smallAnswers } from '../../samples/small.js';
import type { Block, ReportDocument } from '../document.js';
import type { Language } from '../language.js';
import { plainText } from '../speech.js';
import { buildBulletin } from './bulletin.js';

function statementsIn(block: Block): readonly string[] {
  const list = block.kind === 'paragraph' ? block.statements : block.kind === 'bullets' ? block.items : [];
  const all = block.kind === 'method' ? block.fields.flatMap(({ statements }) => statements) : list;
  return all.map(({ code, runs }) => `${code}: ${plainText(runs)}`);
}

const proseOf = (document: ReportDocument): string =>
  [
    ...document.abstract.map(({ code, runs }) => `${code}: ${plainText(runs)}`),
    ...document.sections.flatMap(({ label, title, blocks }) => [`${label} ${title}`, ...blocks.flatMap(statementsIn)]),
  ].join('\n');

describe.each<Language>(['en', 'es'])('the prose of the sample bulletin (%s)', (language) => {
  it('reads as reviewed', () => {
    expect(proseOf(buildBulletin(sampleAnswers(), sampleContext(language)))).toMatchSnapshot();
  });

  it.each([0, 1, 2])('reads as reviewed over %i cases', (n) => {
    const { officialFigures: _official, ...context } = sampleContext(language);
    const findings = buildBulletin(smallAnswers(n), { ...context, officialFigures: [] });
    const withoutMethod = { ...findings, sections: findings.sections.filter(({ id }) => id !== 'method') };
    expect(proseOf(withoutMethod)).toMatchSnapshot();
  });
});

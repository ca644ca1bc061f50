/** A whole bulletin over two of everything, in both languages, to be reviewed as prose. Synthetic; no real person. */
import { buildBulletin, renderMarkdown } from '#lib/reports';
import { sampleContext } from '../../../../libs/reports/samples/bulletin.js';
import { smallAnswers } from '../../../../libs/reports/samples/small.js';
import { expectGolden } from './golden-file.js';

describe.each(['en', 'es'] as const)('bulletin-%s.md', (language) => {
  it('reads as reviewed', () => {
    expectGolden(`bulletin-${language}.md`, renderMarkdown(buildBulletin(smallAnswers(2), sampleContext(language))));
  });
});

import { sampleAnswers, sampleContext } from '../samples/bulletin.js';
import { buildBulletin } from './bulletin/bulletin.js';
import { escapeMarkdown, renderMarkdown } from './markdown.js';

const text = renderMarkdown(buildBulletin(sampleAnswers(), sampleContext('en')));

describe('Markdown', () => {
  it('is the same bytes for the same document', () => {
    expect(renderMarkdown(buildBulletin(sampleAnswers(), sampleContext('en')))).toBe(text);
  });

  it('begins and ends with the marking', () => {
    expect(text.startsWith('> **internal: exact figures, not for publication**')).toBe(true);
    expect(text.match(/> \*\*internal/g)).toHaveLength(2);
    expect(renderMarkdown(buildBulletin(sampleAnswers(), sampleContext('es')))).toContain(
      '> **interno: cifras exactas, no publicar**',
    );
  });

  it('defines every footnote it uses', () => {
    const used = new Set([...text.matchAll(/(?<!\n)\[\^(\w+)\](?!:)/g)].map(([, mark]) => mark));
    const defined = new Set([...text.matchAll(/^\[\^(\w+)\]:/gm)].map(([, mark]) => mark));
    expect([...used].filter((mark) => !defined.has(mark))).toEqual([]);
    expect(used.size).toBeGreaterThan(40);
  });

  it('gives charts as tables with a caption and the base n', () => {
    expect(text).toContain(
      '**Chart 1. Arrests by month, with the running total, El Salvador, 27 March 2022 to 27 March 2023** (n = 2,402 arrests)',
    );
    expect(text).not.toContain('<svg');
  });

  it('keeps every table in shape', () => {
    const tables = text.split('\n\n').filter((block) => block.startsWith('|'));
    expect(tables.length).toBeGreaterThan(15);
    for (const table of tables) {
      const widths = new Set(table.split('\n').map((row) => row.replace(/\\\|/g, '').split('|').length));
      expect(widths.size).toBe(1);
    }
  });

  it('escapes what could become markup', () => {
    const context = sampleContext('en');
    const hostile = renderMarkdown(
      buildBulletin(sampleAnswers(), {
        ...context,
        title: '<script>alert(1)</script>\n# Title | *x*',
        labels: () => '| <b>x</b> [a](javascript:1) `',
      }),
    );
    expect(hostile).not.toMatch(/<script|<b>|[^\\]\[a\]\(/);
    expect(hostile).toContain('# &lt;script&gt;alert(1)&lt;/script&gt; \\# Title \\| \\*x\\*');
    expect(escapeMarkdown('- a_b')).toBe('\\- a\\_b');
  });
});

import { sampleAnswers, sampleContext } from '../../samples/bulletin.js';
import { buildBulletin } from '../bulletin/bulletin.js';
import type { Chart } from '../document.js';
import { drawChart } from './draw.js';
import { axisScale, spread, textWidth, wrap } from './lettering.js';

const charts = (language: 'en' | 'es'): readonly Chart[] =>
  buildBulletin(sampleAnswers(), sampleContext(language)).sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'chart' ? [block] : [])),
  );

describe('charts', () => {
  it('are one of each kind', () => {
    expect(charts('en').map(({ spec }) => spec.kind)).toEqual([
      'columns-and-total',
      'bars',
      'bars',
      'waiting-curve',
      'dots-and-intervals',
    ]);
  });

  it.each(charts('en').map((chart) => [chart.label, chart] as const))(
    '%s: same chart, same bytes; text as text; no script, style or process-wide id',
    (_label, chart) => {
      const svg = drawChart(chart, 'en');
      expect(drawChart(chart, 'en')).toBe(svg);
      expect(svg).toContain('<text');
      expect(svg).not.toMatch(/zr\d|<style|style="|ecmeta|class="|<script/);
      expect(svg).toContain(`aria-labelledby="${chart.id}-title ${chart.id}-desc"`);
      expect(svg).toMatch(/<desc[^>]*>[^<]*n = 2,\d{3} arrests/);
    },
  );

  it('name the limits on their guide lines, in the language of the report', () => {
    const curve = (language: 'en' | 'es') => drawChart(charts(language)[3]!, language);
    for (const label of ['48 h', '72 h', '15 days']) expect(curve('en')).toContain(`>${label}</text>`);
    expect(curve('es')).toContain('>15 días</text>');
  });

  it('escape labels', () => {
    const bars = charts('en')[2]!;
    const datum = { figure: 'F-x', value: 3, text: '3' };
    const hostile = { label: '<script>alert("x")</script>&', datum, unknown: false };
    const svg = drawChart({ ...bars, spec: { kind: 'bars', axis: '', bars: [hostile] } }, 'en');
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;');
  });

  it('draw one bar, no bar and only noughts', () => {
    const bars = charts('en')[2]!;
    const bar = { label: 'a', datum: { figure: 'F-x', value: 0, text: '0' }, unknown: false };
    expect(drawChart({ ...bars, spec: { kind: 'bars', axis: '', bars: [] } }, 'en')).toContain('<svg');
    expect(drawChart({ ...bars, spec: { kind: 'bars', axis: '', bars: [bar] } }, 'en')).not.toContain('NaN');
  });

  it('give the running total a panel of its own when it has outgrown the months', () => {
    const chart = charts('en')[0]!;
    if (chart.spec.kind !== 'columns-and-total') throw new Error('The first chart shows months.');
    const tall = chart.spec.points.map((point) => ({ ...point, column: { ...point.column, value: 50 } }));
    const outgrown = { ...chart, spec: { ...chart.spec, points: tall } };
    const heightOf = (svg: string): number => Number(/viewBox="0 0 \d+ (\d+)"/.exec(svg)?.[1]);
    expect(heightOf(drawChart(outgrown, 'en'))).toBeGreaterThan(heightOf(drawChart(chart, 'en')));
  });
});

describe('lettering', () => {
  it('keeps labels apart, in order and within bounds', () => {
    const placed = spread([100, 104, 300], 20, 0, 310);
    expect(placed[1]! - placed[0]!).toBeGreaterThanOrEqual(20);
    expect(placed[2]).toBe(300);
    const crowded = spread([298, 299, 300], 20, 0, 310);
    expect(crowded[2]).toBeLessThanOrEqual(310);
    expect(crowded[1]! - crowded[0]!).toBeGreaterThanOrEqual(20);
  });

  it('breaks long labels at spaces', () => {
    const lines = wrap('a label that is far too long for one line', 120, 12);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(120);
  });

  it('ends axes at round numbers above the highest value', () => {
    expect(axisScale(2402)).toEqual({ max: 3000, step: 1000 });
    expect(axisScale(1).max).toBeGreaterThan(1);
    expect(axisScale(0).max).toBeGreaterThan(0);
  });
});

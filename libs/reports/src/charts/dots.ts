/** A median as a dot, the middle half as a line, by month, against limits as level guide lines. */
import type { Language } from '../language.js';
import { dot, draw, label, line } from './drawing.js';
import { legend } from './legend.js';
import { axisScale, spread, textWidth } from './lettering.js';
import { middle, monthLabels } from './months.js';
import { ACCENT, INK, MAIN, MAIN_LIGHT, MUTED, RULE, SMALL_SIZE, TEXT_SIZE, WIDTH } from './palette.js';
import type { DotsAndIntervals } from './spec.js';

const HEIGHT = 320;
const PLOT = { left: 44, top: 40, bottom: 62 } as const;

export function drawDots(spec: DotsAndIntervals, language: Language): string {
  const { points, guides } = spec;
  const ends = points.flatMap(({ dot: median, lower, upper }) => [median.value, lower.value, upper.value]);
  const highest = Math.max(1, ...ends.map((end) => end ?? 0), ...guides.map(({ days }) => days));
  const { max, step } = axisScale(highest);
  const right = 22 + Math.max(0, ...guides.map((guide) => textWidth(guide.label, TEXT_SIZE)));
  const band = { left: PLOT.left, width: WIDTH - PLOT.left - right, count: points.length };
  const yOf = (days: number): number => HEIGHT - PLOT.bottom - (days / max) * (HEIGHT - PLOT.top - PLOT.bottom);
  const edge = WIDTH - right;

  // Highest line first, because y grows downwards.
  const ordered = [...guides].sort((a, b) => b.days - a.days);
  const places = spread(
    ordered.map(({ days }) => yOf(days)),
    15,
    PLOT.top,
    HEIGHT - PLOT.bottom,
  );
  const guideLines = ordered.flatMap((guide, i) => {
    const [y, place] = [yOf(guide.days), places[i] ?? 0];
    return [
      line(
        [
          [PLOT.left, y],
          [edge, y],
          [edge + 12, place],
        ],
        { stroke: ACCENT, width: 1.25, dash: [4, 3] },
      ),
      label(edge + 16, place, guide.label, { fill: ACCENT, weight: 'bold' }),
    ];
  });
  const intervals = points.flatMap(({ lower, upper }, i) => {
    if (lower.value === null) return [];
    const x = middle(band, i);
    const top = upper.value === null ? PLOT.top + 4 : yOf(upper.value);
    const style = { stroke: MAIN_LIGHT, width: 9 };
    return [
      line(
        [
          [x, yOf(lower.value)],
          [x, top],
        ],
        upper.value === null ? { stroke: MAIN, width: 2, dash: [3, 3] } : style,
      ),
    ];
  });
  const dots = points.flatMap(({ dot: median }, i) => {
    if (median.value === null) return [];
    const [x, y] = [middle(band, i), yOf(median.value)];
    return [dot(x, y, 4.5, MAIN)];
  });
  const open = points.some(({ lower, upper }) => lower.value !== null && upper.value === null);
  const entries = [
    { sign: 'dot' as const, colour: MAIN, text: spec.legend.dot },
    { sign: 'box' as const, colour: MAIN_LIGHT, text: spec.legend.interval },
    ...(open ? [{ sign: 'dashes' as const, colour: MAIN, text: spec.legend.open }] : []),
  ];
  const n = points.map(({ n: count }, i) =>
    label(middle(band, i), HEIGHT - 12, count.text, { align: 'center', size: SMALL_SIZE, fill: MUTED }),
  );
  return draw(
    {
      grid: { left: PLOT.left, right, top: PLOT.top, bottom: PLOT.bottom },
      xAxis: {
        type: 'category',
        data: points.map(({ month }) => month),
        axisTick: { show: false },
        axisLabel: { show: false },
        axisLine: { lineStyle: { color: INK } },
      },
      yAxis: {
        type: 'value',
        min: 0,
        max,
        interval: step,
        axisLabel: { color: MUTED, fontSize: SMALL_SIZE },
        splitLine: { lineStyle: { color: RULE } },
      },
      series: [{ type: 'scatter', silent: true, data: [] }],
      graphic: [
        ...legend(entries, PLOT.left - 4, 14),
        ...guideLines,
        ...intervals,
        ...dots,
        ...monthLabels(
          points.map(({ month }) => month),
          band,
          HEIGHT - PLOT.bottom + 13,
          language,
        ),
        label(PLOT.left - 8, HEIGHT - 12, 'n', { align: 'right', size: SMALL_SIZE, fill: MUTED }),
        ...n,
      ],
    },
    { width: WIDTH, height: HEIGHT },
  );
}

/** The share still waiting, as a step curve with its band, and the limits as upright guide lines. */
import type { NumberStyle } from '../language.js';
import { writeNumber } from '../numbers.js';
import { dot, draw, label, line } from './drawing.js';
import { legend } from './legend.js';
import { spread, textWidth } from './lettering.js';
import { ACCENT, BAND, INK, MAIN, MUTED, RULE, SMALL_SIZE, TEXT_SIZE, WIDTH } from './palette.js';
import type { WaitingCurve } from './spec.js';

const HEIGHT = 310;
const PLOT = { left: 52, right: 26, top: 72, bottom: 46 } as const;

/** Pairs of day and value as a staircase: the old value holds until the day of the new one. */
const stairs = (steps: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] =>
  steps.flatMap(([day, value], i) => {
    const before = steps[i - 1];
    return before === undefined ? [[day, value] as const] : [[day, before[1]] as const, [day, value] as const];
  });

export function drawCurve(spec: WaitingCurve, percentSign: string, style: NumberStyle): string {
  const lastDay = Math.max(1, ...spec.steps.map(({ day }) => day));
  const every = [1, 5, 10, 15, 30, 60, 90, 180, 365].find((step) => lastDay / step <= 10) ?? 730;
  const max = Math.max(lastDay, ...spec.guides.map(({ days }) => days));
  const width = WIDTH - PLOT.left - PLOT.right;
  const height = HEIGHT - PLOT.top - PLOT.bottom;
  const xOf = (day: number): number => PLOT.left + (day / max) * width;
  const yOf = (share: number): number => HEIGHT - PLOT.bottom - share * height;
  const whole = { day: 0, share: 1, lower: 1, upper: 1 };
  const steps = [whole, ...spec.steps];
  const at = (read: (step: (typeof steps)[number]) => number) => stairs(steps.map((step) => [step.day, read(step)]));
  const lower = at((step) => step.lower ?? step.share);
  const upper = at((step) => step.upper ?? step.share);

  const shown = spec.guides.filter(({ days }) => days <= max);
  const widest = Math.max(0, ...shown.map((guide) => textWidth(guide.label, TEXT_SIZE)));
  const places = spread(
    shown.map(({ days }) => xOf(days)),
    widest + 10,
    PLOT.left + widest / 2,
    WIDTH - PLOT.right - widest / 2,
  );
  const guideLines = shown.flatMap((guide, i) => {
    const [x, place] = [xOf(guide.days), places[i] ?? 0];
    return [
      line(
        [
          [place, PLOT.top - 17],
          [x, PLOT.top - 6],
          [x, HEIGHT - PLOT.bottom],
        ],
        { stroke: ACCENT, width: 1.25, dash: [4, 3] },
      ),
      label(place, PLOT.top - 26, guide.label, { align: 'center', fill: ACCENT, weight: 'bold' }),
    ];
  });
  // From the right, a value is printed where the one before leaves room.
  const marks = [...spec.marks].reverse().reduce<WaitingCurve['marks']>((kept, mark) => {
    const next = kept[0];
    return next === undefined || xOf(next.day) - xOf(mark.day) > 46 ? [mark, ...kept] : kept;
  }, []);
  const values = marks.flatMap(({ day, datum }) => {
    const [x, y] = [xOf(day), yOf(datum.value ?? 0)];
    return [dot(x, y, 3.5, MAIN), label(x + 7, y - 10, datum.text, { weight: 'bold', halo: true })];
  });
  return draw(
    {
      grid: { left: PLOT.left, right: PLOT.right, top: PLOT.top, bottom: PLOT.bottom },
      xAxis: {
        type: 'value',
        min: 0,
        max,
        interval: every,
        axisLabel: { color: INK, fontSize: SMALL_SIZE, showMaxLabel: max % every === 0 },
        axisTick: { show: true },
        splitLine: { show: false },
        axisLine: { lineStyle: { color: INK } },
      },
      yAxis: {
        type: 'value',
        min: 0,
        max: 1,
        interval: 0.25,
        axisLabel: {
          color: MUTED,
          fontSize: SMALL_SIZE,
          formatter: (value: number) => writeNumber(value * 100, 0, style) + percentSign,
        },
        splitLine: { lineStyle: { color: RULE } },
      },
      series: [
        {
          type: 'custom',
          silent: true,
          z: 1,
          data: [0],
          renderItem: () => ({
            type: 'polygon',
            shape: { points: [...upper, ...[...lower].reverse()].map(([day, share]) => [xOf(day), yOf(share)]) },
            style: { fill: BAND },
          }),
        },
        {
          type: 'line',
          silent: true,
          showSymbol: false,
          z: 10,
          lineStyle: { color: MAIN, width: 2.25, join: 'miter' },
          data: at((step) => step.share).map(([day, share]) => [day, share]),
        },
      ],
      graphic: [
        ...legend(
          [
            { sign: 'line', colour: MAIN, text: spec.legend.line },
            { sign: 'box', colour: BAND, text: spec.legend.band },
          ],
          PLOT.left - 4,
          12,
        ),
        label(PLOT.left + width / 2, HEIGHT - 8, spec.dayAxis, { align: 'center', size: SMALL_SIZE, fill: MUTED }),
        ...guideLines,
        ...values,
      ],
    },
    { width: WIDTH, height: HEIGHT },
  );
}

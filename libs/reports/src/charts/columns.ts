/**
 * Columns per month and their running total, in one unit. They share an axis while both can be read on it; when the
 * total has outgrown the months, each gets a panel with its own axis, never two axes on one plot.
 */
import type { EChartsOption } from 'echarts';
import type { Language, NumberStyle } from '../language.js';
import { writeNumber } from '../numbers.js';
import { dot, draw, label } from './drawing.js';
import { legend } from './legend.js';
import { axisScale } from './lettering.js';
import { middle, monthLabels, roomForNumbers } from './months.js';
import { ACCENT, INK, MAIN, MAIN_LIGHT, MUTED, RULE, SMALL_SIZE, WIDTH } from './palette.js';
import type { ColumnsAndTotal } from './spec.js';

const LEFT = 56;
const RIGHT = 56;
/** Room under the lowest panel for months and years. */
const FOOT = 44;

/** From this ratio of total to highest month on, columns on the axis of the total are too low to read. */
const OUTGROWN = 6;

interface Panel {
  readonly top: number;
  readonly height: number;
  readonly max: number;
  readonly step: number;
}

const panel = (top: number, height: number, highest: number): Panel => ({ top, height, ...axisScale(highest) });

const yIn = ({ top, height, max }: Panel, value: number): number => top + height - (value / max) * height;

export function drawColumns(spec: ColumnsAndTotal, language: Language, style: NumberStyle): string {
  const { points } = spec;
  const highestTotal = Math.max(0, ...points.map(({ line }) => line.value ?? 0));
  const highestMonth = Math.max(0, ...points.map(({ column }) => column.value ?? 0));
  const shared = highestTotal <= OUTGROWN * highestMonth;
  const totals = shared ? panel(40, 166, highestTotal) : panel(40, 110, highestTotal);
  const months = shared ? totals : panel(178, 124, highestMonth);
  const height = months.top + months.height + FOOT;
  const band = { left: LEFT, width: WIDTH - LEFT - RIGHT, count: points.length };

  const numbers = roomForNumbers(band) ? columnNumbers(spec, band, months, shared ? totals : null) : [];
  const last = points.at(-1);
  const [endX, endY] = [middle(band, points.length - 1), yIn(totals, last?.line.value ?? 0)];
  const end =
    last === undefined
      ? []
      : [dot(endX, endY, 4, ACCENT), label(endX + 9, endY, last.line.text, { fill: ACCENT, weight: 'bold' })];
  const entries = [
    { sign: 'box' as const, colour: MAIN, text: spec.legend.columns },
    ...(spec.legend.partial === null ? [] : [{ sign: 'box' as const, colour: MAIN_LIGHT, text: spec.legend.partial }]),
    { sign: 'line' as const, colour: ACCENT, text: spec.legend.line },
  ];
  const second = shared ? 0 : 1;
  const panels = shared ? [totals] : [totals, months];
  const option: EChartsOption = {
    grid: panels.map(({ top, height: tall }) => ({ left: LEFT, right: RIGHT, top, height: tall })),
    xAxis: panels.map((_, gridIndex) => ({
      type: 'category' as const,
      gridIndex,
      data: points.map(({ month }) => month),
      axisTick: { show: false },
      axisLabel: { show: false },
      axisLine: { lineStyle: { color: INK } },
    })),
    yAxis: panels.map(({ max, step }, gridIndex) => ({
      type: 'value' as const,
      gridIndex,
      min: 0,
      max,
      interval: step,
      axisLabel: { color: MUTED, fontSize: SMALL_SIZE, formatter: (value: number) => writeNumber(value, 0, style) },
      splitLine: { lineStyle: { color: RULE } },
    })),
    series: [
      {
        type: 'bar',
        silent: true,
        xAxisIndex: second,
        yAxisIndex: second,
        barWidth: '62%',
        data: points.map(({ column, partial }) => ({
          value: column.value ?? 0,
          itemStyle: { color: partial ? MAIN_LIGHT : MAIN },
        })),
      },
      {
        type: 'line',
        silent: true,
        showSymbol: false,
        z: 10,
        lineStyle: { color: ACCENT, width: 2.5 },
        data: points.map(({ line }) => line.value ?? 0),
      },
    ],
    graphic: [
      ...legend(entries, LEFT - 4, 14),
      ...numbers,
      ...end,
      ...monthLabels(
        points.map(({ month }) => month),
        band,
        height - FOOT + 13,
        language,
      ),
    ],
  };
  return draw(option, { width: WIDTH, height });
}

/** The number of each column, kept clear of the line where they share a panel. */
function columnNumbers(
  { points }: ColumnsAndTotal,
  band: { readonly left: number; readonly width: number; readonly count: number },
  months: Panel,
  totals: Panel | null,
) {
  return points.map(({ column, line, partial }, i) => {
    const [x, top, base] = [middle(band, i), yIn(months, column.value ?? 0), months.top + months.height];
    const clear = totals === null || top - 8 - yIn(totals, line.value ?? 0) > 9;
    if (clear) return label(x, top - 8, column.text, { align: 'center', size: SMALL_SIZE });
    const fill = partial ? INK : '#ffffff';
    if (base - top > 18) return label(x, top + 10, column.text, { align: 'center', size: SMALL_SIZE, fill });
    return label(x + 1, top - 9, column.text, { align: 'right', size: SMALL_SIZE });
  });
}

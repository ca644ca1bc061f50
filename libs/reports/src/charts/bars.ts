/** Horizontal bars, each with its number at the end; no axis is needed then. */
import { draw, label } from './drawing.js';
import { textWidth, wrap } from './lettering.js';
import { AXIS, INK, MAIN, MUTED, TEXT_SIZE, UNKNOWN, WIDTH } from './palette.js';
import type { Bars } from './spec.js';

/** Many bars stand closer. */
const rowHeight = (bars: number): number => (bars > 12 ? 20 : 24);
const EDGE = 6;
/** Labels wider than this are broken into two lines. */
const WIDEST_LABEL = 250;

export function drawBars(spec: Bars): string {
  const { bars } = spec;
  const lines = bars.map((bar) => wrap(bar.label, WIDEST_LABEL, TEXT_SIZE).slice(0, 2));
  const widest = Math.max(0, ...lines.flat().map((text) => textWidth(text, TEXT_SIZE)));
  const left = Math.min(WIDEST_LABEL + 14, Math.ceil(widest) + 14);
  const longest = Math.max(1, ...bars.map(({ datum }) => datum.value ?? 0));
  const right = 20 + Math.max(0, ...bars.map(({ datum }) => textWidth(datum.text, TEXT_SIZE)));
  const single = rowHeight(bars.length);
  const thick = single - 8;
  const rows = lines.map((wrapped) => (wrapped.length > 1 ? single + 9 : single));
  const height = rows.reduce((sum, row) => sum + row, 0) + 2 * EDGE;
  const tops = rows.map((_, i) => EDGE + rows.slice(0, i).reduce((sum, row) => sum + row, 0));
  const xOf = (value: number): number => left + (value / longest) * (WIDTH - left - right);
  return draw(
    {
      grid: { left, right, top: EDGE, bottom: EDGE },
      xAxis: { type: 'value', min: 0, max: longest, show: false },
      yAxis: {
        type: 'value',
        min: 0,
        max: height - 2 * EDGE,
        inverse: true,
        axisLabel: { show: false },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLine: { show: true, lineStyle: { color: AXIS } },
      },
      series: [
        {
          type: 'custom',
          silent: true,
          data: bars.map(({ datum }, i) => [datum.value ?? 0, (tops[i] ?? 0) - EDGE]),
          renderItem: (item, api) => {
            const [start, end] = [api.coord([0, api.value(1)]), api.coord([api.value(0), api.value(1)])];
            const row = rows[item.dataIndex] ?? single;
            const colour = bars[item.dataIndex]?.unknown === true ? UNKNOWN : MAIN;
            const [x = 0, y = 0] = start;
            const width = Math.max(0, (end[0] ?? 0) - x);
            return {
              type: 'rect',
              shape: { x, y: y + (row - thick) / 2, width, height: thick },
              style: { fill: colour },
            };
          },
        },
      ],
      graphic: bars.flatMap(({ datum, unknown }, i) => {
        const centre = (tops[i] ?? 0) + (rows[i] ?? single) / 2;
        const wrapped = lines[i] ?? [];
        const first = centre - ((wrapped.length - 1) * 13) / 2;
        return [
          ...wrapped.map((text, n) =>
            label(left - 9, first + n * 13, text, { align: 'right', fill: unknown ? MUTED : INK }),
          ),
          label(xOf(datum.value ?? 0) + 7, centre, datum.text, { fill: unknown ? MUTED : INK }),
        ];
      }),
    },
    { width: WIDTH, height },
  );
}

/** A legend on one line above the plot: a sign and what it stands for. */
import { box, dot, label, line } from './drawing.js';
import { textWidth } from './lettering.js';
import { MUTED, SMALL_SIZE } from './palette.js';

export interface LegendEntry {
  readonly sign: 'box' | 'line' | 'dot' | 'dashes';
  readonly colour: string;
  readonly text: string;
}

export function legend(entries: readonly LegendEntry[], left: number, y: number) {
  const starts = entries.reduce<number[]>(
    (at, entry) => [...at, (at.at(-1) ?? left) + 26 + textWidth(entry.text, SMALL_SIZE) + 14],
    [left],
  );
  return entries.flatMap((entry, i) => {
    const x = starts[i] ?? left;
    return [sign(entry, x, y), label(x + 24, y, entry.text, { size: SMALL_SIZE, fill: MUTED })];
  });
}

function sign({ sign: kind, colour }: LegendEntry, x: number, y: number) {
  switch (kind) {
    case 'box':
      return box(x + 4, y - 5, 14, 10, colour);
    case 'line':
      return line(
        [
          [x, y],
          [x + 18, y],
        ],
        { stroke: colour, width: 2.5 },
      );
    case 'dashes':
      return line(
        [
          [x, y],
          [x + 18, y],
        ],
        { stroke: colour, width: 2, dash: [3, 3] },
      );
    case 'dot':
      return dot(x + 10, y, 4.5, colour);
  }
}

/**
 * The only place that knows ECharts: an option becomes an SVG string, and the same option always becomes the same
 * bytes. What the library numbers per process (ids, hover classes) is taken out, and `style` attributes become
 * presentation attributes, so that a page can forbid inline styles.
 */
import type { EChartsOption } from 'echarts';
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GraphicComponent, GridComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { withoutControls } from '../html/markup.js';
import { FONT, INK, TEXT_SIZE } from './palette.js';

echarts.use([BarChart, CustomChart, LineChart, ScatterChart, GridComponent, GraphicComponent, SVGRenderer]);

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A text of its own in a drawing, placed by its middle line. */
export function label(
  x: number,
  y: number,
  text: string,
  { align = 'left', size = TEXT_SIZE, fill = INK, weight = 'normal', halo = false }: LabelStyle = {},
) {
  const outline = halo ? { stroke: '#ffffff', lineWidth: 3 } : {};
  return {
    type: 'text' as const,
    silent: true,
    x,
    y,
    z: 20,
    style: {
      text,
      fontSize: size,
      fontWeight: weight,
      fontFamily: FONT,
      fill,
      align,
      verticalAlign: 'middle' as const,
      ...outline,
    },
  };
}

interface LabelStyle {
  readonly align?: 'left' | 'center' | 'right';
  readonly size?: number;
  readonly fill?: string;
  readonly weight?: 'normal' | 'bold';
  readonly halo?: boolean;
}

export function line(
  points: readonly (readonly [number, number])[],
  { stroke, width = 1, dash }: { stroke: string; width?: number; dash?: number[] },
) {
  return {
    type: 'polyline' as const,
    silent: true,
    z: 15,
    shape: { points: points.map(([x, y]) => [x, y]) },
    style: { stroke, lineWidth: width, fill: 'none', lineDash: dash ?? null },
  };
}

export function box(x: number, y: number, width: number, height: number, fill: string) {
  return { type: 'rect' as const, silent: true, z: 15, shape: { x, y, width, height }, style: { fill } };
}

export function dot(x: number, y: number, radius: number, fill: string) {
  return { type: 'circle' as const, silent: true, z: 18, shape: { cx: x, cy: y, r: radius }, style: { fill } };
}

/** Draws an option without a browser. */
export function draw(option: EChartsOption, { width, height }: Size): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: FONT, color: INK }, ...option });
    return normalise(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

const STYLE_RULES = /([a-z-]+):([^;]+);?/g;

/** What is left is the picture: no process-wide ids, no scripts' hooks, no style attributes. */
function normalise(svg: string): string {
  return withoutControls(svg)
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ (?:class|ecmeta_[a-z_]+|pointer-events|version|baseProfile|xmlns:xlink)="[^"]*"/g, '')
    .replace(/<rect [^>]*fill="none"><\/rect>\n?/, '')
    .replace(/zr\d+-/g, 'zr-')
    .replace(/ style="([^"]*)"/g, (_, rules: string) =>
      rules.replace(STYLE_RULES, (_rule, name: string, value: string) => ` ${name}="${value.trim()}"`),
    )
    .replace(/-?\d+\.\d{3,}/g, (number) => String(Math.round(Number(number) * 100) / 100))
    .replace(/\n+/g, '\n')
    .trim();
}

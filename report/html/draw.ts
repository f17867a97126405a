import { BarChart as Bars, LineChart as Lines } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { printable } from '../../core/problem.ts';
import { limitsOf } from '../chart-table.ts';
import type { BarChart, LineChart } from '../report.ts';
import { colourOf, dashesOf, markOf } from './palette.ts';

use([Bars, Lines, GridComponent, MarkLineComponent, SVGRenderer]);

const ink = 'var(--ink)';
const faint = 'var(--line)';
const axisText = { color: ink, fontSize: 12 };
const valueAxis = { type: 'value', min: 0, axisLabel: axisText, splitLine: { lineStyle: { color: faint } } };

const dates = { year: '{yyyy}', month: '{MMM} {yyyy}', day: '{d} {MMM}', hour: '{HH}:{mm}' };

/** One line a series over time, in UTC, with its limit as a dashed line across. */
export function drawLines(chart: LineChart, width: number): string {
  const limits = limitsOf(chart).map(({ value }) => value);
  const colourOfLimit = (value: number) => {
    const keeping = chart.series.flatMap(({ limit }, number) => (limit === value ? [number] : []));
    return keeping.length === 1 ? colourOf(keeping[0] ?? 0) : ink;
  };
  return draw(width, Math.min(320, width / 2), {
    grid: { left: 8, right: 24, top: 36, bottom: 20 },
    xAxis: {
      type: 'time',
      axisLabel: { ...axisText, hideOverlap: true, formatter: dates },
      axisLine: { lineStyle: { color: faint } },
    },
    yAxis: {
      ...valueAxis,
      name: printable(chart.unit),
      nameTextStyle: { ...axisText, align: 'left' },
      // Room for limits that no value comes near.
      max:
        chart.most ??
        (({ max }: { max: number }) => (Math.max(...limits) > max ? Math.ceil(Math.max(...limits) / 5) * 5 : null)),
    },
    series: chart.series.map(({ name, points }, number) => ({
      name: printable(name),
      type: 'line',
      data: points.map(({ at, value }) => [at, value]),
      symbol: markOf(number),
      symbolSize: 7,
      showAllSymbol: true,
      color: colourOf(number),
      lineStyle: { color: colourOf(number), width: 2, ...(dashesOf(number) && { type: dashesOf(number) }) },
      ...(number === 0 && {
        markLine: {
          silent: true,
          symbol: 'none',
          data: limits.map((value) => ({
            yAxis: value,
            lineStyle: { color: colourOfLimit(value), type: [2, 4], width: 1.5 },
            label: { position: 'insideEndTop', formatter: `limit ${value}`, ...axisText, textBorderWidth: 0 },
          })),
        },
      }),
    })),
  });
}

/** One bar a name, in the order given, from the top. */
export function drawBars({ bars, unit, most }: BarChart, width: number): string {
  return draw(width, 56 + 28 * bars.length, {
    grid: { left: 24, right: 48, top: 8, bottom: 24 },
    xAxis: {
      ...valueAxis,
      max: most ?? null,
      name: printable(unit),
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: axisText,
      minInterval: 1,
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => printable(name)),
      axisLabel: { ...axisText, interval: 0, width: 220, overflow: 'truncate' },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: faint } },
    },
    series: [
      {
        type: 'bar',
        data: bars.map(({ value }) => value),
        color: colourOf(0),
        barMaxWidth: 18,
        label: { show: true, position: 'right', ...axisText, textBorderWidth: 0 },
      },
    ],
  });
}

function draw(width: number, height: number, option: EChartsCoreOption): string {
  const canvas = init(null, null, { renderer: 'svg', ssr: true, width, height, useCoarsePointer: false, locale: 'EN' });
  try {
    canvas.setOption({ animation: false, useUTC: true, ...option });
    return canvas.renderToSVGString();
  } finally {
    // A drawing that is kept keeps the process alive, too.
    canvas.dispose();
  }
}

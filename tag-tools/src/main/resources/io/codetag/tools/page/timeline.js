// Live bytes over time, drawn by uPlot. Lines differ in colour and in dash; the list beside the chart names them.

const LINE_COLOURS = ['--line-1', '--line-2', '--line-3', '--line-4', '--line-5', '--line-6', '--line-7', '--line-8'];
const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3]];
const FIRST_SHOWN = 6;
const CHART_PADDING = 8;

function newTimeline(app) {
  const chart = el('div', { class: 'chart', role: 'img' });
  const list = el('div', { class: 'lines', role: 'group', 'aria-label': 'Lines of the chart' });
  const table = el('details', { class: 'numbers' });
  return { app, chart, list, table, element: el('div', { class: 'timeline' }, chart, list, table), hidden: new Map(), plot: null };
}

function linesOf(series) {
  const rest = series.total.map((total, i) => total - series.lines.reduce((part, line) => part + line.bytes[i], 0));
  return [
    { text: 'All memory', bytes: series.total, isTotal: true },
    ...series.lines,
    ...(rest.some(each => each > 0) ? [{ text: 'All other tags', bytes: rest, isRest: true }] : []),
  ];
}

function isShown(timeline, line, index) {
  return !(timeline.hidden.has(line.text) ? timeline.hidden.get(line.text) : index > FIRST_SHOWN);
}

function renderTimeline(timeline) {
  const { app, chart } = timeline;
  const series = app.model.series;
  if (!series || series.times.length < 2) {
    forgetPlot(timeline);
    chart.replaceChildren(el('p', { class: 'empty' }, 'A timeline begins with the second sample.'));
    timeline.list.replaceChildren();
    timeline.table.replaceChildren();
    return;
  }
  const lines = linesOf(series);
  const data = [series.times.map(each => each / 1000), ...lines.map(line => line.bytes)];
  const look = [themes.current, app.exactUnits, chart.clientWidth, chart.clientHeight, ...lines.map(line => line.text)].join('\n');
  chart.setAttribute('aria-label', describe(series));
  renderNumbers(timeline, series, lines);
  if (timeline.plot && timeline.look === look && app.keepsActive) { // news of the same tags: what was chosen stays
    timeline.lines = lines;
    renewLines(timeline, lines);
    timeline.plot.setData(data, !isZoomed(timeline.plot));
    return;
  }
  forgetPlot(timeline);
  chart.replaceChildren();
  timeline.look = look;
  timeline.lines = lines;
  renderLines(timeline, lines);
  timeline.plot = new uPlot(optionsOf(timeline, lines), data, chart);
}

function forgetPlot(timeline) {
  if (timeline.plot) {
    timeline.plot.destroy();
    timeline.plot = null;
  }
}

function isZoomed(plot) {
  const times = plot.data[0];
  return plot.scales.x.min > times[0] || plot.scales.x.max < times[times.length - 1];
}

function describe(series) {
  const last = series.total.length - 1;
  return 'Live bytes from ' + moment(series.times[0]) + ' to ' + moment(series.times[last]) + ': ' + human(series.total[0])
      + ' at first, ' + human(series.total[last]) + ' at last. The numbers are in the table below.';
}

function styleOf(line, index) {
  if (line.isTotal) {
    return { colour: '--text', dash: [], width: 2.5 };
  }
  if (line.isRest) {
    return { colour: '--muted', dash: [3, 3], width: 1.5 };
  }
  return {
    colour: LINE_COLOURS[(index - 1) % LINE_COLOURS.length],
    dash: DASHES[Math.floor((index - 1) / LINE_COLOURS.length + (index - 1)) % DASHES.length],
    width: 1.75,
  };
}

function optionsOf(timeline, lines) {
  const colour = name => resolved(timeline.chart, name);
  const font = '12px ' + getComputedStyle(timeline.chart).fontFamily;
  const axis = { stroke: () => colour('--muted'), font, grid: { stroke: () => colour('--line'), width: 1 },
    ticks: { stroke: () => colour('--line'), width: 1 } };
  return {
    width: Math.max(200, timeline.chart.clientWidth - 2 * CHART_PADDING),
    height: Math.max(180, timeline.chart.clientHeight - 2 * CHART_PADDING),
    legend: { show: false },
    scales: { x: { time: true }, y: { range: (plot, least, most) => [0, most > 0 ? most * 1.06 : 1] } },
    axes: [axis, { ...axis, size: 62, values: (plot, ticks) => ticks.map(human),
      splits: (plot, index, least, most) => binarySteps(most) }],
    cursor: { drag: { x: true, y: false }, points: { size: 7 } },
    series: [{}, ...lines.map((line, index) => {
      const { colour: name, dash, width } = styleOf(line, index);
      return { label: line.text, show: isShown(timeline, line, index), stroke: () => colour(name), dash, width, points: { show: false } };
    })],
    hooks: { setCursor: [plot => pointAtTime(timeline, plot, timeline.lines)] },
  };
}

/** A canvas knows no variables, and a variable may depend on the theme. */
function resolved(element, name) {
  element.style.color = 'var(' + name + ')';
  const colour = getComputedStyle(element).color;
  element.style.color = '';
  return colour;
}

/** Marks at round numbers of a binary unit. */
function binarySteps(most) {
  const step = 2 ** Math.max(0, Math.ceil(Math.log2(most / 5)));
  const steps = [];
  for (let at = 0; at <= most; at += step) {
    steps.push(at);
  }
  return steps;
}

function pointAtTime(timeline, plot, lines) {
  const index = plot.cursor.idx;
  if (index === null || index === undefined || plot.cursor.left < 0) {
    tooltip.hide();
    return;
  }
  const box = plot.over.getBoundingClientRect();
  const all = lines.map((line, i) => ({ line, value: line.bytes[index], shown: plot.series[i + 1].show }))
      .filter(each => each.shown).sort((a, b) => b.value - a.value);
  tooltip.show([['title', moment(plot.data[0][index] * 1000)],
    ...all.map(each => ['fact', timeline.app.bytes(each.value) + '  ' + shortOf(each.line.text)])],
      box.left + plot.cursor.left, box.top + plot.cursor.top);
}

/** The file, the line and the function, without the folder. */
function shortOf(text) {
  return text.replace(/^\S*\/(?=[^/]*:\d+)/, '').replace(' func:', ' ');
}

function renderLines(timeline, lines) {
  timeline.list.replaceChildren(...lines.map((line, index) => el('label', { class: 'line', title: line.text },
      el('input', { type: 'checkbox', checked: isShown(timeline, line, index), change: event => {
        timeline.hidden.set(line.text, !event.target.checked);
        timeline.plot.setSeries(index + 1, { show: event.target.checked });
      } }),
      sampleOf(line, index),
      el('span', { class: 'text' + (line.isTotal ? ' strong' : '') }, shortOf(line.text)),
      el('span', { class: 'now' }),
      el('span', { class: 'change' }))));
  renewLines(timeline, lines);
}

function renewLines(timeline, lines) {
  const app = timeline.app;
  lines.forEach((line, index) => {
    const last = line.bytes[line.bytes.length - 1];
    const label = timeline.list.children[index];
    label.querySelector('.now').textContent = app.bytes(last);
    label.querySelector('.change').textContent = changeText(last - line.bytes[0], n => app.bytes(n));
  });
}

function sampleOf(line, index) {
  const { colour, dash, width } = styleOf(line, index);
  const name = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(name, 'svg');
  const stroke = document.createElementNS(name, 'line');
  for (const [key, value] of Object.entries({ x1: 0, y1: 6, x2: 30, y2: 6, 'stroke-width': width, 'stroke-dasharray': dash.join(' ') })) {
    stroke.setAttribute(key, value);
  }
  stroke.style.stroke = 'var(' + colour + ')';
  svg.setAttribute('viewBox', '0 0 30 12');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(stroke);
  return svg;
}

function renderNumbers(timeline, series, lines) {
  const most = 200;
  const step = Math.ceil(series.times.length / most);
  const fill = () => {
    if (!timeline.table.open) {
      return;
    }
    const rows = series.times.map((time, i) => [time, i]).filter((each, i) => i % step === 0 || i === series.times.length - 1);
    timeline.table.replaceChildren(el('summary', {}, 'As numbers'), el('div', { class: 'scroll', tabindex: 0 }, el('table', {},
        el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'Time'),
            ...lines.map(line => el('th', { scope: 'col' }, shortOf(line.text))))),
        el('tbody', {}, ...rows.map(([time, i]) => el('tr', {}, el('th', { scope: 'row' }, moment(time)),
            ...lines.map(line => el('td', {}, exact(line.bytes[i])))))))));
  };
  timeline.table.ontoggle = fill;
  if (!timeline.table.open) {
    timeline.table.replaceChildren(el('summary', {}, 'As numbers'));
  }
  fill();
}

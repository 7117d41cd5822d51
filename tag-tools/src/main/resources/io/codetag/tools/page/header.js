// What stands above the report: what it is, when it was read, the totals, and how to look at it.

function renderHeader(app) {
  const model = app.model;
  byId('title').textContent = shown(model.title);
  const baseline = model.older ? ', compared with ' + moment(model.older.takenAt) : '';
  byId('origin').textContent = (model.source ? shown(model.source) + ' · ' : '') + moment(model.takenAt) + baseline;
  byId('figures').replaceChildren(...figuresOf(app).map(([name, value, more, kind]) => el('div', { class: 'figure ' + (kind || '') },
      el('span', { class: 'label' }, name), el('span', { class: 'number' }, value), el('span', { class: 'more' }, more))));
}

function figuresOf(app) {
  const model = app.model;
  const live = countOf(model.bytes);
  const figures = [
    ['Live memory', human(model.totalBytes), exact(model.totalBytes) + ' bytes'],
    ['Live calls', exact(model.totalCalls), 'not yet freed'],
    ['Tags', exact(model.size), exact(live) + ' with live memory'],
  ];
  if (model.older) {
    const delta = model.totalBytes - sum(model.older.bytes);
    figures.splice(1, 0, ['Change', changeText(delta, human), signed(delta, exact) + ' bytes',
      delta > 0 ? 'grown' : delta < 0 ? 'shrunk' : '']);
  }
  return figures.concat(totalFigures(model), stateFigure(model));
}

function countOf(numbers) {
  return numbers.reduce((count, each) => count + (each > 0 ? 1 : 0), 0);
}

function totalFigures(model) {
  if (!model.totals) {
    return [];
  }
  const { pages, charged, ownBytes } = model.totals;
  const known = pages.length > 0 && pages.every(each => each.untracked !== undefined);
  const untracked = pages.reduce((total, each) => total + (each.untracked || 0), 0);
  return [
    ...(known ? [['Untracked', human(untracked), 'pages without a tag']] : []),
    ['Charged', human(charged.bytes), 'not in pages'],
    ['Profiler', human(ownBytes), 'its own memory'],
  ];
}

const STATES = {
  on: 'recording',
  draining: 'frees are credited',
  cold: 'nothing is live',
  never: 'off since start',
};

function stateFigure(model) {
  return model.profiling ? [['Profiling', model.profiling, STATES[model.profiling] || '', 'state']] : [];
}

/** Light, dark, or as the system has it. */
const themes = {
  names: { auto: 'System colours', light: 'Light', dark: 'Dark' },

  install(app) {
    const button = el('button', { type: 'button', id: 'theme', click: () => {
      const order = Object.keys(themes.names);
      themes.apply(button, order[(order.indexOf(themes.current) + 1) % order.length]);
      app.render();
    } });
    const wanted = memory.get('theme');
    themes.apply(button, wanted in themes.names ? wanted : 'auto');
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => app.render());
    byId('actions').append(button);
  },

  apply(button, name) {
    themes.current = name;
    memory.set('theme', name);
    document.documentElement.dataset.theme = name;
    button.textContent = { auto: '◐', light: '☀', dark: '☾' }[name] + ' ' + themes.names[name];
    button.setAttribute('aria-label', 'Colours: ' + themes.names[name] + '; change');
  },
};

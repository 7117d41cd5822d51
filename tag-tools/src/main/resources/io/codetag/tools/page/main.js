// Puts the page together. One object holds what is shown and how; everything is drawn from it.

const VIEWS = { treemap: 'Treemap', icicle: 'Icicle', table: 'Table', timeline: 'Timeline' };

const app = {
  model: null,
  rows: new Int32Array(0),
  view: 'treemap',
  metric: 'bytes',
  path: [],
  sort: { key: 'bytes', descending: true },
  filter: { query: '', module: null, change: '', idle: false },
  byModule: false,
  exactUnits: memory.get('units') === 'exact',

  bytes(number) {
    return this.exactUnits ? exact(number) : human(number);
  },

  /** Shows another report in the same way. */
  show(model) {
    const isFirst = this.model === null;
    const hadOlder = this.isCompared;
    this.isCompared = model.older !== null;
    this.model = model;
    if (model.older && !hadOlder) {
      this.metric = 'change';
      this.sort = { key: 'change', descending: true };
    } else if (!model.older && this.metric === 'change') {
      this.metric = 'bytes';
    }
    if (!model.older && this.sort.key === 'change') {
      this.sort = { key: 'bytes', descending: true };
    }
    renderHeader(this);
    if (!model.consistent && !this.notified) {
      notice(this, 'Tags came or went while this was read: the list may lack some, the numbers are right.');
    }
    const choices = modulesOf(model).join('\n') + Boolean(model.older);
    if (choices !== this.choices) { // otherwise an open list would close at each news
      this.choices = choices;
      renderFilters(this);
    }
    this.keepsActive = !isFirst;
    this.select();
    this.keepsActive = false;
  },

  select() {
    this.rows = selectRows(this.model, this.filter);
    this.orderedBy = null;
    this.built = null;
    this.render();
  },

  sorted() {
    const order = this.sort.key + this.sort.descending;
    if (this.orderedBy !== order) {
      sortRows(this.model, this.rows, this.sort);
      this.orderedBy = order;
    }
    return this.rows;
  },

  tree() {
    if (!this.built) {
      this.built = buildTree(this.model, this.rows, this.byModule);
    }
    return this.built;
  },

  render() {
    const panel = panels[this.view];
    for (const [view, each] of Object.entries(panels)) {
      each.element.hidden = view !== this.view;
      each.tab.setAttribute('aria-selected', String(view === this.view));
      each.tab.tabIndex = view === this.view ? 0 : -1;
    }
    panels.timeline.tab.hidden = !this.model.series && !this.live;
    panel.render();
    const some = this.rows.length === this.model.size ? '' : ' of ' + exact(this.model.size);
    byId('counted').textContent = this.view === 'timeline' ? '' : exact(this.rows.length) + some + ' tags shown';
    byId('hint').textContent = panel.hint;
  },

  zoom(path) {
    tooltip.hide();
    this.path = path;
    this.render();
    const first = panels[this.view].element.querySelector('[role=treeitem][tabindex="0"]');
    if (first) {
      first.focus({ preventScroll: true });
    }
  },

  sortBy(column) {
    const again = this.sort.key === column.key;
    this.sort = { key: column.key, descending: again ? !this.sort.descending : Boolean(column.isNumber) };
    this.render();
  },

  search(text) {
    this.filter.query = text;
    byId('search').value = text;
    this.select();
  },

  filtersChanged() {
    renderFilters(this);
    this.select();
  },
};

const table = newTable(app);
const treemap = newMap(app, 'treemap');
const icicle = newMap(app, 'icicle');
const timeline = newTimeline(app);
const MAP_HINT = 'Arrow keys move, Enter opens, Backspace goes up.';
const panels = {
  treemap: newPanel('treemap', treemap.element, () => renderMap(treemap), MAP_HINT),
  icicle: newPanel('icicle', icicle.element, () => renderMap(icicle), MAP_HINT),
  table: newPanel('table', el('div', { class: 'tableview' }, table.grid, el('p', { class: 'empty', id: 'none', hidden: true })),
      renderTableView, 'Arrow keys move, Enter tells all about a tag, a column’s head sorts.'),
  timeline: newPanel('timeline', timeline.element, () => renderTimeline(timeline), 'Drag to zoom, double-click to see all.'),
};

function renderTableView() {
  const isEmpty = app.rows.length === 0;
  const none = byId('none') || panels.table.element.querySelector('#none');
  none.hidden = !isEmpty;
  none.textContent = app.model.size === 0 ? 'There is no tag in this report.' : 'No tag matches.';
  renderTable(table);
}

function newPanel(view, content, render, hint) {
  const tab = el('button', {
    type: 'button', role: 'tab', id: 'tab-' + view, 'aria-controls': 'panel-' + view, click: () => showView(view),
  }, VIEWS[view]);
  const element = el('section', { role: 'tabpanel', id: 'panel-' + view, 'aria-labelledby': 'tab-' + view, class: 'panel' }, content);
  return { tab, element, render, hint };
}

function showView(view) {
  tooltip.hide();
  app.view = view;
  history.replaceState(null, '', '#' + view);
  renderFilters(app);
  app.render();
}

function moveInTabs(event) {
  const shownTabs = Object.keys(panels).filter(view => !panels[view].tab.hidden);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step) {
    const to = shownTabs[(shownTabs.indexOf(app.view) + step + shownTabs.length) % shownTabs.length];
    showView(to);
    panels[to].tab.focus();
  }
}

function renderFilters(app) {
  const model = app.model;
  const isMap = app.view === 'treemap' || app.view === 'icicle';
  const isFiltered = app.view !== 'timeline';
  const search = byId('search') || el('input', {
    type: 'search', id: 'search', placeholder: 'Search file, function, module …', 'aria-label': 'Search', autocomplete: 'off',
    spellcheck: 'false', input: debounced(() => app.search(byId('search').value), 140),
  });
  const modules = modulesOf(model);
  const controls = [
    isMap && choice('Size by', [['bytes', 'Size: bytes'], ['calls', 'Size: calls'],
      ...(model.older ? [['change', 'Size: change']] : [])], app.metric, value => { app.metric = value; app.render(); }),
    isMap && model.hasModules && choice('Group by', [['', 'By package'], ['module', 'By module']], app.byModule ? 'module' : '',
        value => { app.byModule = value !== ''; app.path = []; app.select(); }),
    modules.length > 1 && isFiltered && choice('Module', [['all', 'All modules'], ...modules.map(name => ['=' + name, name || 'No module'])],
        app.filter.module === null ? 'all' : '=' + app.filter.module,
        value => { app.filter.module = value === 'all' ? null : value.slice(1); app.select(); }),
    model.older && isFiltered && choice('Change', [['', 'All changes'], ...CHANGES.map(each => [each, each])], app.filter.change,
        value => { app.filter.change = value; app.select(); }),
    choice('Units', [['human', 'Units: K M G'], ['exact', 'Units: bytes']], app.exactUnits ? 'exact' : 'human', value => {
      app.exactUnits = value === 'exact';
      memory.set('units', value);
      app.render();
    }),
    app.view === 'table' && el('label', { class: 'check' }, el('input', { type: 'checkbox', checked: app.filter.idle, change: event => {
      app.filter.idle = event.target.checked;
      app.select();
    } }), 'Idle tags'),
  ];
  const box = byId('filters');
  if (!search.isConnected) {
    box.append(search, el('div', { class: 'choices', id: 'choices' }));
  }
  search.hidden = !isFiltered;
  byId('choices').replaceChildren(...controls.filter(control => control));
}

const MOST_MODULES = 300;

/** The names of the modules that there are; empty for tags of none. */
function modulesOf(model) {
  return Array.from(new Set(model.module)).slice(0, MOST_MODULES).map(each => model.strings[each]).sort();
}

function notice(app, text) {
  const box = byId('notice');
  app.notified = text !== '';
  box.textContent = text;
  box.hidden = text === '';
}

function begin() {
  const data = JSON.parse(byId('data').textContent);
  app.live = data.live;
  byId('tabs').append(...Object.values(panels).map(panel => panel.tab));
  byId('tabs').addEventListener('keydown', moveInTabs);
  byId('main').append(...Object.values(panels).map(panel => panel.element));
  byId('show-licences').addEventListener('click', () => byId('licences').showModal());
  new ResizeObserver(debounced(() => app.render(), 60)).observe(byId('main'));
  addEventListener('keydown', event => {
    if (event.key === '/' && !event.target.matches('input, select, textarea')) {
      event.preventDefault();
      byId('search').focus();
    }
  });
  app.model = readModel(data);
  const wanted = location.hash.slice(1);
  app.view = wanted in VIEWS && (wanted !== 'timeline' || app.model.series || app.live) ? wanted : app.view;
  themes.install(app);
  const model = app.model;
  app.model = null;
  app.show(model);
  if (app.live) {
    startLive(app, app.live);
  }
  document.documentElement.dataset.ready = 'true';
}

begin();

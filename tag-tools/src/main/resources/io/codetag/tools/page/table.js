// The table. It has as many rows as there are tags, of which only those in view exist as elements.

const ROW_HEIGHT = 34;
const MOST_PIXELS = 8000000; // a browser draws nothing beyond some height; longer tables scroll in larger steps

function newTable(app) {
  const head = el('div', { role: 'row', class: 'head', 'aria-rowindex': 1 });
  const space = el('div', { class: 'space', role: 'presentation' });
  const body = el('div', { class: 'body', role: 'rowgroup' }, space);
  const grid = el('div', { role: 'grid', class: 'grid', 'aria-label': 'Tags', tabindex: 0 },
      el('div', { role: 'rowgroup', class: 'headgroup' }, head), body);
  const table = { app, head, space, body, grid, rows: new Int32Array(0), active: 0, columns: [], shown: new Map() };
  grid.addEventListener('scroll', () => drawRows(table), { passive: true });
  grid.addEventListener('keydown', event => moveInTable(table, event));
  grid.addEventListener('click', event => chooseRow(table, event, false));
  grid.addEventListener('dblclick', event => chooseRow(table, event, true));
  return table;
}

/** What can be sorted by, in the order of the columns. */
function columnsOf(model) {
  const number = (key, name, text, title) => ({ key, name, text, title, isNumber: true });
  return [
    { ...number('bytes', 'Bytes', row => app => app.bytes(model.bytes[row]), row => exact(model.bytes[row]) + ' bytes'),
      bar: row => model.bytes[row] / (model.largest || (model.largest = largestOf(model.bytes))) },
    model.older && { ...number('change', 'Change', row => app => changeText(changeOf(model, row), n => app.bytes(n)),
        row => CHANGES[model.older.change[row]] + ': ' + changeText(changeOf(model, row)) + ' bytes'),
      colour: row => Math.sign(changeOf(model, row)) },
    number('calls', 'Calls', row => () => exact(model.calls[row])),
    { ...number('average', 'Per call', row => app => model.calls[row] ? app.bytes(Math.round(averageOf(model, row))) : '–'),
      extra: true },
    { key: 'function', name: 'Function', code: true, text: row => () => model.strings[model.function[row]],
      title: row => model.strings[model.function[row]] },
    { key: 'place', name: 'Place', code: true, isPlace: true, title: row => placeOf(model, row) },
    model.hasModules && { key: 'module', name: 'Module', extra: true,
      text: row => () => model.module[row] ? model.strings[model.module[row]] : '' },
    model.notes.some(each => each) && { key: 'notes', name: 'Notes', text: row => () => notesOf(model, row).join(' ') },
  ].filter(column => column);
}

function largestOf(numbers) {
  let largest = 1;
  for (const each of numbers) {
    largest = Math.max(largest, each);
  }
  return largest;
}

function renderTable(table) {
  const app = table.app;
  const activeKey = table.model && table.rows.length > 0 ? placeOf(table.model, table.rows[table.active]) : null;
  table.model = app.model;
  table.rows = app.sorted();
  table.columns = columnsOf(app.model);
  const keep = app.keepsActive && activeKey !== null
      ? table.rows.findIndex(row => placeOf(app.model, row) === activeKey) : -1;
  table.active = Math.max(0, keep);
  table.grid.setAttribute('aria-rowcount', table.rows.length + 1);
  table.grid.setAttribute('aria-colcount', table.columns.length);
  table.grid.className = 'grid columns-' + table.columns.map(column => column.key).join(' has-');
  renderHead(table);
  table.scale = Math.min(1, MOST_PIXELS / Math.max(1, table.rows.length * ROW_HEIGHT));
  table.space.style.height = table.rows.length * ROW_HEIGHT * table.scale + 'px';
  table.shown.forEach(row => row.remove());
  table.shown.clear();
  drawRows(table);
}

function renderHead(table) {
  const { app, head } = table;
  const focused = head.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  head.replaceChildren(...table.columns.map(column => {
    const isSorted = app.sort.key === column.key;
    const arrow = isSorted ? (app.sort.descending ? '▼' : '▲') : '';
    return el('div', {
      role: 'columnheader',
      class: cellClass(column),
      'aria-sort': isSorted ? (app.sort.descending ? 'descending' : 'ascending') : 'none',
    }, el('button', { type: 'button', 'data-key': column.key, click: () => app.sortBy(column) },
        column.name, el('span', { class: 'arrow', 'aria-hidden': 'true' }, arrow)));
  }));
  table.grid.style.setProperty('--columns', table.columns.map(widthOf).join(' '));
  if (focused) {
    const again = Array.from(head.querySelectorAll('button')).find(button => button.dataset.key === focused);
    if (again) {
      again.focus();
    }
  }
}

function widthOf(column) {
  const narrow = innerWidth < 760;
  return narrow && column.extra ? '0' : {
    bytes: narrow ? '92px' : '150px', change: '104px', calls: '96px', average: '88px',
    function: 'minmax(90px, 1fr)', place: 'minmax(160px, 2.2fr)', module: 'minmax(70px, .7fr)',
    notes: narrow ? '90px' : '190px',
  }[column.key];
}

function cellClass(column) {
  return 'cell ' + column.key + (column.isNumber ? ' number' : '') + (column.code ? ' code' : '')
      + (column.extra ? ' extra' : '');
}

function firstRow(table) {
  return Math.floor(table.grid.scrollTop / table.scale / ROW_HEIGHT);
}

function drawRows(table) {
  const view = table.grid.clientHeight;
  const first = Math.max(0, firstRow(table) - 4);
  const last = Math.min(table.rows.length, firstRow(table) + Math.ceil(view / ROW_HEIGHT) + 5);
  for (const [index, row] of table.shown) {
    if (index < first || index >= last) {
      row.remove();
      table.shown.delete(index);
    }
  }
  const offset = table.grid.scrollTop - table.grid.scrollTop / table.scale; // 0 unless the table is scaled
  for (let index = first; index < last; index++) {
    let row = table.shown.get(index);
    if (!row) {
      row = newRow(table, index);
      table.shown.set(index, row);
      table.body.append(row);
    }
    row.style.transform = 'translateY(' + (index * ROW_HEIGHT + offset) + 'px)';
  }
  markActive(table);
}

function newRow(table, index) {
  const row = table.rows[index];
  return el('div', {
    role: 'row', class: 'row' + (index % 2 ? ' odd' : ''), id: 'row-' + index, 'aria-rowindex': index + 2,
  }, ...table.columns.map(column => newCell(table, column, row)));
}

function newCell(table, column, row) {
  const model = table.app.model;
  const cell = el('div', { role: 'gridcell', class: cellClass(column), title: column.title ? column.title(row) : null });
  if (column.isPlace) {
    const folder = model.folder[row] ? model.strings[model.folder[row]] + '/' : '';
    cell.append(el('span', { class: 'folder' }, el('bdi', {}, folder)),
        el('span', { class: 'file' }, model.strings[model.file[row]] + ':' + model.line[row]));
    return cell;
  }
  if (column.bar) {
    const bar = el('span', { class: 'meter', 'aria-hidden': 'true' });
    bar.style.width = (100 * column.bar(row)).toFixed(2) + '%';
    cell.append(bar);
  }
  const colour = column.colour ? column.colour(row) : 0;
  cell.append(el('span', { class: colour > 0 ? 'grown' : colour < 0 ? 'shrunk' : null }, column.text(row)(table.app)));
  return cell;
}

function markActive(table) {
  for (const [index, row] of table.shown) {
    row.setAttribute('aria-selected', String(index === table.active));
  }
  if (table.shown.has(table.active)) {
    table.grid.setAttribute('aria-activedescendant', 'row-' + table.active);
  } else {
    table.grid.removeAttribute('aria-activedescendant');
  }
}

function moveInTable(table, event) {
  if (event.target !== table.grid || table.rows.length === 0 || event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }
  const page = Math.max(1, Math.floor(table.grid.clientHeight / ROW_HEIGHT) - 2);
  const to = {
    ArrowDown: table.active + 1, ArrowUp: table.active - 1, PageDown: table.active + page,
    PageUp: table.active - page, Home: 0, End: table.rows.length - 1,
  }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    activate(table, Math.max(0, Math.min(table.rows.length - 1, to)));
  } else if (event.key === 'Enter') {
    event.preventDefault(); // or the same key would press the button that gets the focus
    showDetails(table.app, table.rows[table.active]);
  }
}

/** Makes a row the active one and brings it into view. */
function activate(table, index) {
  table.active = index;
  const view = table.grid.clientHeight - ROW_HEIGHT; // the head stays
  const top = index * ROW_HEIGHT;
  const seen = table.grid.scrollTop / table.scale;
  if (top < seen) {
    table.grid.scrollTop = top * table.scale;
  } else if (top + ROW_HEIGHT > seen + view) {
    table.grid.scrollTop = Math.ceil((top + ROW_HEIGHT - view) * table.scale);
  }
  drawRows(table);
}

function chooseRow(table, event, open) {
  const row = event.target.closest('.row');
  if (!row) {
    return;
  }
  table.active = Number(row.id.slice('row-'.length));
  markActive(table);
  if (open) {
    showDetails(table.app, table.rows[table.active]);
  }
}

// Which tags are shown, and in which order.

/** Tells whether every word occurs in the place as reports print it, or in its notes. */
function selectRows(model, filter) {
  const words = filter.query.toLowerCase().split(/\s+/).filter(word => word);
  const change = filter.change === '' ? -1 : CHANGES.indexOf(filter.change);
  const module = filter.module === null ? -1 : model.strings.indexOf(filter.module);
  const rows = new Int32Array(model.size);
  let found = 0;
  for (let row = 0; row < model.size; row++) {
    const isIdle = model.bytes[row] === 0 && model.calls[row] === 0
        && (!model.older || (model.older.bytes[row] === 0 && model.older.calls[row] === 0));
    if ((isIdle && !filter.idle)
        || (filter.module !== null && model.module[row] !== module)
        || (change >= 0 && (!model.older || model.older.change[row] !== change))
        || (words.length > 0 && !matches(model, row, words))) {
      continue;
    }
    rows[found++] = row;
  }
  return rows.subarray(0, found);
}

function matches(model, row, words) {
  model.lower = model.lower || new Array(model.size);
  const text = model.lower[row]
      || (model.lower[row] = (placeOf(model, row) + ' ' + notesOf(model, row).join(' ')).toLowerCase());
  return words.every(word => text.includes(word));
}

function sortRows(model, rows, sort) {
  const by = comparators[sort.key](model);
  const sign = sort.descending ? -1 : 1;
  return rows.sort((a, b) => sign * by(a, b) || model.bytes[b] - model.bytes[a] || a - b);
}

const comparators = {
  bytes: model => (a, b) => model.bytes[a] - model.bytes[b],
  calls: model => (a, b) => model.calls[a] - model.calls[b],
  average: model => (a, b) => averageOf(model, a) - averageOf(model, b),
  change: model => (a, b) => changeOf(model, a) - changeOf(model, b),
  place: model => {
    const rank = ranksOf(model);
    return (a, b) => rank[model.folder[a]] - rank[model.folder[b]] || rank[model.file[a]] - rank[model.file[b]]
        || model.line[a] - model.line[b];
  },
  function: model => byRank(model, model.function),
  module: model => byRank(model, model.module),
  notes: model => (a, b) => model.notes[a] - model.notes[b],
};

function averageOf(model, row) {
  return model.calls[row] > 0 ? model.bytes[row] / model.calls[row] : 0;
}

function changeOf(model, row) {
  return model.older ? model.bytes[row] - model.older.bytes[row] : 0;
}

function byRank(model, column) {
  const rank = ranksOf(model);
  return (a, b) => rank[column[a]] - rank[column[b]];
}

/** Orders the table of strings once, so that comparing two names is comparing two numbers. */
function ranksOf(model) {
  if (!model.ranks) {
    const order = Array.from(model.strings.keys())
        .sort((a, b) => model.strings[a] < model.strings[b] ? -1 : model.strings[a] > model.strings[b] ? 1 : 0);
    model.ranks = new Int32Array(order.length);
    order.forEach((string, rank) => { model.ranks[string] = rank; });
  }
  return model.ranks;
}

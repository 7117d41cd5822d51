// What was read: columns, one element a tag. Names are numbers into a table of strings.

function readModel(data) {
  const tags = data.tags;
  const size = tags.bytes.length;
  const model = {
    title: data.title,
    source: data.source,
    takenAt: data.takenAt,
    consistent: data.consistent,
    profiling: data.profiling,
    totals: data.totals,
    size,
    strings: data.strings.map(shown),
    folder: Int32Array.from(tags.folder),
    file: Int32Array.from(tags.file),
    line: Int32Array.from(tags.line),
    function: Int32Array.from(tags.function),
    module: Int32Array.from(tags.module),
    bytes: Float64Array.from(tags.bytes),
    calls: Float64Array.from(tags.calls),
    notes: Uint8Array.from(tags.notes),
    older: null,
    series: null,
  };
  if (data.older) {
    model.older = {
      takenAt: data.older.takenAt,
      bytes: Float64Array.from(data.older.bytes),
      calls: Float64Array.from(data.older.calls),
      change: Uint8Array.from(data.older.change, each => CHANGES.indexOf(data.strings[each])),
    };
  }
  model.series = readSeries(data.series, model);
  model.totalBytes = sum(model.bytes);
  model.totalCalls = sum(model.calls);
  model.hasModules = model.module.some(each => each !== 0);
  model.texts = new Array(size);
  return model;
}

function readSeries(series, model) {
  return series && {
    times: series.times,
    total: series.total,
    lines: series.lines.map(line => ({ text: placeText(model.strings, ...line.place), bytes: line.bytes })),
  };
}

const INACCURATE = 1;
const UNLOADED = 2;
const CHANGES = ['new', 'gone', 'grown', 'shrunk', 'same'];

function sum(numbers) {
  let result = 0;
  for (const each of numbers) {
    result += each;
  }
  return result;
}

/** The place as reports print it. */
function placeText(strings, folder, file, line, name, module) {
  return (folder ? strings[folder] + '/' : '') + strings[file] + ':' + line
      + (module ? ' [' + strings[module] + ']' : '') + ' func:' + strings[name];
}

function placeOf(model, row) {
  return model.texts[row] || (model.texts[row] = placeText(model.strings, model.folder[row], model.file[row],
      model.line[row], model.function[row], model.module[row]));
}

function notesOf(model, row) {
  const notes = [];
  if (model.notes[row] & INACCURATE) {
    notes.push('accurate:no');
  }
  if (model.notes[row] & UNLOADED) {
    notes.push('state:unloaded');
  }
  return notes;
}

/** Compares a report with one that this page saw before; a tag of a running program keeps its place. */
function compareWith(model, baseline) {
  const before = new Map();
  for (let row = 0; row < baseline.size; row++) {
    before.set(placeOf(baseline, row), row);
  }
  const older = {
    takenAt: baseline.takenAt,
    bytes: new Float64Array(model.size),
    calls: new Float64Array(model.size),
    change: new Uint8Array(model.size),
  };
  for (let row = 0; row < model.size; row++) {
    const was = before.get(placeOf(model, row));
    if (was !== undefined) {
      older.bytes[row] = baseline.bytes[was];
      older.calls[row] = baseline.calls[was];
    }
    const grown = Math.sign(model.bytes[row] - older.bytes[row]) || Math.sign(model.calls[row] - older.calls[row]);
    older.change[row] = was === undefined ? 0 : grown > 0 ? 2 : grown < 0 ? 3 : 4;
  }
  model.older = older;
}

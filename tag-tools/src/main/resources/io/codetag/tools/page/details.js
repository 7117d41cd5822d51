// All that is known of one tag, in a dialog.

function showDetails(app, row) {
  const model = app.model;
  const dialog = byId('details');
  const facts = el('dl', {});
  for (const [name, value] of detailsOf(model, row)) {
    facts.append(el('dt', {}, name), el('dd', {}, value));
  }
  dialog.replaceChildren(
      el('h2', { id: 'details-title' }, model.strings[model.function[row]]),
      el('p', { class: 'code' }, placeOf(model, row)),
      facts,
      el('div', { class: 'buttons' },
          el('button', {
            type: 'button',
            click: () => {
              dialog.close();
              app.search(model.strings[model.file[row]]);
            },
          }, 'Only this file'),
          el('button', { type: 'button', click: () => dialog.close(), autofocus: true }, 'Close')));
  tooltip.hide();
  dialog.showModal();
}

function detailsOf(model, row) {
  const now = memoryOfRow(model, row);
  const details = [
    ['Live bytes', exact(now.bytes) + ' (' + human(now.bytes) + ', ' + share(now.bytes, model.totalBytes) + ' of all)'],
    ['Live calls', exact(now.calls) + ' (' + share(now.calls, model.totalCalls) + ' of all)'],
    ['Bytes a call', now.calls > 0 ? exact(Math.round(now.bytes / now.calls)) : '–'],
  ];
  if (model.older) {
    details.push(
        ['Bytes before', exact(now.olderBytes) + ' (' + human(now.olderBytes) + ')'],
        ['Change', changeText(now.bytes - now.olderBytes) + ' bytes, ' + signed(now.calls - now.olderCalls, exact)
            + ' calls: ' + CHANGES[model.older.change[row]]]);
  }
  details.push(
      ['File', (model.folder[row] ? model.strings[model.folder[row]] + '/' : '') + model.strings[model.file[row]]],
      ['Line', model.line[row] === 0 ? 'unknown' : String(model.line[row])],
      ['Module', model.module[row] ? model.strings[model.module[row]] : 'none (core)']);
  if (model.notes[row] & INACCURATE) {
    details.push(['accurate:no', 'something of this tag may have gone uncounted']);
  }
  if (model.notes[row] & UNLOADED) {
    details.push(['state:unloaded', 'its module was unloaded and left this memory behind']);
  }
  return details;
}

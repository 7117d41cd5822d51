// One tooltip for the whole page; it shows on hover and on focus, and goes with Escape.

const tooltip = {
  show(lines, x, y) {
    const box = byId('tooltip');
    box.replaceChildren(...lines.filter(line => line).map(([kind, text]) => el('div', { class: kind }, text)));
    box.hidden = false;
    const left = Math.min(x + 14, innerWidth - box.offsetWidth - 8);
    const below = y + 18 + box.offsetHeight < innerHeight;
    box.style.left = Math.max(8, left) + 'px';
    box.style.top = Math.max(8, below ? y + 18 : y - box.offsetHeight - 10) + 'px';
  },

  hide() {
    byId('tooltip').hidden = true;
  },
};

/** What there is to say of some memory: exact numbers, share, what changed. */
function factsOf(model, memoryOf, whole) {
  const facts = [['fact', exact(memoryOf.bytes) + ' bytes, ' + plural(memoryOf.calls, 'call', 'calls')]];
  if (memoryOf.calls > 0) {
    facts.push(['fact', human(memoryOf.bytes / memoryOf.calls) + ' a call, ' + share(memoryOf.bytes, whole) + ' of all']);
  }
  if (model.older) {
    facts.push(['fact', changeText(memoryOf.bytes - memoryOf.olderBytes) + ' bytes, '
        + signed(memoryOf.calls - memoryOf.olderCalls, exact) + ' calls since the baseline']);
  }
  return facts;
}

/** A change is told by a sign and a triangle; the colour only repeats it. */
function changeText(delta, format = exact) {
  return delta > 0 ? '▲ +' + format(delta) : delta < 0 ? '▼ ' + format(delta) : '= 0';
}

function memoryOfRow(model, row) {
  return {
    bytes: model.bytes[row],
    calls: model.calls[row],
    olderBytes: model.older ? model.older.bytes[row] : 0,
    olderCalls: model.older ? model.older.calls[row] : 0,
  };
}

// Treemap and icicle: two layouts of one tree. Both draw a bounded number of elements, whatever the number of tags.

const LIMITS = {
  treemap: { share: 0.0012, openShare: 0.012, nodes: 420, depth: 5 },
  icicle: { share: 0.002, openShare: 0, nodes: 600, depth: 24 },
};
const ICICLE_ROWS = [30, 72]; // a row is at least and at most so high
const HUES = 8;

function newMap(app, kind) {
  const crumbs = el('nav', { class: 'crumbs', 'aria-label': 'Path' });
  const canvas = el('div', { class: 'canvas ' + kind, role: 'tree', 'aria-label': kind === 'treemap' ? 'Treemap' : 'Icicle' });
  const legend = el('p', { class: 'legend' });
  const map = { app, kind, crumbs, canvas, legend, cells: [], element: el('div', { class: 'map' }, crumbs, canvas, legend) };
  canvas.addEventListener('pointermove', event => pointAtCell(map, event));
  canvas.addEventListener('pointerleave', () => tooltip.hide());
  canvas.addEventListener('focusin', event => focusCell(map, event));
  canvas.addEventListener('focusout', () => tooltip.hide());
  canvas.addEventListener('click', event => openCell(map, cellOf(map, event.target)));
  canvas.addEventListener('keydown', event => moveInMap(map, event));
  return map;
}

function renderMap(map) {
  const { app, kind, canvas } = map;
  const root = app.tree();
  const zoomed = nodeAt(root, app.path);
  app.path = pathOf(zoomed);
  const focused = canvas.contains(document.activeElement) ? keyOf(cellOf(map, document.activeElement)) : null;
  const weightOf = weights[app.metric];
  map.root = zoomed;
  renderCrumbs(map, zoomed);
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  canvas.replaceChildren();
  map.cells = [];
  if (weightOf(zoomed) <= 0 || width < 20) {
    canvas.append(el('p', { class: 'empty' }, emptyText(app)));
    map.legend.replaceChildren();
    return;
  }
  const laidOut = layOut(kind, visibleTree(zoomed, weightOf, LIMITS[kind]), width, height);
  colour(laidOut);
  laidOut.each(place => addCell(map, place));
  canvas.append(...map.cells.map(cell => cell.element));
  setTabStop(map, map.cells.find(cell => keyOf(cell) === focused) || map.cells[0], focused !== null);
  renderLegend(map);
}

function emptyText(app) {
  return app.rows.length === 0 ? 'No tag matches.' : app.metric === 'change' ? 'Nothing changed.' : 'Nothing is live.';
}

function layOut(kind, visible, width, height) {
  const root = d3.hierarchy(visible).sum(each => each.children ? 0 : each.weight);
  if (kind === 'treemap') {
    return d3.treemap().size([width, height]).round(true).paddingOuter(3).paddingInner(2)
        .paddingTop(place => place.depth === 0 ? 0 : 21)(root);
  }
  const row = Math.max(ICICLE_ROWS[0], Math.min(ICICLE_ROWS[1], Math.floor(height / (root.height + 1))));
  return d3.partition().size([width, (root.height + 1) * row]).padding(1).round(true)(root);
}

/** Each branch of the top that forks has a hue of its own, and everything in it shares it. */
function colour(root) {
  let fork = root;
  while (fork.children && fork.children.length === 1) {
    fork = fork.children[0];
  }
  root.each(place => {
    const above = place.parent;
    place.hue = place === fork || !above || above.hue === undefined
        ? undefined : above === fork ? fork.children.indexOf(place) % HUES : above.hue;
    if (above === fork) {
      place.hue = fork.children.indexOf(place) % HUES;
    }
  });
}

function addCell(map, place) {
  const isRoot = place.depth === 0;
  if (map.kind === 'treemap' && isRoot) {
    return;
  }
  const width = place.x1 - place.x0;
  const height = place.y1 - place.y0;
  if (width < 2 || height < 2) {
    return;
  }
  const cell = { place, node: place.data.node, data: place.data };
  const element = el('div', {
    role: 'treeitem', tabindex: -1, class: classOf(map, cell, width, height), 'aria-label': labelOf(map, cell),
    'aria-level': place.depth + 1, 'aria-expanded': place.children ? 'true' : null,
  });
  Object.assign(element.style, {
    left: place.x0 + 'px', top: place.y0 + 'px', width: width + 'px', height: height + 'px',
  });
  if (width >= 34 && height >= 15) {
    element.append(el('span', { class: 'name' }, nameOf(map, cell)));
    if (width >= 96 || (height >= 34 && width >= 48 && !isFlat(map, cell, height))) {
      element.append(el('span', { class: 'value' }, valueOf(map, cell)));
    }
  }
  cell.element = element;
  map.cells.push(cell);
}

function classOf(map, cell, width, height) {
  const place = cell.place;
  const tone = map.app.model.older ? toneOf(cell) : 'hue' + (place.hue === undefined ? 'none' : place.hue);
  return 'node ' + tone + (place.children ? ' group' : ' leaf') + (cell.node ? '' : ' rest')
      + (place.depth % 2 ? ' deep' : '') + (isFlat(map, cell, height) ? ' flat' : '') + (width < 48 ? ' slim' : '');
}

/** Name and value side by side, or one above the other. */
function isFlat(map, cell, height) {
  return height < 36 || (map.kind === 'treemap' && Boolean(cell.place.children));
}

/** How much a node grew or shrank, in steps; the triangle in its label says it without the colour. */
function toneOf(cell) {
  if (!cell.node) {
    return 'same';
  }
  const delta = cell.node.bytes - cell.node.olderBytes;
  const ratio = Math.abs(delta) / Math.max(1, cell.node.bytes, cell.node.olderBytes);
  const step = ratio < 0.02 ? 0 : ratio < 0.2 ? 1 : ratio < 0.6 ? 2 : 3;
  return step === 0 ? 'same' : (delta > 0 ? 'up' : 'down') + step;
}

function nameOf(map, cell) {
  return cell.node ? cell.node.name || 'All memory' : exact(cell.data.rest) + ' more';
}

function valueOf(map, cell) {
  const { app } = map;
  if (app.model.older && cell.node) {
    return changeText(cell.node.bytes - cell.node.olderBytes, n => app.bytes(n));
  }
  return app.metric === 'calls' ? exact(cell.data.weight) : app.bytes(cell.data.weight);
}

function labelOf(map, cell) {
  const { app } = map;
  const node = cell.node;
  const whole = weights[app.metric](app.tree());
  return nameOf(map, cell) + ', ' + valueOf(map, cell) + ', ' + share(cell.data.weight, whole)
      + (node && node.count > 1 ? ', ' + plural(node.count, 'tag', 'tags') : '');
}

function renderCrumbs(map, zoomed) {
  const nodes = [];
  for (let node = zoomed; node; node = node.parent) {
    nodes.unshift(node);
  }
  map.crumbs.replaceChildren(el('ol', {}, ...nodes.map((node, i) => {
    const text = node.name || 'All memory';
    const size = map.app.bytes(node.bytes);
    return el('li', {}, i === nodes.length - 1
        ? el('span', { 'aria-current': 'location' }, text, el('span', { class: 'size' }, size))
        : el('button', { type: 'button', click: () => map.app.zoom(pathOf(node)) }, text));
  })));
}

function renderLegend(map) {
  const { app } = map;
  const area = { bytes: 'live bytes', calls: 'live calls', change: 'bytes that came or went' }[app.metric];
  const parts = [(map.kind === 'treemap' ? 'Area: ' : 'Width: ') + area + '. '];
  if (app.model.older) {
    for (const [tone, text] of [['down3', '▼ shrank'], ['same', '= same'], ['up3', '▲ grew']]) {
      parts.push(el('span', { class: 'key ' + tone }, text));
    }
  } else {
    parts.push('Colour: the branch it belongs to.');
  }
  map.legend.replaceChildren(...parts);
}

function cellOf(map, target) {
  const element = target.closest ? target.closest('.node') : null;
  return map.cells.find(cell => cell.element === element);
}

function keyOf(cell) {
  return !cell ? null : cell.node ? JSON.stringify(pathOf(cell.node)) : 'rest ' + JSON.stringify(pathOf(cell.data.parent));
}

function tooltipOf(map, cell) {
  const model = map.app.model;
  if (!cell.node) {
    return [['title', exact(cell.data.rest) + ' smaller ones'], ['fact', valueOf(map, cell) + ' together'],
      ['quiet', 'open what they are in to see them']];
  }
  const node = cell.node;
  const title = node.row >= 0 ? placeOf(model, node.row) : pathOf(node).join('/') || 'All memory';
  return [['title code', title], ...factsOf(model, node, model.totalBytes),
    node.row < 0 && ['fact', plural(node.count, 'tag', 'tags')],
    node.row >= 0 && notesOf(model, node.row).length > 0 && ['fact', notesOf(model, node.row).join(' ')],
    ['quiet', node.row >= 0 ? 'click or Enter: all about this tag' : 'click or Enter: look inside']];
}

function pointAtCell(map, event) {
  const cell = cellOf(map, event.target);
  if (cell) {
    tooltip.show(tooltipOf(map, cell), event.clientX, event.clientY);
  } else {
    tooltip.hide();
  }
}

function focusCell(map, event) {
  const cell = cellOf(map, event.target);
  if (cell && event.target.matches(':focus-visible')) {
    const box = cell.element.getBoundingClientRect();
    tooltip.show(tooltipOf(map, cell), box.left, Math.min(box.bottom, box.top + 24));
  }
}

function openCell(map, cell) {
  if (!cell) {
    return;
  }
  if (!cell.node) {
    map.app.zoom(pathOf(cell.data.parent));
  } else if (cell.node.row >= 0) {
    showDetails(map.app, cell.node.row);
  } else if (cell.node === map.root && cell.node.parent) {
    map.app.zoom(pathOf(cell.node.parent));
  } else {
    map.app.zoom(pathOf(cell.node));
  }
}

function setTabStop(map, cell, takeFocus) {
  for (const each of map.cells) {
    each.element.tabIndex = each === cell ? 0 : -1;
  }
  if (cell && takeFocus) {
    cell.element.focus({ preventScroll: true });
  }
}

/** Left and right among siblings, down into a group, up out of it; Enter opens, Backspace zooms out. */
function moveInMap(map, event) {
  const cell = cellOf(map, event.target);
  if (!cell || event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }
  const siblings = cell.place.parent ? cell.place.parent.children : [cell.place];
  const index = siblings.indexOf(cell.place);
  const to = {
    ArrowRight: siblings[index + 1], ArrowLeft: siblings[index - 1], Home: siblings[0], End: siblings[siblings.length - 1],
    ArrowDown: cell.place.children && cell.place.children[0], ArrowUp: cell.place.parent,
  };
  if (event.key in to) {
    event.preventDefault();
    const target = map.cells.find(each => each.place === to[event.key]);
    if (target) {
      setTabStop(map, target, true);
    }
  } else if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    openCell(map, cell);
  } else if (event.key === 'Backspace' && map.root.parent) {
    event.preventDefault();
    map.app.zoom(pathOf(map.root.parent));
  } else if (event.key === 'Escape') {
    tooltip.hide();
  }
}

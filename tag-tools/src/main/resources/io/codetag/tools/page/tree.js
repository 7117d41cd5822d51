// Tags as a tree: folders (packages), files (classes), lines. Everything is added up once; what is drawn is cut from it.

function newNode(name, parent) {
  return {
    name, parent, children: null, row: -1, count: 0,
    bytes: 0, calls: 0, olderBytes: 0, olderCalls: 0, movedBytes: 0,
  };
}

function childOf(node, key, name) {
  node.children = node.children || new Map();
  let child = node.children.get(key);
  if (!child) {
    child = newNode(name, node);
    node.children.set(key, child);
  }
  return child;
}

function buildTree(model, rows, byModule) {
  const root = newNode('', null);
  const folders = new Map();
  for (const row of rows) {
    const folderKey = byModule ? model.folder[row] + ' ' + model.module[row] : model.folder[row];
    let folder = folders.get(folderKey);
    if (!folder) {
      folder = folderNode(model, root, row, byModule);
      folders.set(folderKey, folder);
    }
    const file = childOf(folder, model.strings[model.file[row]], model.strings[model.file[row]]);
    const leaf = childOf(file, row, model.strings[model.function[row]] + ':' + model.line[row]);
    leaf.row = row;
    addUp(model, leaf, row);
  }
  joinChains(root);
  return root;
}

function folderNode(model, root, row, byModule) {
  let node = root;
  if (byModule) {
    const module = model.module[row] ? '[' + model.strings[model.module[row]] + ']' : 'no module';
    node = childOf(node, module, module);
  }
  if (model.folder[row]) {
    for (const name of model.strings[model.folder[row]].split('/')) {
      node = childOf(node, name + '/', name);
    }
  }
  return node;
}

function addUp(model, leaf, row) {
  const olderBytes = model.older ? model.older.bytes[row] : 0;
  const olderCalls = model.older ? model.older.calls[row] : 0;
  const moved = Math.abs(model.bytes[row] - olderBytes);
  for (let node = leaf; node; node = node.parent) {
    node.count++;
    node.bytes += model.bytes[row];
    node.calls += model.calls[row];
    node.olderBytes += olderBytes;
    node.olderCalls += olderCalls;
    node.movedBytes += moved;
  }
}

/** A folder with one folder in it says nothing of its own: both become one node, as in com/acme. */
function joinChains(root) {
  const pending = [root];
  while (pending.length > 0) {
    const node = pending.pop();
    if (!node.children) {
      continue;
    }
    for (const [key, first] of node.children) {
      let child = first;
      while (child.children && child.children.size === 1) {
        const only = child.children.values().next().value;
        only.name = child.name + (only.row >= 0 ? ' ' : '/') + only.name;
        only.parent = node;
        child = only;
      }
      node.children.set(key, child);
      pending.push(child);
    }
  }
}

const weights = {
  bytes: node => node.bytes,
  calls: node => node.calls,
  change: node => node.movedBytes,
};

/** Cuts out what can be seen: no node below a share of the whole, no more than so many; the others are one node. */
function visibleTree(root, weightOf, limits) {
  const whole = weightOf(root);
  const least = Math.max(whole * limits.share, Number.MIN_VALUE);
  const top = { node: root, weight: whole, children: null };
  let level = [top];
  let left = limits.nodes;
  for (let depth = 0; depth < limits.depth && level.length > 0 && left > 0; depth++) {
    const next = [];
    for (const parent of level) {
      if (!parent.node || !parent.node.children || parent.weight < whole * limits.openShare || left <= 0) {
        continue;
      }
      parent.children = visibleChildren(parent, weightOf, least, left);
      left -= parent.children.length;
      next.push(...parent.children);
    }
    level = next.sort((a, b) => b.weight - a.weight);
  }
  return top;
}

function visibleChildren(parent, weightOf, least, most) {
  const large = [];
  for (const child of parent.node.children.values()) {
    const weight = weightOf(child);
    if (weight >= least) {
      large.push({ node: child, weight, children: null });
    }
  }
  large.sort((a, b) => b.weight - a.weight);
  const kept = large.slice(0, most);
  const rest = parent.weight - kept.reduce((total, each) => total + each.weight, 0);
  const hidden = parent.node.children.size - kept.length;
  if (hidden > 0 && rest > 0) {
    kept.push({ node: null, rest: hidden, parent: parent.node, weight: rest, children: null });
  }
  return kept;
}

/** The names from the root down, which find the node again in another tree. */
function pathOf(node) {
  const path = [];
  for (let each = node; each.parent; each = each.parent) {
    path.unshift(each.name);
  }
  return path;
}

function nodeAt(root, path) {
  let node = root;
  for (const name of path) {
    const child = node.children && Array.from(node.children.values()).find(each => each.name === name);
    if (!child) {
      break;
    }
    node = child;
  }
  return node;
}

// Makes elements. Whatever is given as a child is text: nothing here, or anywhere in the page, parses markup.

const byId = id => document.getElementById(id);

function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (typeof value === 'function') {
      node.addEventListener(key, value);
    } else {
      node.setAttribute(key, value === true ? '' : String(value));
    }
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

/** Control, format and surrogate characters could disguise a name; they are shown by their number. */
function shown(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
      odd => '\\u' + odd.codePointAt(0).toString(16).padStart(4, '0'));
}

/** A labelled choice; options are pairs of value and text. */
function choice(label, options, value, changed) {
  const select = el('select', { 'aria-label': label, change: () => changed(select.value) },
      ...options.map(([key, text]) => el('option', { value: key }, text)));
  select.value = value;
  return select;
}

/** Calls only once things have been quiet for a moment. */
function debounced(action, millis) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, millis);
  };
}

/** Remembers a choice of the reader where the browser allows it; a file or a private window may not. */
const memory = {
  get(key) {
    try {
      return localStorage.getItem('codetag.' + key);
    } catch (refused) {
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem('codetag.' + key, value);
    } catch (refused) {
      // it is chosen again next time
    }
  },
};
